import type { Tx } from "../db/client.ts";
import { canonicalJson } from "../values/json.ts";
import { assertionColumns, type NewAssertion } from "./assertion.ts";
import { detailColumns } from "./detail.ts";
import type { HeldVersion } from "./version.ts";

/** A version that is held, and what it says, alike for versions that say the same on the same evidence. */
export interface HeldContent extends HeldVersion {
  readonly content: string;
}

/** A record as it stands. */
export interface HeldRecord {
  readonly id: string;
  readonly kind: string;
  /** The versions held, in the order of their reports; none where it was withdrawn. */
  readonly versions: readonly HeldContent[];
  /** Why it was withdrawn; null where it was not. */
  readonly retraction: string | null;
}

/** The records of a crisis under some keys, by key. */
export async function findHeldRecords(
  tx: Tx,
  crisisId: string,
  keys: readonly string[],
): Promise<Map<string, HeldRecord>> {
  const records = await tx.record.findMany({
    where: { crisisId, key: { in: [...keys] } },
    include: { retraction: true },
  });
  const recordId = { in: records.map(({ id }) => id) };
  const versions = await tx.assertion.findMany({
    where: { recordId, recordedTo: null },
    orderBy: { reportedFrom: "asc" },
  });
  const parts = await findParts(
    tx,
    versions.map(({ id }) => id),
  );
  const contents = new Map<string, HeldContent[]>();
  for (const row of versions) {
    const content = { ...row, content: contentOfParts(row, parts) };
    contents.set(row.recordId, [...(contents.get(row.recordId) ?? []), content]);
  }
  const found = new Map<string, HeldRecord>();
  for (const { id, key, kind, retraction } of records) {
    found.set(key, { id, kind, versions: contents.get(id) ?? [], retraction: retraction?.reason ?? null });
  }
  return found;
}

/** Everything that hangs on some versions, by table and version. One after another: a transaction has one connection. */
async function findParts(tx: Tx, versions: readonly string[]) {
  const where = { assertionId: { in: [...versions] } };
  const orderBy = { ordinal: "asc" } as const;
  return {
    attribution: byVersion(await tx.attribution.findMany({ where, orderBy })),
    evidence: byVersion(await tx.evidence.findMany({ where, orderBy })),
    participation: byVersion(await tx.participation.findMany({ where, orderBy })),
    place: byVersion(await tx.eventPlace.findMany({ where })),
    event: byVersion(await tx.event.findMany({ where })),
    election: byVersion(await tx.election.findMany({ where })),
    consignment: byVersion(await tx.consignment.findMany({ where })),
    blockade: byVersion(await tx.blockade.findMany({ where })),
    detail: byVersion<{ assertionId: string }>([
      ...(await tx.occupancy.findMany({ where })),
      ...(await tx.recognition.findMany({ where })),
      ...(await tx.utterance.findMany({ where })),
      ...(await tx.designation.findMany({ where })),
      ...(await tx.commitment.findMany({ where })),
      ...(await tx.claim.findMany({ where })),
      ...(await tx.quantityClaim.findMany({ where })),
      ...(await tx.account.findMany({ where })),
      ...(await tx.stance.findMany({ where })),
      ...(await tx.recognitionTally.findMany({ where })),
      ...(await tx.blocMembership.findMany({ where })),
      ...(await tx.eventCoding.findMany({ where })),
      ...(await tx.assessment.findMany({ where })),
      ...(await tx.mention.findMany({ where })),
      ...(await tx.identityJudgement.findMany({ where })),
    ]),
  };
}

function byVersion<Part extends { assertionId: string }>(parts: readonly Part[]): Map<string, Part[]> {
  const found = new Map<string, Part[]>();
  for (const part of parts) found.set(part.assertionId, [...(found.get(part.assertionId) ?? []), part]);
  return found;
}

function contentOfParts(row: { id: string }, parts: Awaited<ReturnType<typeof findParts>>): string {
  const { id } = row;
  const event = parts.event.get(id)?.[0];
  const placeIds = parts.place.get(id)?.map(({ placeId }) => placeId) ?? [];
  const only = (rows: readonly object[] | undefined) => (rows?.[0] ? bare(rows[0]) : null);
  const eventDetails = {
    election: only(parts.election.get(id)),
    consignment: only(parts.consignment.get(id)),
    blockade: only(parts.blockade.get(id)),
  };
  const says = event
    ? { ...event, ...eventDetails, participations: parts.participation.get(id) ?? [], placeIds }
    : { ...parts.detail.get(id)?.[0] };
  return contentJson(row, parts.attribution.get(id) ?? [], parts.evidence.get(id) ?? [], says);
}

/** A text that is alike for versions that say the same on the same evidence. */
export function contentOf(assertion: NewAssertion): string {
  const { attribution, evidence, detail } = assertion;
  return contentJson(assertionColumns(assertion), attribution, evidence, detailColumns(detail));
}

type Row = Readonly<Record<string, unknown>>;

/** What names a row or its place in a list, and not what it says. */
const NOT_SAID = ["id", "assertionId", "ordinal"];
const SAID = Object.keys(
  assertionColumns({ status: "ACCEPTED", confidence: null, start: null, end: null } as NewAssertion),
);

function contentJson(
  columns: object,
  attribution: readonly object[],
  evidence: readonly object[],
  says: object,
): string {
  const said = Object.fromEntries(SAID.map((name) => [name, (columns as Row)[name]]));
  const { placeIds, participations, ...rest } = bare(says) as Row & { placeIds?: string[]; participations?: object[] };
  return canonicalJson({
    said,
    attribution: attribution.map(bare),
    evidence: evidence.map(bare),
    says: rest,
    placeIds: placeIds?.toSorted(),
    participations: participations?.map(bare),
  });
}

function bare(row: object): Row {
  return Object.fromEntries(Object.entries(row as Row).filter(([name]) => !NOT_SAID.includes(name)));
}
