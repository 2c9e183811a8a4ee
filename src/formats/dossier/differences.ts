import { excerpt } from "../../values/excerpt.ts";
import { formatInstant } from "../../values/instant.ts";
import type { Entering } from "./entering.ts";
import { spotAt, type Fields } from "../../record/terms/node.ts";

type Row = Readonly<Record<string, unknown>>;

/** What a column is called in a dossier, where it is called otherwise. Columns that follow from others are left out. */
const FIELD: Readonly<Record<string, string | null>> = {
  wikidataId: null,
  normalisation: null,
  length: null,
  sha256: null,
  text: null,
  documentId: null,
  geonamesId: "geonames",
  publishedAt: "published",
  reportedFrom: "reported",
};

/**
 * Tells of every field in which a dossier differs from what the record holds under the same key.
 * @param noun what it is, for the message
 * @returns whether there was none
 */
export function refuseDifferences(
  { dossier, ids }: Entering,
  { noun, key, spot }: { noun: string; key: string; spot: Fields },
  held: object,
  wanted: object,
): boolean {
  const told = new Set<string>();
  const show = (value: unknown) => (typeof value === "string" ? excerpt(ids.keyOf(value)) : showOther(value));
  for (const [column, value] of Object.entries(wanted as Row)) {
    const field = fieldOf(column);
    const old = (held as Row)[column];
    if (field === null || told.has(field) || showOther(old) === showOther(value)) continue;
    told.add(field);
    const rule = "The record is not rewritten by an import; keep what it holds, or give this another key.";
    dossier.problems.add(
      spotAt(spot, field),
      `The record holds the ${noun} ${excerpt(key)} with ${field} ${show(old)}, and this says ${show(value)}. ${rule}`,
    );
  }
  return told.size === 0;
}

function fieldOf(column: string): string | null {
  const named = FIELD[column];
  if (named !== undefined) return named;
  if (/(Earliest|Latest|Precision)$/.test(column)) return null;
  return column.replace(/(Edtf|Text|Basis|Id)$/, "");
}

function showOther(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  return value instanceof Date ? formatInstant(value) : JSON.stringify(value);
}
