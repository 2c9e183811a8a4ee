// PostGraphile 5 over the tables of the record and the functions of peer.sql, as its guide for production has it: the Amber
// preset with simplified inflection, no GraphiQL, no explaining, over node:http. Usage: postgraphile.mjs <url> <port>
import { createServer } from "node:http";
import { PgSimplifyInflectionPreset } from "@graphile/simplify-inflection";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { postgraphile } from "postgraphile";

const [url, port] = process.argv.slice(2);
const instance = postgraphile({
  extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset],
  pgServices: [makePgService({ connectionString: url, schemas: ["public", "peer"], poolConfig: { max: 10 } })],
  grafast: { explain: false },
  grafserv: { graphiql: false, graphqlPath: "/graphql", watch: false },
});
const server = createServer();
await instance.createServ(grafserv).addTo(server);
await instance.getSchema();
server.listen(Number(port), "127.0.0.1", () => console.log("ready"));
