import type { Tx } from "../db/client.ts";
import { Refusal } from "../errors.ts";
import type { Assertion, Record } from "../generated/prisma/client.ts";
import { excerpt } from "../values/excerpt.ts";
import type { ChangeSet } from "./entry.ts";

/** Which record is to be changed. */
export interface Target {
  readonly recordId: string;
  /** The version that the author took for the newest; left out where it does not matter. */
  readonly expectedVersion?: string;
}

/** A record that is held, with the versions held, in the order of their reports. */
export interface Standing {
  readonly record: Record;
  readonly held: readonly Assertion[];
  /** The one that no later report has replaced. */
  readonly newest: Assertion;
}

/**
 * How some records stand that this change set is to change, in the order given.
 * @throws Refusal BAD_USER_INPUT for a record that does not exist; CONFLICT for one that was withdrawn, that the change
 * set changes already, or whose newest version, told as `currentVersion`, is not the expected one
 */
export async function findStanding(tx: Tx, set: ChangeSet, targets: readonly Target[]): Promise<Standing[]> {
  const ids = targets.map(({ recordId }) => recordId);
  const records = new Map((await tx.record.findMany({ where: { id: { in: ids } } })).map((row) => [row.id, row]));
  const where = { recordId: { in: ids }, recordedTo: null };
  const versions = new Map<string, Assertion[]>(ids.map((id) => [id, []]));
  for (const row of await tx.assertion.findMany({ where, orderBy: { reportedFrom: "asc" } })) {
    versions.get(row.recordId)?.push(row);
  }
  return targets.map(({ recordId, expectedVersion }) => {
    const record = records.get(recordId);
    if (!record) {
      throw new Refusal("BAD_USER_INPUT", `There is no record ${excerpt(recordId)}; name one that was asserted.`);
    }
    set.change(recordId, record.key);
    const held = versions.get(recordId) ?? [];
    const newest = held.find(({ reportedTo }) => reportedTo === null);
    if (!newest) {
      const message = `${excerpt(record.key)} was withdrawn; what is to be said of it now is asserted under another key.`;
      throw new Refusal("CONFLICT", message, { currentVersion: null });
    }
    if (expectedVersion !== undefined && expectedVersion !== newest.id) throw overtaken(record.key, newest.id);
    return { record, held, newest };
  });
}

/** The refusal of a change to a version that another change took the place of. */
export function overtaken(key: string, currentVersion: string): Refusal {
  return new Refusal(
    "CONFLICT",
    `${excerpt(key)} was changed meanwhile. Read it again, and change the version that stands now.`,
    { currentVersion },
  );
}
