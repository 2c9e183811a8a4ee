import type { Tx } from "../client.ts";

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
