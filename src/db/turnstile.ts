/** Lets so many in at once; the others wait before it, and come in by the order in which they came. */
export class Turnstile {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #within = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Answers true to whoever is let in, and has to `leave`; false when that was not within `patienceMs`, where given. */
  enter(patienceMs?: number): Promise<boolean> {
    if (this.#within < this.#most) {
      this.#within += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const comeIn = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(comeIn), 1);
        resolve(false);
      };
      const timer = patienceMs === undefined ? undefined : setTimeout(giveUp, patienceMs);
      this.#waiting.push(comeIn);
    });
  }

  /** Lets the next one in. */
  leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#within -= 1;
  }
}
