import type { Db, Tx } from "../db/client.ts";
import { databaseFault } from "../db/fault-code.ts";
import { inTransaction, sessionOf } from "../db/session.ts";
import { openChangeSet, sealChangeSet } from "../db/sql/change-set.ts";
import { copyRows } from "../db/sql/copy-rows.ts";
import { lockRecord } from "../db/sql/lock-record.ts";
import { ChangeSet, type Copy } from "./entry.ts";
import { inOrder, turnMissed } from "./turn.ts";

/** Who changes the record, and why. */
export interface Submission {
  readonly author: string;
  readonly reason: string;
  /** The moment to be recorded if it is later than the change set before; the clock of this machine by default. */
  readonly at?: Date;
  /** The id of the key by which it is submitted; left out for a command. */
  readonly keyId?: string;
  /** The id of the request that submits it, as the logs have it; left out for a command. */
  readonly requestId?: string;
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
 * entered cannot be read back in it.
 * @throws Refusal OVERLOADED when other changes take too long to end, and whatever `work` throws; nothing is entered then.
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
 * are seen together. It waits for others as long as `inOrder` says, whether they write in this process or in another.
 * @throws Refusal OVERLOADED when other changes take too long to end, and whatever `work` throws; nothing is entered then.
 */
export async function inTurn<T>(db: Db, work: (tx: Tx) => Promise<T>, patienceMs?: number): Promise<T> {
  const inTime = async (leftMs: () => number) => {
    const turn = { come: false };
    const write = async (tx: Tx) => {
      await lockRecord(tx, leftMs());
      turn.come = true;
      return work(tx);
    };
    // What the change before left behind is to be seen once the turn has come, whatever the server's usual level.
    const options = { timeout: LONGEST_MS, maxWait: leftMs(), isolationLevel: "ReadCommitted" } as const;
    try {
      return await inTransaction(db.prisma, write, options);
    } catch (error) {
      throw !turn.come && databaseFault(error) === "TIMEOUT" ? turnMissed(error) : error;
    }
  };
  return inOrder(db, inTime, patienceMs);
}

/**
 * Enters one change set in a turn. Its number and its time are taken when the turn has come. It is sealed at its end by
 * the database, whose triggers have taken down every row of it: its hash covers them all, and the hash before it.
 */
export async function enterChangeSet<T>(
  tx: Tx,
  submission: Submission,
  work: (tx: Tx, set: ChangeSet) => Promise<T>,
): Promise<Submitted<T>> {
  const { author, reason, at = new Date(), keyId = null, requestId = null } = submission;
  const last = await tx.changeSet.findFirst({ orderBy: { number: "desc" }, select: { number: true, at: true } });
  const number = (last?.number ?? 0) + 1;
  const session = sessionOf(tx);
  const copy: Copy | null = session ? (table, rows) => copyRows(session, table, rows) : null;
  const set = new ChangeSet(number, new Date(Math.max(at.getTime(), (last?.at.getTime() ?? -Infinity) + 1)), copy);
  const result = await work(tx, set);
  if (set.empty) return { changeSet: null, result };
  await openChangeSet(tx, number);
  await set.write();
  await sealChangeSet(tx, { number, at: set.at, author, reason, items: set.items, keyId, requestId });
  return { changeSet: number, result };
}
