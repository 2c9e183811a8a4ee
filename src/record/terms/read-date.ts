import { DateBasis } from "../../generated/prisma/enums.ts";
import { parseFuzzyDate, unknownDate, type FuzzyDate } from "../../values/fuzzy-date.ts";
import { parseDay } from "../../values/day.ts";
import { parseInstant } from "../../values/instant.ts";
import { resolveRelative } from "../../values/relative-date.ts";
import { fields, optional } from "./read-fields.ts";
import { attempt, oneOf, text } from "./read-value.ts";
import type { Node } from "./node.ts";
import type { Read, Reading } from "./reading.ts";

/** Reads a date of EDTF level 0 or 1, with or without quotation marks, for 2019 is a date here and not a number. */
const edtf: Read<string> = (node, reading) => {
  if (node.kind === "scalar" && typeof node.value === "number") return node.source;
  return text(node, reading);
};

/** Reads a day of the calendar. */
const day: Read<number> = (node, reading) => {
  const given = edtf(node, reading);
  return given === undefined ? undefined : attempt(node, reading.problems, () => parseDay(given));
};

const words = fields(
  {
    edtf: optional(edtf),
    text: optional(text),
    basis: optional(oneOf(Object.values(DateBasis))),
    relativeTo: optional(day),
  },
  {
    check: ({ edtf, text: written, basis, relativeTo }, spot, { problems }) => {
      if (relativeTo != null) {
        if (edtf !== null || basis !== null) {
          problems.add(spot, "With relativeTo the date is worked out from text; leave edtf and basis out.");
        }
        if (written === null) problems.add(spot, "relativeTo needs the words as text, such as last month.");
        return;
      }
      if (edtf === null && basis != null && basis !== "UNKNOWN") {
        problems.add(spot, `Without edtf the date is not known, and its basis is UNKNOWN, not ${basis}.`);
      }
      if (edtf != null && basis === "UNKNOWN")
        problems.add(spot, "A date that is given has a basis: STATED, or another.");
    },
  },
);

/**
 * Reads a vague date: an EDTF expression; or fields `edtf`, `text` and `basis`; or a newspaper's words as `text` with the
 * day they count from as `relativeTo`.
 */
export const fuzzy: Read<FuzzyDate> = (node, reading) => {
  if (node.kind !== "fields") {
    const plain = edtf(node, reading);
    return plain === undefined ? undefined : attempt(node, reading.problems, () => parseFuzzyDate(plain));
  }
  const given = words(node, reading);
  if (given === undefined) return undefined;
  const { edtf: expression, text: written, basis, relativeTo } = given;
  return attempt(node.fields.get("edtf")?.value ?? node, reading.problems, () => {
    if (relativeTo != null) return resolveRelative(written ?? "", relativeTo);
    if (expression === null) return unknownDate(written);
    return parseFuzzyDate(expression, { text: written, ...(basis === null ? {} : { basis }) });
  });
};

/** Reads an instant of RFC 3339, with its zone. */
export const instant: Read<Date> = (node, reading) => {
  const given = text(node, reading);
  return given === undefined ? undefined : attempt(node, reading.problems, () => parseInstant(given));
};

/** When something was published: a date, and the instant where that is given. */
export interface Publication {
  readonly date: FuzzyDate;
  readonly at: Date | null;
}

/** Reads a date or an instant; the date of an instant is its day in UTC. */
export const publication: Read<Publication> = (node, reading) => {
  const isInstant = node.kind === "scalar" && typeof node.value === "string" && /\dT\d/.test(node.value);
  if (!isInstant) {
    const date = fuzzy(node, reading);
    return date && { date, at: null };
  }
  const at = instant(node, reading);
  return at && { date: parseFuzzyDate(at.toISOString().slice(0, 10)), at };
};

/** Tells of a span that surely ends before it begins. */
export function refuseBackwards(
  { start, end }: { start?: FuzzyDate | null | undefined; end?: FuzzyDate | null | undefined },
  node: Node,
  { problems }: Pick<Reading, "problems">,
): void {
  if (start?.earliest == null || end?.latest == null || end.latest >= start.earliest) return;
  problems.add(node, `It ends (${end.edtf}) before it begins (${start.edtf}); the later of the two is the end.`);
}
