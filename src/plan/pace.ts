/** The most that go together, and how long PostgreSQL may be expected to take for them, in ms. */
const [mostTogether, longestMs] = [16, 8];
/** What takes no longer is quick, or very quick, in ms: of the one kind two are under way at a time, of the other one. */
const [quickMs, veryQuickMs] = [2, 0.25];
/** How much the latest counts for in what is usual. */
const latest = 0.2;

/** How long a statement takes PostgreSQL, by itself and with others, in ms; and by that, how many go together. */
export class Pace {
  #alone: number | undefined;
  #together: number | undefined;

  /** Notes that as many as `count` took `ms`. */
  note(ms: number, count: number): void {
    const each = ms / count;
    const usual = (before: number | undefined) => (before === undefined ? each : before + latest * (each - before));
    if (count > 1) this.#together = usual(this.#together);
    else {
      this.#alone = usual(this.#alone);
      // What was slow together is tried again after a while.
      if (this.#together !== undefined) this.#together *= 0.99;
    }
  }

  /** Notes that several did not come back together: for a while each goes by itself. */
  noteFailure(): void {
    this.#together = 1_000;
  }

  /** How many may go together: none with others, while that is not known to be quick, or was slower than each by itself. */
  get most(): number {
    if (this.#alone === undefined) return 1;
    const together = this.#together ?? this.#alone;
    if (together > 2 * this.#alone + 0.2) return 1;
    return Math.min(mostTogether, Math.max(1, Math.floor(longestMs / Math.max(this.#alone, together))));
  }

  /** How many may be under way at a time, each with others or by itself; any number of what is not quick. */
  get width(): number {
    if (this.#alone === undefined || this.most === 1) return Infinity;
    const each = Math.min(this.#alone, this.#together ?? Infinity);
    return each <= veryQuickMs ? 1 : each <= quickMs ? 2 : Infinity;
  }
}
