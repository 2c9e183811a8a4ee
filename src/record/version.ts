import type { Tx } from "../db/client.ts";
import type { VersionChange } from "../generated/prisma/enums.ts";
import { newUuid } from "../values/ids.ts";
import { assertionColumns, sortDayOf, type NewAssertion, type NewRecord } from "./assertion.ts";
import { enterAttributions } from "./attribution.ts";
import type { ChangeSet } from "./entry.ts";
import { enterEvents } from "./event.ts";
import { enterEvidence } from "./evidence.ts";
import { enterOccupancies } from "./occupancy.ts";
import { enterRecognitions } from "./recognition.ts";
import { enterUtterances } from "./utterance.ts";

/** A version that the record holds now. */
export interface HeldVersion {
  readonly id: string;
  readonly reportedFrom: Date;
  readonly reportedTo: Date | null;
}

/** Enters records with their first versions. Answers the ids of the versions. */
export function assertRecords(
  tx: Tx,
  set: ChangeSet,
  entries: readonly { record: NewRecord; assertion: NewAssertion }[],
): string[] {
  const records = entries.map(({ record }) => ({ ...record, createdIn: set.number }));
  set.enter("record", records, (data) => tx.record.createMany({ data }));
  return enterVersions(
    tx,
    set,
    entries.map(({ record, assertion }) => ({
      record,
      assertion,
      reportedFrom: assertion.reportedFrom,
      reportedTo: null,
      change: "ASSERTED",
    })),
  );
}

/**
 * Puts versions right that the record had wrong. The new one takes over the range in which the old one counted as
 * reported; the old one is closed by this change set, and can be read as what was held before. Answers the new ids.
 */
export function correctRecords(
  tx: Tx,
  set: ChangeSet,
  entries: readonly { record: NewRecord; held: HeldVersion; assertion: NewAssertion }[],
): string[] {
  close(
    tx,
    set,
    entries.map(({ held }) => held.id),
  );
  return enterVersions(
    tx,
    set,
    entries.map(({ record, held, assertion }) => {
      const { reportedFrom, reportedTo } = held;
      return { record, assertion, reportedFrom, reportedTo, change: "CORRECTED" };
    }),
  );
}

interface Version {
  readonly record: NewRecord;
  readonly assertion: NewAssertion;
  readonly reportedFrom: Date;
  readonly reportedTo: Date | null;
  readonly change: VersionChange;
}

function close(tx: Tx, set: ChangeSet, ids: readonly string[]): void {
  const closed = ids.map((id) => ({ id, recordedTo: set.number }));
  set.enter("closed", closed, async (rows) => {
    const where = { id: { in: rows.map(({ id }) => id) }, recordedTo: null };
    const { count } = await tx.assertion.updateMany({ where, data: { recordedTo: set.number } });
    if (count !== rows.length) throw new Error(`${rows.length - count} versions to be closed were closed already.`);
  });
}

function enterVersions(tx: Tx, set: ChangeSet, versions: readonly Version[]): string[] {
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
  enterDetails(tx, set, entered);
  const parts = entered.map(({ assertionId, assertion }) => ({ assertionId, ...assertion }));
  enterAttributions(tx, set, parts);
  enterEvidence(tx, set, parts);
  return entered.map(({ assertionId }) => assertionId);
}

function enterDetails(tx: Tx, set: ChangeSet, entered: readonly (Version & { assertionId: string })[]): void {
  const says = entered.map(({ assertionId, assertion: { detail } }) => ({ assertionId, detail }));
  enterOccupancies(
    tx,
    set,
    says.flatMap(({ assertionId, detail }) => (detail.kind === "OCCUPANCY" ? [{ assertionId, ...detail.says }] : [])),
  );
  enterRecognitions(
    tx,
    set,
    says.flatMap(({ assertionId, detail }) => (detail.kind === "RECOGNITION" ? [{ assertionId, ...detail.says }] : [])),
  );
  enterUtterances(
    tx,
    set,
    says.flatMap(({ assertionId, detail }) => (detail.kind === "UTTERANCE" ? [{ assertionId, ...detail.says }] : [])),
  );
  enterEvents(
    tx,
    set,
    says.flatMap(({ assertionId, detail }) => (detail.kind === "EVENT" ? [{ assertionId, ...detail.says }] : [])),
  );
}
