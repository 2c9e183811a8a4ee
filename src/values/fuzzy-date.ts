import { parse, type ParsedDate, type ParsedInterval } from "edtf";
import { LRUCache } from "lru-cache";
import { boundsOf } from "./edtf-bounds.ts";
import { excerpt } from "./excerpt.ts";
import { InvalidValue } from "./invalid-value.ts";
import { plainBounds } from "./plain-date.ts";
import { wellFormed } from "./text.ts";

/**
 * How a date was worked out:
 * - `STATED`: the source says it.
 * - `RELATIVE_TO_PUBLICATION`: the source says "last month" or "Wednesday", counted from the day it appeared.
 * - `INFERRED`: somebody concluded it from other facts.
 * - `UNKNOWN`: there is no date, or nobody knows where it comes from.
 */
export type Basis = "STATED" | "RELATIVE_TO_PUBLICATION" | "INFERRED" | "UNKNOWN";

/**
 * How fine a date is. `DAY` to `CENTURY`: one such unit of the calendar, known as that unit only.
 * `INTERVAL`: some time between two ends, either of which may be open or unknown. `UNKNOWN`: no date at all.
 */
export type Precision = "DAY" | "MONTH" | "SEASON" | "YEAR" | "DECADE" | "CENTURY" | "INTERVAL" | "UNKNOWN";

/** A date no finer than its source. `earliest` and `latest` are days since 1970-01-01, both included. */
export interface FuzzyDate {
  /** EDTF level 0 or 1 (ISO 8601-2:2019) exactly as it came in; null when nothing is known of the date. */
  edtf: string | null;
  /** The first day it can mean; null: no bound on that side. */
  earliest: number | null;
  /** The last day it can mean; null: no bound on that side. */
  latest: number | null;
  /** The source's own words, if it was put in words. */
  text: string | null;
  basis: Basis;
  precision: Precision;
  /** Marked `~` or `%`: about then. The bounds stay those of the date as stated, for "about" has no measure. */
  approximate: boolean;
  /** Marked `?` or `%`: the source, or its reader, is in doubt. The bounds stay those of the date as stated. */
  uncertain: boolean;
}

/** Whether something held on a day, as far as its vague ends tell. */
export type Certainty = "CERTAIN" | "POSSIBLE" | "NO";

const EXAMPLES =
  "EDTF level 0 or 1 is needed, for example 2019-02-04, 2019-02, 2019, 2019-21 (spring), 201X, 2019-02-XX, 2019-02~, " +
  "2019-02-04?, 2019-02-01/2019-02-04, ../2019-02-04, -0043-03-15, Y12345";
const LONGEST = 40;

/**
 * Reads a date of EDTF level 0 or 1 (ISO 8601-2:2019, Library of Congress EDTF specification of 2019): days, months,
 * years, seasons, `X` for unknown last digits, `?` `~` `%` at the end, `Y` before a year of five digits or more, BCE
 * years counted with a year 0, and intervals, which here mean "some time within".
 * @param words the source's words, and how the date was worked out (`STATED` unless said otherwise)
 * @throws InvalidValue on level 2, times of day, days that do not exist, ends in the wrong order, an interval without
 * any end, years outside 4713 BCE to 5874897 CE, and anything else; the message gives examples of what is right
 */
export function parseFuzzyDate(edtf: string, words: { text?: string | null; basis?: Basis } = {}): FuzzyDate {
  return {
    edtf,
    ...meaningOf(edtf),
    text: words.text == null ? null : wellFormed(words.text, "words of the date"),
    basis: words.basis ?? "STATED",
  };
}

type Meaning = Pick<FuzzyDate, "earliest" | "latest" | "precision" | "approximate" | "uncertain">;

/** What was read lately, for the same few dates come again and again, and reading one takes tens of microseconds. */
const lately = new LRUCache<string, Meaning>({ max: 5_000 });

function meaningOf(edtf: string): Meaning {
  const mark = /[?~%]$/.exec(edtf)?.[0] ?? "";
  const plain = plainBounds(edtf.slice(0, edtf.length - mark.length));
  if (plain) return { ...plain, approximate: /[~%]/.test(mark), uncertain: /[?%]/.test(mark) };
  const known = lately.get(edtf);
  if (known) return known;
  const parsed = parseEdtf(edtf);
  const shown = excerpt(edtf);
  const dates = parsed.type === "Interval" ? parsed.values.filter(isDate) : [parsed];
  const meaning = {
    ...(parsed.type === "Interval" ? within(parsed.values, shown) : boundsOf(parsed, shown)),
    approximate: dates.some((date) => date.approximate === true),
    uncertain: dates.some((date) => date.uncertain === true),
  };
  lately.set(edtf, meaning);
  return meaning;
}

