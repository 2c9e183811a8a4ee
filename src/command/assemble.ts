import type { RequestListener } from "node:http";
import pg from "pg";
import type { Config } from "../config.ts";
import { inUtc } from "../db/connection-string.ts";

/** The API, put together on an open database. */
export interface Assembled {
  readonly handler: RequestListener;
  /** Whether the database answers. */
  ready(): Promise<boolean>;
  /** Gives back every connection to the database. */
  close(): Promise<void>;
}

/**
 * Puts the API together on the database at `url`.
 * SEAM: the handler is to come from `src/yoga.ts`, pool and client from `src/db/client.ts`.
 */
export function assemble(url: string, _config: Config): Assembled {
  const pool = new pg.Pool({ connectionString: inUtc(url), max: 1, connectionTimeoutMillis: 2_000 });
  pool.on("error", () => undefined); // an idle session broke; the next question opens another
  return {
    handler: (_request, response) => void response.writeHead(501).end(),
    ready: async () => (await pool.query("SELECT 1")).rowCount === 1,
    close: () => pool.end(),
  };
}
