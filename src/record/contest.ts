/** An occupancy as far as a contest needs it: who, and the days it may have held, null where unbounded. */
export interface Tenure<T> {
  readonly holder: string;
  readonly nominee: boolean;
  /** The first day on which it may have held. */
  readonly from: number | null;
  /** The last day on which it may have held. */
  readonly to: number | null;
  readonly occupancy: T;
}

/** Rivals for an office over a span of days, both included, in which those who held or claimed it outnumbered its seats. */
export interface Rivalry<T> {
  readonly from: number | null;
  readonly to: number | null;
  readonly occupancies: readonly T[];
}

/**
 * The spans of days in which more actors held or claimed an office than it has seats, in order of time; a new span
 * begins where the rivals change. Nominees hold nothing. One actor counts once, however many occupancies say so. Two
 * who meet on a single day, the last of the one and the first of the other, hand over and do not contest.
 */
export function rivalries<T>(tenures: readonly Tenure<T>[], seats: number): Rivalry<T>[] {
  const holding = tenures
    .filter(({ nominee }) => !nominee)
    .map((tenure) => ({ ...tenure, from: tenure.from ?? -Infinity, to: tenure.to ?? Infinity }));
  const starts = [...new Set(holding.flatMap(({ from, to }) => [from, to + 1]))]
    .filter((day) => day < Infinity)
    .sort((a, b) => a - b);
  return starts.flatMap((from, i) => {
    const to = (starts[i + 1] ?? Infinity) - 1;
    const rivals = holding.filter((tenure) => tenure.from <= from && tenure.to >= to);
    const handedOver = from === to ? handOvers(rivals, from) : 0;
    if (new Set(rivals.map(({ holder }) => holder)).size - handedOver <= seats) return [];
    return [{ from: finite(from), to: finite(to), occupancies: rivals.map(({ occupancy }) => occupancy) }];
  });
}

/** How many leave for good on a day on which others come who did not hold before, each of whom held longer than that day. */
function handOvers(rivals: readonly { holder: string; from: number; to: number }[], day: number): number {
  const before = new Set(rivals.filter(({ from }) => from < day).map(({ holder }) => holder));
  const after = new Set(rivals.filter(({ to }) => to > day).map(({ holder }) => holder));
  const leaving = [...before].filter((holder) => !after.has(holder));
  const coming = [...after].filter((holder) => !before.has(holder));
  return Math.min(leaving.length, coming.length);
}

function finite(day: number): number | null {
  return Number.isFinite(day) ? day : null;
}
