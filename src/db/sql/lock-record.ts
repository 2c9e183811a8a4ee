import type pg from "pg";
import type { Tx } from "../client.ts";

/** Names the lock that every writer of the record takes: "chancery" as the bytes of a number. */
const RECORD_LOCK = 0x6368616e63657279n;

/**
 * Waits until nobody writes to the record, and lets nobody begin until this session's transaction ends: at most as long
 * as it may wait for a lock.
 */
export async function awaitWriters(session: pg.ClientBase): Promise<void> {
  await session.query("select pg_advisory_xact_lock_shared($1::bigint)", [RECORD_LOCK]);
}

/**
 * Makes this transaction the only one that writes to the record until it ends. Waits at most `patienceMs` for another to
 * end, which is not 0, and lets each of its own statements take a minute, and wait 20 s for other locks, for a large
 * dossier is entered in few of them.
 */
export async function lockRecord(tx: Tx, patienceMs = 20_000): Promise<void> {
  await tx.$executeRaw`select set_config('lock_timeout', ${`${patienceMs}ms`}, true), set_config('statement_timeout', '60s', true),
    set_config('idle_in_transaction_session_timeout', '60s', true)`;
  await tx.$executeRaw`with "turn" as materialized (select pg_advisory_xact_lock(${RECORD_LOCK}::bigint))
    select set_config('lock_timeout', '20s', true) from "turn"`;
}

/** Whether a lock was waited for too long: PostgreSQL's 55P03, which Prisma hands on in a form of its own. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && /55P03|lock timeout/i.test(`${error.message} ${JSON.stringify(error)}`);
}
