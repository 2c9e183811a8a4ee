import { Refusal } from "../errors.ts";
import { formatDay, parseDay } from "../values/day.ts";
import { InvalidValue } from "../values/invalid-value.ts";

const dayMs = 86_400_000;
const longestDays = 36_500;

/**
 * Reads when a key shall expire: `90d`, so many days from now, or `2027-01-31`, the last day (in UTC) on which it is
 * accepted.
 * @throws Refusal BAD_USER_INPUT for anything else, and for a moment that has passed
 */
export function readExpiry(text: string, now = new Date()): Date {
  const days = /^(\d{1,6})d$/.exec(text)?.[1];
  const today = Math.floor(now.getTime() / dayMs);
  if (days === undefined) {
    const last = lastDayOf(text);
    if (last < today) throw refuse(`${text} has passed; today is ${formatDay(today)}`);
    if (last > today + longestDays) throw refuse(`${text} is more than ${longestDays} days away`);
    return new Date((last + 1) * dayMs);
  }
  if (Number(days) === 0) throw refuse("0d is now; a key needs at least a day");
  if (Number(days) > longestDays) throw refuse(`${text} is more than ${longestDays} days`);
  return new Date(now.getTime() + Number(days) * dayMs);
}

function lastDayOf(text: string): number {
  try {
    return parseDay(text);
  } catch (error) {
    if (!(error instanceof InvalidValue)) throw error;
    throw refuse(`"${text}" is no number of days and no day`);
  }
}

function refuse(what: string): Refusal {
  const right = "Write a number of days, such as 90d, or the last day, such as 2027-01-31; leave it out for no end";
  return new Refusal("BAD_USER_INPUT", `${what}. ${right}.`);
}
