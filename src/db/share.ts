import type pg from "pg";
import { connectingBy } from "./bounded-pool.ts";
import type { Db } from "./client.ts";

/** The connections that one operation holds, and those of its statements that wait for one. */
class Share {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #held = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Resolves when one more may be held. */
  take(): Promise<void> {
    if (this.#held < this.#most) {
      this.#held += 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  giveBack(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#held -= 1;
  }
}

/**
 * The same database for one operation, which holds half of the connections at most: what else it asks waits for what it
 * asked before, and not at the pool, where it would turn away others and itself.
 */
export function shareOf(db: Db): Db {
  const { pool } = db;
  const share = new Share(Math.max(2, Math.floor(pool.options.max / 2)));
  const connect = async (): Promise<pg.PoolClient> => {
    await share.take();
    try {
      const client = await pool.connect();
      const giveBack = client.release.bind(client);
      const release = (reason?: Error | boolean) => {
        share.giveBack();
        giveBack(reason);
      };
      return Object.assign(client, { release });
    } catch (error) {
      share.giveBack();
      throw error;
    }
  };
  return { ...db, pool: connectingBy(pool, connect), whole: db.whole ?? db };
}
