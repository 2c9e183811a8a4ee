/** What the record uses of the npm package `edtf`, which ships no types. */
declare module "edtf" {
  export interface ParsedDate {
    type: "Date" | "Year" | "Season" | "Century" | "Decade";
    level: number;
    /** Year, then month from 0 (or 21-24 for a season), then day; time of day after that. Digits written X are 0 or 1. */
    values: number[];
    /** A bit for each digit of YYYYMMDD that is written X, the first digit lowest. */
    unspecified?: number;
    uncertain?: boolean;
    approximate?: boolean;
  }
  export interface ParsedInterval {
    type: "Interval";
    level: number;
    /** Infinity: an open end (`..`). Null: an unknown one (nothing written). */
    values: [ParsedDate | number | null, ParsedDate | number | null];
  }
  /** Throws a syntax error on anything that is not EDTF of at most the given level. */
  export function parse(input: string, constraints: { level: number }): ParsedDate | ParsedInterval;
}
