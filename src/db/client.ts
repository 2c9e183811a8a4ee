import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import type { EndSignal } from "./bounded-pool.ts";
import { PrismaClient, type Prisma } from "../generated/prisma/client.ts";
import { withSettings } from "./connection-string.ts";
import { doneWithin } from "./patience.ts";
import { NotingPool } from "./session.ts";
import { Wake } from "./wake.ts";

/** What a transaction of the record is given: Prisma's client, bound to it. */
export type Tx = Prisma.TransactionClient;

/** What reads and writes the rows of a model in a transaction. Throws a fault for a name that is none. */
export function tableOf(tx: Tx, model: string): object {
  const name = `${model.charAt(0).toLowerCase()}${model.slice(1)}`;
  const table = (tx as unknown as Readonly<Record<string, object | undefined>>)[name];
  if (!table) throw new Error(`no client for model ${model}`);
  return table;
}

/** An open database: Prisma for writing and simple reads, the pool beneath it for the statements of `db/sql`. */
export interface Db {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  /** Where this one is bound to an operation, that which all operations share. */
  readonly whole?: Db;
  /** Where this one is bound to an operation, says when that has ended. */
  readonly signal?: EndSignal;
  /** Hears what others notify at commit. */
  readonly wake: Wake;
  /** Waits for what is under way, 8 s at most, and closes every connection; those still held by then are cut. */
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

/** How a database is opened. */
export interface DbOptions {
  /** The most connections; 10 unless given. */
  readonly max?: number;
  /** Whether statements, transactions and waits for locks are bounded in time; they are unless told otherwise. */
  readonly bounded?: boolean;
  /** Told when closing takes so long that connections are cut; a warning of the process unless given. */
  readonly warn?: (line: string) => void;
}

/** How long each part of a database may take to close, in ms. */
const patienceMs = { wake: 2_000, prisma: 3_000, pool: 3_000 };

/**
 * Opens a pool of at most `max` connections to the PostgreSQL at `url`. Every session runs in UTC.
 * Nothing is connected until the first statement; waiting for a free connection ends after 2 s with an
 * error, and at once where twice `max` wait already.
 */
export function openDb(
  url: string,
  { max = 10, bounded = true, warn = (line) => process.emitWarning(line) }: DbOptions = {},
): Db {
  // To compile a statement that reads a page, or to gather workers for it, takes longer than to run it, however dear it is
  // thought; and no question shall have the processors of others.
  const settings = { TimeZone: "UTC", jit: "off", max_parallel_workers_per_gather: 0, ...(bounded ? bounds : {}) };
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
      const close = { wake: () => wake.close(), prisma: () => prisma.$disconnect(), pool: () => pool.end() };
      for (const part of ["wake", "prisma", "pool"] as const) {
        const done = await doneWithin(patienceMs[part], close[part]());
        if (done) continue;
        warn(`Closing the database: ${part} was not done after ${patienceMs[part] / 1_000} s.`);
        if (part === "pool") warn(`Cut ${pool.cut()} connections to the database that nobody gave back.`);
      }
    },
  };
}
