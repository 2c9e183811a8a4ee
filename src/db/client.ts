import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { PrismaClient, type Prisma } from "../generated/prisma/client.ts";
import { withSettings } from "./connection-string.ts";
import { NotingPool } from "./session.ts";
import { Wake } from "./wake.ts";

/** What a transaction of the record is given: Prisma's client, bound to it. */
export type Tx = Prisma.TransactionClient;

/** An open database: Prisma for writing and simple reads, the pool beneath it for the statements of `db/sql`. */
export interface Db {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  /** Where this one is bound to an operation, that which all operations share. */
  readonly whole?: Db;
  /** Hears what others notify at commit. */
  readonly wake: Wake;
  /** Waits for what is under way and closes every connection. */
  close(): Promise<void>;
}

/**
 * Bounds on what one statement, one idle transaction, one wait for a lock may take, and on how long a statement goes on
 * whose asker is gone, in milliseconds.
 */
const bounds = {
  statement_timeout: 5_000,
  idle_in_transaction_session_timeout: 10_000,
  lock_timeout: 3_000,
  client_connection_check_interval: 500,
};

/**
 * Opens a pool of at most `max` connections to the PostgreSQL at `url`. Every session runs in UTC.
 * Nothing is connected until the first statement; waiting for a free connection ends after 2 s with an
 * error, and at once where twice `max` wait already.
 */
export function openDb(url: string, { max = 10, bounded = true } = {}): Db {
  const settings = { TimeZone: "UTC", ...(bounded ? bounds : {}) };
  const connectionString = withSettings(url, settings);
  const pool = new NotingPool({ connectionString, max, connectionTimeoutMillis: 2_000 });
  // A connection lost while idle is replaced at the next statement, which reports what goes wrong then.
  pool.on("error", () => undefined);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const wake = new Wake(connectionString);
  return {
    prisma,
    pool,
    wake,
    close: async () => {
      await wake.close();
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
