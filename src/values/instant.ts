import { dayOf, daysInMonth } from "./calendar.ts";
import { excerpt } from "./excerpt.ts";
import { InvalidValue } from "./invalid-value.ts";

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const ZONELESS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?$/;
const FORM =
  "An instant is written YYYY-MM-DDTHH:MM:SS with a zone, for example 2019-02-07T09:00:00Z or 2019-02-07T05:00:00-04:00";
const DAY_MS = 86_400_000;

/**
 * Reads an instant as RFC 3339 writes it: date, time to the second, up to three decimals, and a zone (`Z` or an offset).
 * Nothing is rounded or cut.
 * @throws InvalidValue on a missing zone, a day alone, more than milliseconds, a moment that does not exist (leap
 * seconds too, which no clock here can hold), or a UTC year outside 0001 to 9999
 */
export function parseInstant(text: string): Date {
  const match = INSTANT.exec(text);
  if (!match) throw new InvalidValue(hint(text));
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as Six;
  const decimals = match[7] ?? "";
  const zone = match[8] ?? "Z";
  if (decimals.length > 3) {
    throw new InvalidValue(`${excerpt(text)} is finer than a millisecond; give at most three decimals of a second.`);
  }
  const exists = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  if (!exists || hour > 23 || minute > 59 || second > 59) {
    throw new InvalidValue(
      `${excerpt(text)} is not an instant: there is no such ${exists ? "time of day; 00:00:00 to 23:59:59 exist" : "day in the calendar"}.`,
    );
  }
  const time = ((hour * 60 + minute) * 60 + second) * 1000 + Number(decimals.padEnd(3, "0"));
  return inRange(new Date(dayOf(year, month, day) * DAY_MS + time - offset(zone, text)), text);
}

/**
 * Writes an instant in UTC: `2019-02-07T09:00:00Z`, with milliseconds only when they are not zero.
 * @throws InvalidValue on an invalid Date or a year outside 0001 to 9999
 */
export function formatInstant(instant: Date): string {
  return inRange(instant, String(instant.getTime())).toISOString().replace(".000Z", "Z");
}

type Six = [number, number, number, number, number, number];

/** Milliseconds that the zone is ahead of UTC. */
function offset(zone: string, text: string): number {
  if (zone === "Z") return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (hours > 23 || minutes > 59) {
    throw new InvalidValue(`${excerpt(text)} has no valid zone: offsets run from -23:59 to +23:59.`);
  }
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

function inRange(instant: Date, text: string): Date {
  const year = instant.getUTCFullYear();
  if (year >= 1 && year <= 9999) return instant;
  throw new InvalidValue(`${excerpt(text)} is not an instant between the years 0001 and 9999 in UTC.`);
}

function hint(text: string): string {
  if (DAY.test(text)) return `${text} is a day; an instant is needed, for example ${text}T23:59:59Z.`;
  if (ZONELESS.test(text)) return `${excerpt(text)} has no zone; write ${excerpt(`${text}Z`)} if it is meant in UTC.`;
  return `${excerpt(text)} is not an instant. ${FORM}.`;
}