/** A date of which nothing is known but, at most, the words; it can be any day. */
export function unknownDate(text: string | null = null): FuzzyDate {
  return {
    edtf: null,
    earliest: null,
    latest: null,
    text: text === null ? null : wellFormed(text, "words of the date"),
    basis: "UNKNOWN",
    precision: "UNKNOWN",
    approximate: false,
    uncertain: false,
  };
}

/**
 * Whether something that began at `start` and ended at `end` held on `day`.
 *
 * `end` is the last day on which it held, as in an EDTF interval. `start` null: its beginning is not known, which is
 * never CERTAIN. `end` null: no end is known of, so it lasts. NO: the earliest start is after the day, or the latest end
 * before it. CERTAIN: even the latest start is not after the day, even the earliest end not before it, and neither is
 * marked approximate or uncertain. POSSIBLE otherwise.
 * @param day days since 1970-01-01
 */
export function certaintyOn(day: number, start: FuzzyDate | null, end: FuzzyDate | null): Certainty {
  return certaintyDuring(day, day, start, end);
}

/**
 * Whether something that began at `start` and ended at `end` held on at least one day from `from` to `to`, both
 * included. The rule of `certaintyOn`, which is this for a span of one day.
 * @throws InvalidValue when `from` is after `to`
 */
export function certaintyDuring(from: number, to: number, start: FuzzyDate | null, end: FuzzyDate | null): Certainty {
  if (from > to) throw new InvalidValue("The span of days ends before it begins; give the earlier day first.");
  if (isKnownAfter(start, to) || isKnownBefore(end, from)) return "NO";
  const begun = start !== null && isFirm(start) && start.latest !== null && start.latest <= to;
  const lasting = end === null || (isFirm(end) && end.earliest !== null && end.earliest >= from);
  return begun && lasting ? "CERTAIN" : "POSSIBLE";
}

function isKnownAfter(date: FuzzyDate | null, day: number): boolean {
  return date !== null && date.earliest !== null && date.earliest > day;
}

function isKnownBefore(date: FuzzyDate | null, day: number): boolean {
  return date !== null && date.latest !== null && date.latest < day;
}

function isFirm(date: FuzzyDate): boolean {
  return !date.approximate && !date.uncertain;
}

function parseEdtf(edtf: string): ParsedDate | ParsedInterval {
  if (edtf.length > LONGEST) throw new InvalidValue(`${excerpt(edtf)} is too long for a date. ${EXAMPLES}.`);
  try {
    return parse(edtf, { level: 1 });
  } catch (error) {
    throw new InvalidValue(`${excerpt(edtf)} is not a date that can be read. ${hint(edtf)}${EXAMPLES}.`, {
      cause: error,
    });
  }
}

function isDate(end: ParsedInterval["values"][number]): end is ParsedDate {
  return typeof end === "object" && end !== null;
}

function within(ends: ParsedInterval["values"], shown: string): Pick<FuzzyDate, "earliest" | "latest" | "precision"> {
  const [lower, upper] = ends.map((end) => (isDate(end) ? boundsOf(end, shown) : null));
  if (!lower && !upper) {
    throw new InvalidValue(
      `${shown} has no end at all and says nothing; leave the value out and keep the words instead.`,
    );
  }
  const [earliest, latest] = [lower?.earliest ?? null, upper?.latest ?? null];
  if (earliest !== null && latest !== null && earliest > latest) {
    throw new InvalidValue(`${shown} ends before it begins; write the earlier date first, e.g. 2019-02-01/2019-02-04.`);
  }
  return { earliest, latest, precision: "INTERVAL" };
}

function hint(edtf: string): string {
  if (/[[\]{}]/.test(edtf)) return "Sets of dates are level 2: state one interval, or one date for each fact. ";
  if (/[?~%].*[^/?~%]/.test(edtf) && !edtf.includes("/"))
    return "A mark on a part of a date is level 2: put ?, ~ or % at the end. ";
  if (/[?~%]{2}/.test(edtf)) return "Both uncertain and approximate is one mark, %. ";
  if (/^\d{4}-(2[1-4])\D/.test(edtf) || /\/\d{4}-2[1-4]/.test(edtf))
    return "A season stands alone, without mark or interval. ";
  if (/^\d{4}-(2[5-9]|3\d|4[01])$/.test(edtf)) return "Of the seasons, 21 to 24 are level 1. ";
  if (edtf.includes("X") && edtf.includes("/")) return "The ends of an interval hold no X. ";
  if (edtf.includes("X"))
    return "X may stand for the last digits only, from the right: 201X, 20XX, 2019-XX, 2019-02-XX. ";
  if (/^Y/.test(edtf)) return "Y stands before a year of five digits or more, and nothing after it. ";
  if (/^-?\d{4}-\d\d(-\d\d)?$/.test(edtf)) return "The calendar has no such day, month or season. ";
  if (edtf === "") return "It is empty. ";
  return "";
}
