import { createHash } from "node:crypto";
import type { Db, Tx } from "../db/client.ts";
import { isLockTimeout, lockRecord } from "../db/sql/lock-record.ts";
import { Refusal } from "../errors.ts";
import { formatInstant } from "../values/instant.ts";
import { canonicalJson } from "../values/json.ts";
import { ChangeSet } from "./entry.ts";

/** Who changes the record, and why. */
export interface Submission {
  readonly author: string;
  readonly reason: string;
  /** The moment to be recorded if it is later than the change set before; the clock of this machine by default. */
  readonly at?: Date;
}

/** What a change set left behind. */
export interface Submitted<T> {
  /** Its number; null when there was nothing to enter, and so no change set. */
  readonly changeSet: number | null;
  readonly result: T;
}

const LONGEST_MS = 300_000;

/**
 * Enters one change set, whole or not at all. `work` runs alone on the record: it reads what it needs through `tx` and
 * hands what is to be entered to `set`, which writes it, in the order given, after `work` has ended. Thus what it
 * entered cannot be read back in it, and the hash of the change set covers every row of it.
 * @throws Refusal CONFLICT when another change takes too long to end, and whatever `work` throws; nothing is entered then.
 */
export async function inChangeSet<T>(
  db: Db,
  submission: Submission,
  work: (tx: Tx, set: ChangeSet) => Promise<T>,
): Promise<Submitted<T>> {
  return inTurn(db, (tx) => enterChangeSet(tx, submission, work));
}

/**
 * Runs `work` alone on the record, in one transaction: the change sets that it enters stand together or not at all, and
 * are seen together.
 * @throws Refusal CONFLICT when another change takes too long to end, and whatever `work` throws; nothing is entered then.
 */
export async function inTurn<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.prisma.$transaction(
    async (tx) => {
      await takeTurn(tx);
      return work(tx);
    },
    // What the change before left behind is to be seen once the turn has come, whatever the server's usual level.
    { timeout: LONGEST_MS, maxWait: 10_000, isolationLevel: "ReadCommitted" },
  );
}

/**
 * Enters one change set in a turn. Its number and its time are taken when the turn has come. Its hash is SHA-256 over the
 * hash before it and the canonical JSON of number, instant, author, reason and the digest of the rows.
 */
export async function enterChangeSet<T>(
  tx: Tx,
  { author, reason, at = new Date() }: Submission,
  work: (tx: Tx, set: ChangeSet) => Promise<T>,
): Promise<Submitted<T>> {
  const last = await tx.changeSet.findFirst({ orderBy: { number: "desc" } });
  const number = (last?.number ?? 0) + 1;
  const set = new ChangeSet(number, new Date(Math.max(at.getTime(), (last?.at.getTime() ?? -Infinity) + 1)));
  const result = await work(tx, set);
  if (set.empty) return { changeSet: null, result };
  const previousHash = last?.hash ?? null;
  const content = { number, at: formatInstant(set.at), author, reason, digest: set.digest() };
  const hash = createHash("sha256")
    .update((previousHash ?? "") + canonicalJson(content))
    .digest("hex");
  await tx.changeSet.create({ data: { number, at: set.at, author, reason, previousHash, hash, items: set.items } });
  await set.write();
  return { changeSet: number, result };
}

async function takeTurn(tx: Tx): Promise<void> {
  try {
    await lockRecord(tx);
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    throw new Refusal(
      "CONFLICT",
      "Another change is being entered, and takes long; try again when it has ended.",
      {},
      error,
    );
  }
}
