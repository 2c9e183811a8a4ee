import type { Tx } from "../client.ts";

/** Names the lock that every writer of the record takes: "chancery" as the bytes of a number. */
const RECORD_LOCK = 0x6368616e63657279n;

/**
 * Waits until nobody writes to the record, and lets nobody begin until this transaction ends: at most as long as the
 * session lets it wait for a lock.
 */
export async function awaitWriters(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock_shared(${RECORD_LOCK}::bigint)`;
}

/**
 * Makes this transaction the only one that writes to the record until it ends. Waits at most 20 s for another to end,
 * and lets each of its own statements take a minute, for a large dossier is entered in few of them.
 */
export async function lockRecord(tx: Tx): Promise<void> {
  await tx.$executeRaw`select set_config('lock_timeout', '20s', true), set_config('statement_timeout', '60s', true),
    set_config('idle_in_transaction_session_timeout', '60s', true)`;
  await tx.$executeRaw`select pg_advisory_xact_lock(${RECORD_LOCK}::bigint)`;
}

/** Whether a lock was waited for too long: PostgreSQL's 55P03, which Prisma hands on in a form of its own. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && /55P03|lock timeout/i.test(`${error.message} ${JSON.stringify(error)}`);
}
