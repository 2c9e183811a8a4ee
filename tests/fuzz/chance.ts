/** Chance that is the same for the same seed (mulberry32). */
export interface Chance {
  /** A number from 0 to just below 1. */
  next(): number;
  /** A whole number from 0 to just below `end`. */
  below(end: number): number;
  pick<T>(among: readonly T[]): T;
}

/** Chance from a seed, a whole number. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    next,
    below,
    pick: (among) => {
      if (among.length === 0) throw new Error("there is nothing to pick from");
      return among[below(among.length)]!;
    },
  };
}

/** Texts that have broken something somewhere. */
export const oddTexts: readonly string[] = [
  "",
  " ",
  "' or 1=1 --",
  '"; drop table actor; --',
  "%".repeat(300),
  "(a+)+$",
  "\\",
  "\\u0000",
  "é\u0301\u202e\ufeff",
  "😀".repeat(50),
  "x".repeat(5_000),
  "${7*7}{{7*7}}",
  "__proto__",
  "constructor",
  "null",
  "NaN",
  "../../etc/passwd",
  "<script>alert(1)</script>",
  "\r\n\t",
  "0044-03-15",
  "9999999-12-31",
  "2019-02-30",
  "2019-02-06T00:00:00Z",
  "+999999-01-01T00:00:00Z",
  "Person:01890000-0000-7000-8000-000000000000",
  "ApiKey:01890000-0000-7000-8000-000000000000",
  "Person:x",
  "president-of-venezuela",
];
