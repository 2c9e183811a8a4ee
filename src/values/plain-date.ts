import { dayOf, daysInMonth } from "./calendar.ts";
import type { Bounds } from "./edtf-bounds.ts";

const PLAIN = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?$/;

/**
 * What a plain day, month or year of four digits can mean, as `boundsOf` answers it, without a parser of EDTF: nearly
 * every date that comes by the thousand is one. Null for any other text, which may be a date or none.
 */
export function plainBounds(edtf: string): Bounds | null {
  const match = PLAIN.exec(edtf);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), match[2], match[3]];
  if (month === undefined) {
    return { earliest: dayOf(year, 1, 1), latest: dayOf(year, 12, 31), precision: "YEAR" };
  }
  const last = daysInMonth(year, Number(month));
  if (day === undefined) {
    return { earliest: dayOf(year, Number(month), 1), latest: dayOf(year, Number(month), last), precision: "MONTH" };
  }
  if (Number(day) < 1 || Number(day) > last) return null;
  const only = dayOf(year, Number(month), Number(day));
  return { earliest: only, latest: only, precision: "DAY" };
}
