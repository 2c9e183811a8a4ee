import type { Db } from "../db/client.ts";
import { databaseFault } from "../db/fault-code.ts";
import { addSpent, forgetSpent } from "../db/sql/allowance.ts";
import type { TokenBuckets } from "./token-bucket.ts";

/** How often servers tell each other what was taken, in ms. */
const usualMs = 1_000;
/** How often those are forgotten who have taken nothing for long, in turns of telling. */
const sweepEvery = 600;
/** Of how many takers a server remembers what it has not told yet; of more it tells nothing. */
const mostUntold = 10_000;

/** What buckets are shared by. */
export interface SharedOptions {
  readonly db: Db;
  /** What the buckets are for: those of one name are the same on every server. */
  readonly name: string;
  readonly buckets: TokenBuckets;
  /** Told of what fails in the background, but for what passes with the database. */
  readonly fail: (fault: unknown) => void;
  readonly everyMs?: number;
  /** Milliseconds of the clock by which the buckets fill. */
  readonly now?: () => number;
}

/**
 * Lets the servers on one database empty their buckets together: what is taken on one is gone on the others about a second
 * later. While the database cannot be asked, each counts for itself.
 */
export class SharedBuckets {
  readonly #options: Required<SharedOptions>;
  #untold = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #telling: Promise<void> = Promise.resolve();
  #turn = 0;

  constructor({ everyMs = usualMs, now = () => performance.now(), ...options }: SharedOptions) {
    this.#options = { everyMs, now, ...options };
  }

  /** Notes that tokens were taken from a bucket here. */
  note(who: string, tokens: number): void {
    if (!this.#untold.has(who) && this.#untold.size >= mostUntold) return;
    this.#untold.set(who, (this.#untold.get(who) ?? 0) + tokens);
    this.#timer ??= setTimeout(() => void this.tell(), this.#options.everyMs).unref();
  }

  /** Tells the others what was taken here, and hears what they took; resolves when that is done or has failed. */
  tell(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#telling = this.#telling.then(() => this.#exchange());
    return this.#telling;
  }

  async #exchange(): Promise<void> {
    const told = this.#untold;
    if (told.size === 0) return;
    this.#untold = new Map();
    if (!(await this.#passes(() => this.#tell(told)))) for (const [who, tokens] of told) this.note(who, tokens);
    if (this.#turn++ % sweepEvery === 0) await this.#passes(() => forgetSpent(this.#options.db.pool));
  }

  async #tell(told: ReadonlyMap<string, number>): Promise<void> {
    const { db, name, buckets, now } = this.#options;
    const spent = [...told].map(([who, tokens]) => ({ who: `${name} ${who}`, spent: tokens }));
    for (const each of await addSpent(db.pool, spent, buckets.perMinute / 60)) {
      const who = each.who.slice(name.length + 1);
      buckets.empty(who, each.spent + (this.#untold.get(who) ?? 0), now());
    }
  }

  /** Whether the database did it; tells of what fails otherwise than that it could not be asked. */
  async #passes(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!databaseFault(error)) this.#options.fail(error);
      return false;
    }
  }
}
