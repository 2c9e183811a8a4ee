import type { ParsedDate } from "edtf";
import { dayOf, daysInMonth } from "./calendar.ts";
import { InvalidValue } from "./invalid-value.ts";

/** The first and last day, in days since 1970-01-01, both included, that a date can mean; and how fine it is. */
export interface Bounds {
  earliest: number;
  latest: number;
  precision: "DAY" | "MONTH" | "SEASON" | "YEAR" | "DECADE" | "CENTURY";
}

/**
 * The days that one parsed EDTF date (no interval) can mean. `?`, `~` and `%` do not widen it.
 *
 * A season is not tied to a hemisphere by ISO 8601-2, nor to a convention on when it begins, so it reaches from the
 * first to the last day that any of them would allow: spring and autumn 1 March to 22 December, summer and winter
 * 1 December of the year before to 21 March of the year after.
 * @param shown the value as written, for the refusal
 * @throws InvalidValue when there is no such day, or it is finer than a day, or outside 4713 BCE to 5874897 CE
 */
export function boundsOf(date: ParsedDate, shown: string): Bounds {
  const [year = 0, month, day] = date.values;
  const hidden = date.unspecified ?? 0;
  if (date.type === "Season") return season(year, month ?? 0);
  if (date.type !== "Date" && date.type !== "Year") {
    throw new InvalidValue(`${shown} is too short for a year; a year has four digits, a century is written 19XX.`);
  }
  if (date.values.length > 3) {
    throw new InvalidValue(`${shown} holds a time of day; a historical date is a day at the finest, e.g. 2019-02-04.`);
  }
  if (hidden & YEAR_DIGITS) return years(year, hidden & YEAR_DIGITS, shown);
  if (month === undefined || hidden & MONTH_DIGITS) return span(year, 1, 1, year, 12, 31, "YEAR");
  const last = daysInMonth(year, month + 1);
  if (day === undefined || hidden & DAY_DIGITS) return span(year, month + 1, 1, year, month + 1, last, "MONTH");
  if (day > last) throw new InvalidValue(`${shown} is not a day: that month has ${last} days.`);
  return span(year, month + 1, day, year, month + 1, day, "DAY");
}

const YEAR_DIGITS = 0b1111;
const LAST_YEAR_DIGIT = 0b1000;
const LAST_TWO_YEAR_DIGITS = 0b1100;
const MONTH_DIGITS = 0b110000;
const DAY_DIGITS = 0b11000000;

/** Decades and centuries: 201X is 2010 to 2019, -004X is -0049 to -0040, since the X stand after the sign. */
function years(year: number, hidden: number, shown: string): Bounds {
  if (hidden !== LAST_YEAR_DIGIT && hidden !== LAST_TWO_YEAR_DIGITS) {
    throw new InvalidValue(`${shown} says no more than a millennium; leave the value out and keep the words instead.`);
  }
  const width = hidden === LAST_YEAR_DIGIT ? 9 : 99;
  const negative = shown.startsWith('"-');
  const [from, to] = negative ? [year - width, year] : [year, year + width];
  return span(from, 1, 1, to, 12, 31, width === 9 ? "DECADE" : "CENTURY");
}

function season(year: number, code: number): Bounds {
  const springOrAutumn = code === 21 || code === 23;
  return springOrAutumn ? span(year, 3, 1, year, 12, 22, "SEASON") : span(year - 1, 12, 1, year + 1, 3, 21, "SEASON");
}

function span(
  fromYear: number,
  fromMonth: number,
  fromDay: number,
  toYear: number,
  toMonth: number,
  toDay: number,
  precision: Bounds["precision"],
): Bounds {
  return { earliest: dayOf(fromYear, fromMonth, fromDay), latest: dayOf(toYear, toMonth, toDay), precision };
}
