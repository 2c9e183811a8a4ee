import type { Tx } from "../db/client.ts";
import { Refusal } from "../errors.ts";
import { excerpt } from "../values/excerpt.ts";
import { formatInstant } from "../values/instant.ts";
import type { NewAssertion } from "./assertion.ts";
import type { ChangeSet } from "./entry.ts";
import { findStanding, overtaken, type Standing } from "./standing.ts";
import { closeVersions, enterVersions, type Version } from "./version.ts";

/** What the record had wrong, and what is right. */
export interface Correction {
  readonly recordId: string;
  /** The version to put right, which may be one that a later report replaced; the newest where it is left out. */
  readonly version?: string;
  readonly assertion: NewAssertion;
}

/**
 * Puts versions right that the record had wrong. The new one takes over exactly the time in which the old one counted as
 * reported, and leaves the other versions as they are; the old one is closed by this change set, and can be read as what
 * was held before. A record is corrected once in a change set. Answers the new ids.
 * @throws Refusal CONFLICT, with the `currentVersion` that is held in its place, when the version is held no more;
 * BAD_USER_INPUT when nothing that the correction rests on had been reported when the old version begins to count; and
 * as `findStanding` does
 */
export async function correctRecords(tx: Tx, set: ChangeSet, entries: readonly Correction[]): Promise<string[]> {
  const standing = await findStanding(
    tx,
    set,
    entries.map(({ recordId }) => ({ recordId })),
  );
  const old: string[] = [];
  const versions: Version[] = [];
  for (const [i, { version, assertion }] of entries.entries()) {
    const { record, ...stands } = standing[i] as Standing;
    const { id, reportedFrom, reportedTo } =
      version === undefined ? stands.newest : await findHeld(tx, standing[i] as Standing, version);
    if (assertion.reportedFrom > reportedFrom) throw resting(record.key, reportedFrom, assertion.reportedFrom);
    old.push(id);
    versions.push({ record, assertion, reportedFrom, reportedTo, change: "CORRECTED" });
  }
  closeVersions(tx, set, old);
  return enterVersions(tx, set, versions);
}

/** A held version; where it is held no more, its time of reports tells which one is held in its place. */
async function findHeld(tx: Tx, { record, held, newest }: Standing, version: string): Promise<Standing["newest"]> {
  const found = held.find(({ id }) => id === version);
  if (found) return found;
  const closed = await tx.assertion.findUnique({ where: { id: version } });
  if (closed?.recordId !== record.id) {
    throw new Refusal("BAD_USER_INPUT", `${excerpt(version)} is no version of ${excerpt(record.key)}.`);
  }
  const end = closed.reportedTo?.getTime();
  throw overtaken(record.key, (held.find(({ reportedTo }) => reportedTo?.getTime() === end) ?? newest).id);
}

function resting(key: string, from: Date, first: Date): Refusal {
  return new Refusal(
    "BAD_USER_INPUT",
    `${excerpt(key)} counts as reported from ${formatInstant(from)}, and the correction rests on nothing before ${formatInstant(first)}. Give a source of then as well; if there is none, withdraw the record and assert it under another key; if the world moved on, use an update.`,
  );
}
