import { dateOf, dayOf, daysInMonth, weekdayOf } from "./calendar.ts";
import { formatDay } from "./day.ts";

/** A unit of the calendar in which a relative date can be counted. */
export type Unit = "day" | "weekend" | "week" | "month" | "year";

/** The EDTF value for some time from one day to another, both included; days since 1970-01-01. */
export function intervalBetween(from: number, to: number): string {
  return `${formatDay(from)}/${formatDay(to)}`;
}

/** The EDTF value of a month; `month` counts from 1 and may lie outside 1-12, which moves the year. */
export function monthAt(year: number, month: number): string {
  const months = year * 12 + month - 1;
  return formatDay(dayOf(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, 1)).slice(0, -3);
}

/**
 * The EDTF value of the unit `steps` after the one that holds `day` (before it, if negative). Weeks run from Monday to
 * Sunday, as ISO 8601 counts them; the weekend is their end.
 */
export function unitAt(unit: Unit, day: number, steps: number): string {
  const { year, month } = dateOf(day);
  const monday = day - weekdayOf(day) + 1 + 7 * steps;
  if (unit === "day") return formatDay(day + steps);
  if (unit === "week") return intervalBetween(monday, monday + 6);
  if (unit === "weekend") return intervalBetween(monday + 5, monday + 6);
  return unit === "month" ? monthAt(year, month + steps) : monthAt(year + steps, 1).slice(0, -3);
}

/** The latest day of that weekday (1 is Monday) that is not after `day`. */
export function weekdayUpTo(day: number, weekday: number): number {
  return day - ((weekdayOf(day) - weekday + 7) % 7);
}

/** The latest day with that month and day of the month that is not after `day`; null when no year has one. */
export function anniversaryUpTo(day: number, month: number, dayOfMonth: number): number | null {
  const { year } = dateOf(day);
  // Eight years without a 29 February is the longest wait.
  for (let back = 0; back <= 8; back += 1) {
    if (dayOfMonth < 1 || dayOfMonth > daysInMonth(year - back, month)) continue;
    const found = dayOf(year - back, month, dayOfMonth);
    if (found <= day) return found;
  }
  return null;
}
