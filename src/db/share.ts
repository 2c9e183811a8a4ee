import type pg from "pg";
import { connectingBy } from "./bounded-pool.ts";
import type { Db } from "./client.ts";
import { Turnstile } from "./turnstile.ts";

/**
 * The same database for one operation, which reads through half of the pool's connections at most, and through two where
 * half is fewer: what else it asks waits for what it asked before, and not at the pool, where it would turn away others
 * and itself. What writes goes by `prisma`, one change set at a time.
 */
export function shareOf(db: Db): Db {
  const { pool } = db;
  const share = new Turnstile(Math.max(2, Math.floor(pool.options.max / 2)));
  const connect = async (): Promise<pg.PoolClient> => {
    await share.enter();
    try {
      const client = await pool.connect();
      const giveBack = client.release.bind(client);
      const release = (reason?: Error | boolean) => {
        share.leave();
        giveBack(reason);
      };
      return Object.assign(client, { release });
    } catch (error) {
      share.leave();
      throw error;
    }
  };
  return { ...db, pool: connectingBy(pool, connect), whole: db.whole ?? db };
}
