import { InvalidValue } from "./invalid-value.ts";

/** A date of the proleptic Gregorian calendar; `year` is astronomical (0 is 1 BCE, -43 is 44 BCE), `month` 1-12. */
export interface CalendarDate {
  year: number;
  month: number;
  day: number;
}

/** The first year that the record holds: 4713 BCE, where PostgreSQL's `date` begins. */
export const FIRST_YEAR = -4712;
/** The last year that the record holds: where PostgreSQL's `date` ends. */
export const LAST_YEAR = 5874897;

const DAYS_IN_400_YEARS = 146097;
/** Days from 0000-03-01 to 1970-01-01. */
const EPOCH_FROM_YEAR_ZERO_MARCH = 719468;

/** Whether the astronomical `year` has a 29 February in the proleptic Gregorian calendar. */
function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** How many days `month` (1-12) of the astronomical `year` has. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/**
 * Days from 1970-01-01 to a date, by counting in years that begin on 1 March, so that a leap day ends its year.
 * Method: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
 * @throws InvalidValue when the year is outside 4713 BCE to 5874897 CE; month and day are the caller's to check
 */
export function dayOf(year: number, month: number, day: number): number {
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    throw new InvalidValue(
      `The year ${year} is outside what the record can hold: -4712 (4713 BCE) to ${LAST_YEAR}, counted with a year 0.`,
    );
  }
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfMarchYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfMarchYear;
  return era * DAYS_IN_400_YEARS + dayOfEra - EPOCH_FROM_YEAR_ZERO_MARCH;
}

/** The calendar date of a day counted from 1970-01-01: the inverse of `dayOf`, for whole numbers. */
export function dateOf(day: number): CalendarDate {
  const shifted = day + EPOCH_FROM_YEAR_ZERO_MARCH;
  const era = Math.floor(shifted / DAYS_IN_400_YEARS);
  const dayOfEra = shifted - era * DAYS_IN_400_YEARS;
  const leapDaysBefore =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36524) + Math.floor(dayOfEra / (DAYS_IN_400_YEARS - 1));
  const yearOfEra = Math.floor((dayOfEra - leapDaysBefore) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = ((monthFromMarch + 2) % 12) + 1;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** The weekday of a day counted from 1970-01-01, as ISO 8601 numbers it: 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
