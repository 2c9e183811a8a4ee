import type { Tx } from "../db/client.ts";
import { canonicalJson } from "../values/json.ts";
import { typeOfKind } from "../values/kind-name.ts";
import { assertionColumns, type NewAssertion } from "./assertion.ts";
import { detailColumns } from "./detail.ts";
import { readParts, type PartRow } from "./version-part.ts";

/** A version that is held, and what it says, alike for versions that say the same on the same evidence. */
export interface HeldContent {
  readonly id: string;
  readonly reportedFrom: Date;
  readonly reportedTo: Date | null;
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
  const parts = await partsByVersion(tx, versions);
  const contents = new Map<string, HeldContent[]>();
  for (const row of versions) {
    const content = { ...row, content: contentOfParts(row, parts.get(row.id) ?? new Map()) };
    contents.set(row.recordId, [...(contents.get(row.recordId) ?? []), content]);
  }
  const found = new Map<string, HeldRecord>();
  for (const { id, key, kind, retraction } of records) {
    found.set(key, { id, kind, versions: contents.get(id) ?? [], retraction: retraction?.reason ?? null });
  }
  return found;
}

/** What some versions say, whether they are held or not, as `contentOfNew` writes it, by their ids. */
export async function readContents(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const versions = await tx.assertion.findMany({ where: { id: { in: [...ids] } } });
  const parts = await partsByVersion(tx, versions);
  return new Map(versions.map((row) => [row.id, contentOfParts(row, parts.get(row.id) ?? new Map())]));
}

/** The rows of one version, by model. */
type Parts = ReadonlyMap<string, readonly PartRow[]>;

/** What hangs on some versions, by version. */
async function partsByVersion(tx: Tx, versions: readonly { id: string; kind: string }[]): Promise<Map<string, Parts>> {
  const found = new Map(versions.map(({ id }) => [id, new Map<string, PartRow[]>()]));
  for (const { model, rows } of await readParts(tx, versions)) {
    for (const row of rows) {
      const parts = found.get(row.assertionId);
      parts?.set(model, [...(parts.get(model) ?? []), row]);
    }
  }
  return found;
}

function contentOfParts(row: { id: string; kind: string }, parts: Parts): string {
  const only = (model: string) => (parts.get(model)?.[0] ? bare(parts.get(model)?.[0] ?? {}) : null);
  const detail = parts.get(typeOfKind(row.kind))?.[0];
  if (!detail) throw new Error(`version ${row.id} of kind ${row.kind} says nothing`);
  const event = {
    election: only("Election"),
    consignment: only("Consignment"),
    blockade: only("Blockade"),
    participations: parts.get("Participation") ?? [],
    placeIds: (parts.get("EventPlace") ?? []).map(({ placeId }) => placeId),
  };
  const says = row.kind === "EVENT" ? { ...detail, ...event } : detail;
  return contentJson(row, parts.get("Attribution") ?? [], parts.get("Evidence") ?? [], says);
}

/** A text that is alike for versions that say the same on the same evidence. */
export function contentOfNew(assertion: NewAssertion): string {
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
