import type { Tx } from "../db/client.ts";
import type { VersionChange } from "../generated/prisma/enums.ts";
import { Refusal } from "../errors.ts";
import { excerpt } from "../values/excerpt.ts";
import { newUuid } from "../values/ids.ts";
import { formatInstant } from "../values/instant.ts";
import { assertionColumns, sortDayOf, type NewAssertion, type NewRecord } from "./assertion.ts";
import { enterAttributions } from "./attribution.ts";
import { enterDetails } from "./detail.ts";
import type { ChangeSet } from "./entry.ts";
import { enterEvidence } from "./evidence.ts";

/**
 * Enters records with their first versions, and with the `updates` that later reports brought already, oldest first:
 * each version counts as reported until the next. Answers the ids of the first versions.
 * @throws Refusal BAD_USER_INPUT when an update is not later than the report before it
 */
export function assertRecords(
  tx: Tx,
  set: ChangeSet,
  entries: readonly { record: NewRecord; assertion: NewAssertion; updates?: readonly NewAssertion[] }[],
): string[] {
  const chains = entries.map(({ record, assertion, updates = [] }) => {
    const [first, ...later] = inSuccession(record, [assertion, ...updates], "UPDATED");
    return { first: { ...first, change: "ASSERTED" } as Version, later };
  });
  for (const { record } of entries) set.change(record.id, record.key);
  const records = entries.map(({ record }) => ({ ...record, createdIn: set.number }));
  set.enter("record", records, (data) => tx.record.createMany({ data }));
  const versions = chains.flatMap(({ first, later }) => [first, ...later]);
  const ids = enterVersions(tx, set, versions);
  const idOf = new Map(versions.map((version, i) => [version, ids[i] ?? ""]));
  return chains.map(({ first }) => idOf.get(first) ?? "");
}

/**
 * Versions of one record that follow one another on the clock of reporting, the last of them open.
 * @throws Refusal BAD_USER_INPUT when one is not later than the report before it
 */
export function inSuccession(record: NewRecord, reports: readonly NewAssertion[], change: VersionChange): Version[] {
  return reports.map((assertion, i) => {
    const reportedTo = reports[i + 1]?.reportedFrom ?? null;
    if (reportedTo) refuseEarlier(record.key, assertion.reportedFrom, reportedTo);
    return { record, assertion, reportedFrom: assertion.reportedFrom, reportedTo, change };
  });
}

/** Refuses an update whose report is not later than the one that it follows. */
export function refuseEarlier(key: string, before: Date, after: Date): void {
  if (after > before) return;
  throw new Refusal(
    "BAD_USER_INPUT",
    `${excerpt(key)} is to be updated by a report of ${formatInstant(after)}, and already stands by one of ${formatInstant(before)}. An update needs a later report; if the record had it wrong, use a correction.`,
  );
}

/** A version to be entered: what it says, and its place on the clock of reporting. */
export interface Version {
  readonly record: NewRecord;
  readonly assertion: NewAssertion;
  readonly reportedFrom: Date;
  readonly reportedTo: Date | null;
  readonly change: VersionChange;
}

/** Closes held versions on the clock of recording. */
export function closeVersions(tx: Tx, set: ChangeSet, ids: readonly string[]): void {
  const closed = ids.map((id) => ({ id, recordedTo: set.number }));
  set.enter("closed", closed, async (rows) => {
    const where = { id: { in: rows.map(({ id }) => id) }, recordedTo: null };
    const { count } = await tx.assertion.updateMany({ where, data: { recordedTo: set.number } });
    if (count !== rows.length) throw new Error(`${rows.length - count} versions to be closed were closed already.`);
  });
}

/** Enters versions with all that hangs on them. Answers their ids, in order. */
export function enterVersions(tx: Tx, set: ChangeSet, versions: readonly Version[]): string[] {
  const entered = versions.map((version) => ({ ...version, assertionId: newUuid() }));
  const rows = entered.map(({ assertionId, record, assertion, reportedFrom, reportedTo, change }) => ({
    id: assertionId,
    recordId: record.id,
    kind: record.kind,
    crisisId: record.crisisId,
    ...assertionColumns(assertion),
    sortDay: sortDayOf({ ...assertion, reportedFrom }),
    reportedFrom,
    reportedTo,
    recordedFrom: set.number,
    change,
    extractorKind: assertion.extractor.kind,
    extractorName: assertion.extractor.name,
    extractorVersion: assertion.extractor.version,
  }));
  set.enter("assertion", rows, (data) => tx.assertion.createMany({ data }), rows.length);
  const parts = entered.map(({ assertionId, assertion }) => ({ assertionId, ...assertion }));
  enterDetails(tx, set, parts);
  enterAttributions(tx, set, parts);
  enterEvidence(tx, set, parts);
  return entered.map(({ assertionId }) => assertionId);
}
