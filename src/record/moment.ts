const DAY_MS = 86_400_000;

/** 00:00 UTC of a day, which is counted from 1970-01-01. */
export function startOf(day: number): Date {
  return new Date(day * DAY_MS);
}

/** The day in UTC of an instant, counted from 1970-01-01. */
export function dayIn(instant: Date): number {
  return Math.floor(instant.getTime() / DAY_MS);
}
