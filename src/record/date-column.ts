import type { DateBasis, DatePrecision } from "../generated/prisma/enums.ts";
import type { FuzzyDate } from "../values/fuzzy-date.ts";

/** The columns that hold a vague date, named after what it is the date of. */
export type DateColumns<Name extends string> = Record<`${Name}Edtf` | `${Name}Text`, string | null> &
  Record<`${Name}Earliest` | `${Name}Latest`, number | null> &
  Record<`${Name}Basis`, DateBasis | null> &
  Record<`${Name}Precision`, DatePrecision | null>;

/** A vague date as columns; all null where there is none. */
export function dateColumns<Name extends string>(name: Name, date: FuzzyDate | null): DateColumns<Name> {
  return {
    [`${name}Edtf`]: date?.edtf ?? null,
    [`${name}Earliest`]: date?.earliest ?? null,
    [`${name}Latest`]: date?.latest ?? null,
    [`${name}Text`]: date?.text ?? null,
    [`${name}Basis`]: date?.basis ?? null,
    [`${name}Precision`]: date?.precision ?? null,
  } as DateColumns<Name>;
}
