import type pg from "pg";
import type { Tx } from "../client.ts";
import { awaitWriters } from "./lock-record.ts";

/** A change set at its end, as it is to be sealed. */
export interface Sealing {
  readonly number: number;
  readonly at: Date;
  readonly author: string;
  readonly reason: string;
  readonly items: number;
  readonly keyId: string | null;
  readonly requestId: string | null;
}

/** Tells the database for which change set this transaction writes from here on; it refuses to write for none. */
export async function openChangeSet(tx: Tx, number: number): Promise<void> {
  await tx.$executeRaw`select set_config('chancery.change_set', ${String(number)}, true)`;
}

/**
 * Seals a change set: the database works out its digest and its hash over all that was written for it, and takes
 * nothing more in for it.
 */
export async function sealChangeSet(tx: Tx, sealing: Sealing): Promise<void> {
  const { number, at, author, reason, items, keyId, requestId } = sealing;
  await tx.$executeRaw`insert into "change_set" ("number", "at", "author", "reason", "items", "key_id", "request_id")
    values (${number}::int, ${at}, ${author}, ${reason}, ${items}::int, ${keyId}::uuid, ${requestId})`;
}

/** The last change set that was entered by a moment. */
export interface LastBy {
  /** Its number; 0 where there is none. */
  readonly number: number;
  /** Whether it stays the last for ever: a later one is entered, and none ever comes before that. */
  readonly settled: boolean;
}

/** Tells the last change set entered by a moment. */
export async function lastChangeSetBy(asked: pg.Pool | pg.ClientBase, moment: Date): Promise<LastBy> {
  const text = `select coalesce((select "number" from "change_set" where "at" <= $1 order by "at" desc limit 1), 0) as "number",
    exists (select from "change_set" where "at" > $1) as "settled"`;
  const { rows } = await asked.query<LastBy>({ name: "last_change_set_by", text, values: [moment] });
  return rows[0] ?? { number: 0, settled: false };
}

/** The number of the last change set entered by a moment, once those have ended that are under way; 0 where there is none. */
export async function lastChangeSetAfterWriters(pool: pg.Pool, moment: Date): Promise<number> {
  const session = await pool.connect();
  let done = false;
  try {
    await session.query("begin isolation level read committed");
    await awaitWriters(session);
    const { number } = await lastChangeSetBy(session, moment);
    await session.query("commit");
    done = true;
    return number;
  } finally {
    session.release(!done);
  }
}
