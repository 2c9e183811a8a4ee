import type { DateBasis, DatePrecision } from "../generated/prisma/enums.ts";
import type { FuzzyDate } from "../values/fuzzy-date.ts";

/** The columns that hold a vague date, named after what it is the date of. */
export type DateColumns<Name extends string> = Record<`${Name}Edtf` | `${Name}Text`, string | null> &
  Record<`${Name}Earliest` | `${Name}Latest`, number | null> &
  Record<`${Name}Basis`, DateBasis | null> &
  Record<`${Name}Precision`, DatePrecision | null>;

/** The names of the columns of a date, made once. */
const named = new Map<string, readonly string[]>();

function columnsOf(name: string): readonly string[] {
  const known = named.get(name);
  if (known) return known;
  const columns = ["Edtf", "Earliest", "Latest", "Text", "Basis", "Precision"].map((part) => name + part);
  named.set(name, columns);
  return columns;
}

/** A vague date as columns; all null where there is none. */
export function dateColumns<Name extends string>(name: Name, date: FuzzyDate | null): DateColumns<Name> {
  const [edtf = "", earliest = "", latest = "", text = "", basis = "", precision = ""] = columnsOf(name);
  return {
    [edtf]: date?.edtf ?? null,
    [earliest]: date?.earliest ?? null,
    [latest]: date?.latest ?? null,
    [text]: date?.text ?? null,
    [basis]: date?.basis ?? null,
    [precision]: date?.precision ?? null,
  } as DateColumns<Name>;
}
