import { dateOf, dayOf, daysInMonth, FIRST_YEAR, LAST_YEAR } from "./calendar.ts";
import { excerpt } from "./excerpt.ts";
import { InvalidValue } from "./invalid-value.ts";

const DAY = /^(-?\d{4}|\+[1-9]\d{4,6})-(\d{2})-(\d{2})$/;
const UNPADDED = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d/;
const FORM = "A day is written YYYY-MM-DD, for example 2019-02-04; 44 BCE is -0043-03-15, year 12345 is +12345-01-01";

/**
 * Reads a day of the proleptic Gregorian calendar in ISO 8601 form, expanded years included.
 * @returns days since 1970-01-01 (negative before), whatever the time zone of the machine
 * @throws InvalidValue on any other form, a day that does not exist, or one outside 4713 BCE to 5874897 CE
 */
export function parseDay(text: string): number {
  const match = DAY.exec(text);
  if (!match) throw new InvalidValue(`${excerpt(text)} is not a day. ${hint(text)}.`);
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (match[1] === "-0000")
    throw new InvalidValue(`${excerpt(text)} is not a day: the year 0 (1 BCE) is written 0000.`);
  if (month < 1 || month > 12) throw new InvalidValue(`${excerpt(text)} is not a day: months run from 01 to 12.`);
  const last = daysInMonth(year, month);
  if (day < 1 || day > last) {
    throw new InvalidValue(`${excerpt(text)} is not a day: ${match[1]}-${match[2]} has the days 01 to ${last}.`);
  }
  return dayOf(year, month, day);
}

/**
 * Writes a day as ISO 8601: `2019-02-04`, `-0043-03-15` (44 BCE), `+12345-01-01`. The inverse of `parseDay`.
 * @param day days since 1970-01-01
 * @throws InvalidValue when it is no whole number or outside 4713 BCE to 5874897 CE
 */
export function formatDay(day: number): string {
  const date = dateOf(day);
  if (!Number.isInteger(day) || date.year < FIRST_YEAR || date.year > LAST_YEAR) {
    throw new InvalidValue(
      `${day} is not a day: whole days since 1970-01-01 are needed, from ${dayOf(FIRST_YEAR, 1, 1)} to ${dayOf(LAST_YEAR, 12, 31)}.`,
    );
  }
  return `${formatYear(date.year)}-${twoDigits(date.month)}-${twoDigits(date.day)}`;
}

function formatYear(year: number): string {
  const digits = String(Math.abs(year)).padStart(4, "0");
  return year < 0 ? `-${digits}` : year > 9999 ? `+${digits}` : digits;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}

function hint(text: string): string {
  const loose = UNPADDED.exec(text) ?? COMPACT.exec(text);
  if (loose) return `Write ${loose[1]}-${loose[2]?.padStart(2, "0")}-${loose[3]?.padStart(2, "0")}`;
  if (DAY.test(text.trim())) return `There is a space or a line break beside it; write ${text.trim()}`;
  if (INSTANT.test(text)) return `It is an instant; a day is needed, for example ${text.slice(0, 10)}`;
  return FORM;
}
