import { poolUntil, type EndSignal } from "../db/bounded-pool.ts";
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

/**
 * Binds a database to an operation that begins now and may take `bounds.executionMs`. Its connections are had from
 * `poolOf`, which is asked when the first is needed: one that a plan answers needs none of its own.
 */
export function endingOf(db: Db, poolOf = () => db.pool): Ending {
  const signal = new OperationEnd();
  const timer = setTimeout(() => signal.end(tookTooLong()), bounds.executionMs);
  let pool: Db["pool"] | undefined;
  return {
    db: {
      ...db,
      whole: db.whole ?? db,
      signal,
      get pool() {
        return (pool ??= poolUntil(poolOf(), signal));
      },
    },
    end: (reason) => {
      clearTimeout(timer);
      signal.end(reason);
    },
    done: () => clearTimeout(timer),
  };
}

/** Says that an operation has ended. Every request makes one, and an AbortController costs more than all the rest of it. */
class OperationEnd implements EndSignal {
  aborted = false;
  reason: unknown;
  readonly #listeners = new Set<() => void>();

  end(reason: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason;
  }

  addEventListener(_type: "abort", listener: () => void): void {
    this.#listeners.add(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    this.#listeners.delete(listener);
  }
}
