import { poolUntil } from "../db/bounded-pool.ts";
import type { Db } from "../db/client.ts";
import { bounds } from "../limit/bound.ts";
import { tookTooLong } from "./fault.ts";

/** The database for one operation: its statements end when they have taken too long, or are told to. */
export interface Ending {
  readonly db: Db;
  /** Ends the statements under way, and lets those to come fail, with this reason. */
  end(reason: unknown): void;
  /** To be called when the operation is done. */
  done(): void;
}

/** Binds a database to an operation that begins now and may take `bounds.executionMs`. */
export function endingOf(db: Db): Ending {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(tookTooLong()), bounds.executionMs);
  return {
    db: { ...db, pool: poolUntil(db.pool, ending.signal), whole: db },
    end: (reason) => ending.abort(reason),
    done: () => clearTimeout(timer),
  };
}
