/** Writes everything that is generated, each from what the one before wrote. Ends at the first that fails. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const bin = (name) => join(root, "node_modules/.bin", name);

const steps = [
  { what: "the Prisma client", command: [bin("prisma"), "generate"] },
  {
    what: "schema.graphql and schema.subgraph.graphql",
    command: [process.execPath, "--import", "tsx", "src/graph/print.ts"],
  },
  { what: "the SDK's documents and types", command: [bin("graphql-codegen"), "--config", "codegen.ts"] },
];

// Generating a client needs no schema engine, yet Prisma fetches one unless it is told of a file that exists.
const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" };

for (const { what, command } of steps) {
  console.log(`Generating ${what}`);
  const [program, ...args] = command;
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: "inherit", env });
  if (status === 0) continue;
  console.error(`${what}: ${error?.message ?? `${command.join(" ")} ended with ${status}`}`);
  process.exit(1);
}
