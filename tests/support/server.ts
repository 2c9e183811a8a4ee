import { assemble } from "../../src/command/assemble.ts";
import { readConfig, type Environment } from "../../src/config.ts";
import { serve } from "../../src/server.ts";
import { cloneSeeded } from "./database.ts";

/** A server as `chancery serve` runs it, on a free loopback port and the seeded record. */
export interface TestServer {
  /** The address of the API. */
  readonly url: string;
  readonly port: number;
  /** The connection string of its database. */
  readonly databaseUrl: string;
  close(): Promise<void>;
}

/** Starts a server in this process; `environment` holds the variables it is set up by. */
export async function openServer(environment: Environment = {}): Promise<TestServer> {
  const database = await cloneSeeded();
  const config = readConfig({ PORT: "0", ...environment });
  const api = assemble(database.url, config);
  const serving = await serve({ ...config, handler: api.handler, ready: () => api.ready() });
  return {
    url: `http://127.0.0.1:${serving.port}/graphql`,
    port: serving.port,
    databaseUrl: database.url,
    close: async () => {
      await serving.close();
      await api.close();
      await database.drop();
    },
  };
}
