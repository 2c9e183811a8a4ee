/** The most that go together, and how long PostgreSQL may be expected to take for them, in ms. */
const [mostTogether, longestMs] = [16, 8];
/** What takes no longer is quick, or very quick, in ms: of the one kind two are under way at a time, of the other one. */
const [quickMs, veryQuickMs] = [2, 0.25];
/** How much the latest counts for in what is usual. */
const latest = 0.2;
/** For how long those that did not go well together go by themselves, at first and at the longest, in ms. */
const [firstApartMs, longestApartMs] = [1_000, 60_000];

/** How long a statement takes PostgreSQL, by itself and with others, in ms; and by that, how many go together. */
export class Pace {
  readonly #now: () => number;
  #alone: number | undefined;
  #together: number | undefined;
  #apartUntil = 0;
  #apartMs = firstApartMs;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Notes that as many as `count` took `ms`. */
  note(ms: number, count: number): void {
    const each = ms / count;
    const usual = (before: number | undefined) => (before === undefined ? each : before + latest * (each - before));
    if (count === 1) this.#alone = usual(this.#alone);
    // What is slower with others goes by itself, which says what it takes then.
    else if (this.#alone !== undefined && each > 2 * this.#alone + 0.2) this.noteFailure();
    else {
      this.#together = usual(this.#together);
      this.#apartMs = firstApartMs;
    }
  }

  /** Notes that several did not go well together: for a while each goes by itself, and for longer when that comes again. */
  noteFailure(): void {
    this.#apartUntil = this.#now() + this.#apartMs;
    this.#apartMs = Math.min(longestApartMs, 2 * this.#apartMs);
  }

  /** How many may go together: none with others, while that is not known to be quick, or did not go well. */
  get most(): number {
    if (this.#alone === undefined || this.#now() < this.#apartUntil) return 1;
    const each = Math.max(this.#alone, this.#together ?? 0);
    return Math.min(mostTogether, Math.max(1, Math.floor(longestMs / each)));
  }

  /** How many may be under way at a time, each with others or by itself; any number of what is not quick. */
  get width(): number {
    if (this.most === 1) return Infinity;
    const each = Math.min(this.#alone ?? Infinity, this.#together ?? Infinity);
    return each <= veryQuickMs ? 1 : each <= quickMs ? 2 : Infinity;
  }
}
