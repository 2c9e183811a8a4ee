import type { Certainty } from "../values/fuzzy-date.ts";
import { certaintyDuring, type FuzzyDate as Value } from "../values/fuzzy-date.ts";
import { builder } from "./builder.ts";
import { enumOf } from "./meaning.ts";
import type { DaySpan, Shown } from "./row.ts";

/** The vague date in the columns of a row that begin with `prefix`; null where none is given. */
export function fuzzyDate(row: Readonly<Record<string, unknown>>, prefix: string): Value | null {
  if (row[`${prefix}Basis`] === null || row[`${prefix}Basis`] === undefined) return null;
  const edtf = row[`${prefix}Edtf`] as string | null;
  return {
    edtf,
    earliest: row[`${prefix}Earliest`] as number | null,
    latest: row[`${prefix}Latest`] as number | null,
    text: row[`${prefix}Text`] as string | null,
    basis: row[`${prefix}Basis`] as Value["basis"],
    precision: row[`${prefix}Precision`] as Value["precision"],
    approximate: /[~%]/.test(edtf ?? ""),
    uncertain: /[?%]/.test(edtf ?? ""),
  };
}

/** Whether a fact held during a span of days, as far as its dates tell. */
export function certaintyOf(row: Shown, { from, to }: DaySpan): Certainty {
  return certaintyDuring(from, to, fuzzyDate(row, "start"), fuzzyDate(row, "end"));
}

export const FuzzyDate = builder.objectRef<Value>("FuzzyDate").implement({
  description: "A date as its source gives it, with what it leaves open. A vague date is never taken for a day.",
  fields: (t) => ({
    edtf: t.exposeString("edtf", {
      nullable: true,
      description:
        "The date in EDTF level 1 (ISO 8601-2), such as 2019-02 or 2019-02-04?; null where nothing is known of it.",
    }),
    earliest: t.expose("earliest", {
      type: "Date",
      nullable: true,
      description: "The first day it may be; null where unbounded.",
    }),
    latest: t.expose("latest", {
      type: "Date",
      nullable: true,
      description: "The last day it may be; null where unbounded.",
    }),
    text: t.exposeString("text", {
      nullable: true,
      description: "The words of the source, such as last month; null where none were kept.",
    }),
    basis: t.expose("basis", { type: enumOf("DateBasis"), description: "How it was worked out." }),
    precision: t.expose("precision", { type: enumOf("DatePrecision"), description: "How fine it is." }),
    approximate: t.exposeBoolean("approximate", {
      description: "Marked `~` or `%`: about then. The bounds are those of the date as stated.",
    }),
    uncertain: t.exposeBoolean("uncertain", {
      description: "Marked `?` or `%`: the source or its reader is in doubt.",
    }),
  }),
});

export const CertaintyEnum = builder.enumType("Certainty", {
  description: "Whether something held at a time, as far as its dates tell.",
  values: {
    CERTAIN: { description: "It held, however its dates are read." },
    POSSIBLE: {
      description: "It held on some readings of its dates and not on others, or its beginning is not known.",
    },
    NO: { description: "It did not hold, however its dates are read." },
  },
});

export const TimeSpan = builder.objectRef<Shown>("TimeSpan").implement({
  description: "When something held in the world, from its first day to its last, both included.",
  fields: (t) => ({
    start: t.field({
      type: FuzzyDate,
      nullable: true,
      description: "The first day it held; null where no beginning is recorded.",
      extensions: { fuzzy: { prefix: "start" } },
      resolve: (row) => fuzzyDate(row, "start"),
    }),
    end: t.field({
      type: FuzzyDate,
      nullable: true,
      description:
        "The last day it held; null where no end is known. What happened within a day ends on the day it starts.",
      extensions: { fuzzy: { prefix: "end" } },
      resolve: (row) => fuzzyDate(row, "end"),
    }),
  }),
});
