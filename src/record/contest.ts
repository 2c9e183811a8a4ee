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

/** Rivals for an office over a span of days in which those who held or claimed it outnumbered its seats. */
export interface Rivalry<T> {
  readonly from: number | null;
  readonly to: number | null;
  readonly occupancies: readonly T[];
}

/**
 * The spans of days in which more actors held or claimed an office than it has seats, in order of time; a span ends
 * where the rivals change. Nominees hold nothing. One actor counts once, however many occupancies say so. Two who meet
 * on a single day, the last of one and the first of the other, hand over and do not contest.
 */
export function rivalries<T>(tenures: readonly Tenure<T>[], seats: number): Rivalry<T>[] {
  const holding = tenures.filter(({ nominee }) => !nominee);
  const bounds = [...new Set(holding.flatMap(({ from, to }) => [from ?? -Infinity, to ?? Infinity]))].sort(
    (a, b) => a - b,
  );
  const spans: Rivalry<T>[] = [];
  for (const [i, from] of bounds.entries()) {
    const to = bounds[i + 1];
    if (to === undefined) break;
    const rivals = holding.filter((tenure) => (tenure.from ?? -Infinity) <= from && (tenure.to ?? Infinity) >= to);
    if (new Set(rivals.map(({ holder }) => holder)).size <= seats) continue;
    spans.push({ from: finite(from), to: finite(to), occupancies: rivals.map(({ occupancy }) => occupancy) });
  }
  return spans;
}

function finite(day: number): number | null {
  return Number.isFinite(day) ? day : null;
}
