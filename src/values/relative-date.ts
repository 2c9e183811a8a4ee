import { dateOf } from "./calendar.ts";
import { formatDay } from "./day.ts";
import { excerpt } from "./excerpt.ts";
import { parseFuzzyDate, type FuzzyDate } from "./fuzzy-date.ts";
import { InvalidValue } from "./invalid-value.ts";
import { anniversaryUpTo, intervalBetween, monthAt, unitAt, weekdayUpTo, type Unit } from "./relative-unit.ts";

/** A form of words, with an example for people, and the EDTF value it means in what appeared on a day. */
interface Phrase {
  example: string;
  form: RegExp;
  /** Null when the calendar has no such day. */
  resolve: (groups: Record<string, string>, day: number) => string | null;
}

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const NUMBERS = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];
const STEPS: Record<string, number> = { last: -1, this: 0, next: 1 };

const WEEKDAY = `(?<weekday>${WEEKDAYS.join("|")})(?: morning| afternoon| evening| night)?`;
const MONTH =
  "(?<month>january|february|march|april|may|june|july|august|september|october|november|december|(?:jan|feb|mar|apr|aug|sept?|oct|nov|dec)\\.?)";
const ROUGHLY = "(?:early |late |mid-)?";
const NUMBER = "(?<number>\\d{1,2})(?:st|nd|rd|th)?";

const PHRASES: readonly Phrase[] = [
  phrase("today", "today|tonight|this morning|this afternoon|this evening", (_, day) => formatDay(day)),
  phrase("yesterday", "yesterday(?: morning| afternoon| evening)?|last night", (_, day) => formatDay(day - 1)),
  phrase("tomorrow", "tomorrow(?: morning| afternoon| evening| night)?", (_, day) => formatDay(day + 1)),
  phrase("overnight", "overnight", (_, day) => intervalBetween(day - 1, day)),
  phrase("Wednesday, on Tuesday night", `(?:on )?(?:early |late )?${WEEKDAY}`, (words, day) =>
    formatDay(weekdayUpTo(day, weekdayOf(words))),
  ),
  phrase("last Wednesday", `last ${WEEKDAY}`, (words, day) => {
    const latest = weekdayUpTo(day - 1, weekdayOf(words));
    return intervalBetween(latest - 7, latest);
  }),
  phrase("next Wednesday", `next ${WEEKDAY}`, (words, day) => {
    const first = weekdayUpTo(day + 7, weekdayOf(words));
    return intervalBetween(first, first + 7);
  }),
  phrase(
    "this week, last month, late last year",
    `${ROUGHLY}(?<which>last|this|next) (?<unit>weekend|week|month|year)`,
    (words, day) => unitAt(words["unit"] as Unit, day, stepsOf(words)),
  ),
  phrase("at the weekend", "(?:at |over |during |on )?the weekend", (_, day) => {
    const saturday = weekdayUpTo(day, 6);
    return intervalBetween(saturday, saturday + 1);
  }),
  phrase(
    "two days ago",
    "(?<count>a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,3}) (?<unit>day|week|month|year)s? ago",
    (words, day) => longAgo(words["unit"] as Unit, day, countOf(words)),
  ),
  phrase("in May", `(?:in )?${ROUGHLY}${MONTH}`, (words, day) => {
    const { year, month } = dateOf(day);
    return monthAt(monthOf(words) > month ? year - 1 : year, monthOf(words));
  }),
  phrase("in May last year", `(?:in )?${ROUGHLY}${MONTH} (?:of )?(?<which>last|this|next) year`, (words, day) =>
    monthAt(dateOf(day).year + stepsOf(words), monthOf(words)),
  ),
  phrase("on January 23", `(?:on )?${MONTH} ${NUMBER}`, latestAnniversary),
  phrase("on 23 January", `(?:on )?(?:the )?${NUMBER} (?:of )?${MONTH}`, latestAnniversary),
];

/**
 * What the words of a newspaper mean as a date, counted from the day it appeared; never finer than the words. The
 * basis is `RELATIVE_TO_PUBLICATION`, the text is the words as given.
 *
 * Newspapers look back: a weekday, a month or a day of a month without a year is the latest that had begun by the day of
 * publication. "Last Wednesday" is the latest before publication for some and the one a week before for others, so it is
 * the interval between both; "next Wednesday" likewise. Weeks run from Monday to Sunday (ISO 8601). Weeks, months and years
 * "ago" are marked approximate. A night counts as the day on which it began.
 * @param words in English, in any letter case
 * @param publishedOn days since 1970-01-01, in the place where it was published
 * @throws InvalidValue on words it does not know, listing those it does
 */
export function resolveRelative(words: string, publishedOn: number): FuzzyDate {
  const plain = words.length > 80 ? "" : words.trim().toLowerCase().replace(/\s+/g, " ");
  for (const { form, resolve } of PHRASES) {
    const match = form.exec(plain);
    if (!match) continue;
    const edtf = resolve(match.groups ?? {}, publishedOn);
    if (edtf !== null) return parseFuzzyDate(edtf, { text: words, basis: "RELATIVE_TO_PUBLICATION" });
  }
  const known = PHRASES.map(({ example }) => example).join("; ");
  throw new InvalidValue(
    `${excerpt(words)} is no relative date known here. Known are: ${known}. Else give an EDTF value.`,
  );
}

function phrase(example: string, form: string, resolve: Phrase["resolve"]): Phrase {
  return { example, form: new RegExp(`^(?:${form})$`), resolve };
}

function weekdayOf(words: Record<string, string>): number {
  return WEEKDAYS.indexOf(words["weekday"] ?? "") + 1;
}

function monthOf(words: Record<string, string>): number {
  return MONTHS.indexOf((words["month"] ?? "").slice(0, 3)) + 1;
}

function stepsOf(words: Record<string, string>): number {
  return STEPS[words["which"] ?? ""] ?? 0;
}

function countOf(words: Record<string, string>): number {
  const count = words["count"] ?? "";
  if (count === "a") return 1;
  return NUMBERS.includes(count) ? NUMBERS.indexOf(count) : Number(count);
}

function longAgo(unit: Unit, day: number, count: number): string {
  if (unit === "day") return unitAt(unit, day, -count);
  const about = unitAt(unit, day, -count).replace("/", "~/");
  return `${about}~`;
}

function latestAnniversary(words: Record<string, string>, day: number): string | null {
  const latest = anniversaryUpTo(day, monthOf(words), Number(words["number"]));
  return latest === null ? null : formatDay(latest);
}
