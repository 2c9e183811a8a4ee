import { assemble } from "../../src/command/assemble.ts";
import { readConfig, type Environment } from "../../src/config.ts";
import { serve } from "../../src/server.ts";
import { cloneSeeded } from "./database.ts";

/** A server as `chancery serve` runs it, on a free loopback port and the seeded record. */
export interface TestServer {
  /** The address of the API. */
  readonly url: string;
  readonly port: number;
  /** Where it is counted, if CHANCERY_METRICS asks for it. */
  readonly metricsPort: number | undefined;
  /** The connection string of its database. */
  readonly databaseUrl: string;
  /** The same, for sessions of its owner. */
  readonly ownerUrl: string;
  close(): Promise<void>;
}

/** Starts a server in this process; `environment` holds the variables it is set up by, `write` is given its log. */
export async function openServer(environment: Environment = {}, write?: (line: string) => void): Promise<TestServer> {
  const database = await cloneSeeded();
  const config = readConfig({ PORT: "0", ...environment });
  const api = assemble(database.url, config, write);
  const serving = await serve({ ...config, handler: api.handler, ready: () => api.ready(), observe: api.observe });
  const counting = await api.metrics?.serve({ ...config, port: config.metricsPort ?? 0 });
  return {
    url: `http://127.0.0.1:${serving.port}/graphql`,
    port: serving.port,
    metricsPort: counting?.port,
    databaseUrl: database.url,
    ownerUrl: database.ownerUrl,
    close: async () => {
      await serving.close();
      await counting?.close();
      await api.close();
      await database.drop();
    },
  };
}
