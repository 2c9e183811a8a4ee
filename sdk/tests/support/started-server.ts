import { assemble } from "../../../src/command/assemble.ts";
import { readConfig } from "../../../src/config.ts";
import { serve } from "../../../src/server.ts";
import { cloneSeeded } from "../../../tests/support/database.ts";

/** A server that listens, put together as `chancery serve` does it, on a record that holds the founding dossier. */
export interface StartedServer extends AsyncDisposable {
  /** Address of its GraphQL endpoint. */
  readonly url: string;
}

export async function startServer(): Promise<StartedServer> {
  const database = await cloneSeeded();
  const config = readConfig({ PORT: "0" });
  const api = assemble(database.url, config);
  const serving = await serve({ ...config, handler: api.handler, ready: () => api.ready() });
  return {
    url: `http://127.0.0.1:${serving.port}/graphql`,
    async [Symbol.asyncDispose]() {
      await serving.close();
      await api.close();
      await database.drop();
    },
  };
}
