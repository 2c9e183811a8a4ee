import { asked, figure, times, type Result } from "./result.ts";
import { digits, growth, table } from "./table.ts";

/** The questions that search by words, whose candidates grow with the record until they are cut off. */
const searching = ["names", "misspelt names"];

interface Goal {
  readonly says: string;
  /** What was measured, for a question or in all; undefined where it was not. */
  readonly measured: readonly { readonly of: string; readonly value: number | undefined }[];
  readonly reached: (value: number, of: string) => boolean;
}

function goalsOf(results: readonly Result[]): Goal[] {
  const largest = results.at(-1);
  if (!largest) return [];
  const names = asked(largest);
  const each = (value: (name: string) => number | undefined) => names.map((of) => ({ of, value: value(of) }));
  const grown = (of: string) => ({ of, value: growth(results, of, "chancery") });
  const [p50, p99] = (["p50", "p99"] as const).map(
    (wanted) => (name: string) => figure(largest, name, "chancery", wanted),
  );
  return [
    {
      says: "≥ 2 × PostGraphile, without the cache",
      measured: each((name) => times(largest, name, "chancery", "postgraphile")),
      reached: (value) => value >= 2,
    },
    {
      says: "≥ 0.9 × the limit, without the cache",
      measured: each((name) => times(largest, name, "chancery", "limit")),
      reached: (value) => value >= 0.9,
    },
    {
      says: "≥ 10 × PostGraphile, hot from the cache",
      measured: each((name) => times(largest, name, "cached", "postgraphile")),
      reached: (value) => value >= 10,
    },
    {
      says: "p50 grows ≤ 1.3 × from the least size to the greatest",
      measured: names.filter((name) => !searching.includes(name)).map(grown),
      reached: (value) => value <= 1.3,
    },
    {
      says: "p50 of search grows ≤ 3 ×",
      measured: names.filter((name) => searching.includes(name)).map(grown),
      reached: (value) => value <= 3,
    },
    {
      says: "p99 ≤ 4 × p50",
      measured: each((name) => ratio(p99?.(name), p50?.(name))),
      reached: (value) => value <= 4,
    },
    {
      says: "1 SQL statement a request",
      measured: each((name) => figure(largest, name, "chancery", "statements")),
      reached: (value) => value < 1.05,
    },
    {
      says: "≤ 200 MB of memory under load",
      measured: largest.memory.filter(({ name }) => name === "chancery").map(({ most }) => ({ of: "", value: most })),
      reached: (value) => value <= 200,
    },
  ];
}

function ratio(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a / b;
}

/** The goals beside what was measured: reached, or by which questions not. */
export function goalTable(results: readonly Result[]): string {
  const rows = goalsOf(results).map(({ says, measured, reached }) => {
    const known = measured.filter((each): each is { of: string; value: number } => each.value !== undefined);
    const missed = known.filter(({ value, of }) => !reached(value, of));
    const range = known.map(({ value }) => value).toSorted((a, b) => a - b);
    const span = [...new Set([range.at(0), range.at(-1)].map(digits))].join(" to ");
    const names = missed.map(({ of, value }) => `${of} ${digits(value)}`.trim()).join(", ");
    return [
      says,
      span,
      known.length === 0 ? "not measured" : missed.length === 0 ? "reached" : `not reached: ${names}`,
    ];
  });
  return table(["goal", "measured", "reached"], rows, ["measured", "reached"]);
}
