import type { Db } from "../db/client.ts";
import { selectLog, type ChangeFilter, type LoggedChange } from "../db/sql/change.ts";
import { Refusal } from "../errors.ts";
import { changeCursor, type LogPlace } from "./cursor.ts";

/** One event of a stream: a change, or word that the stream has come this far in the log. */
export interface FeedEvent {
  readonly cursor: string;
  readonly change: LoggedChange | null;
}

/** The most changes that wait for a reader. */
export const longestQueue = 100;

/** How many changes are read from the log at once: two such pages may wait for a reader. */
export const pageSize = longestQueue / 2;

/** How long a stream may go without an event while others' changes pass, in ms, until it tells how far it has come. */
const silenceMs = 30_000;

/** What a stream is opened with. */
export interface StreamOptions {
  readonly db: Db;
  readonly filter: ChangeFilter;
  /** Where it begins: after this place. */
  readonly from: LogPlace;
  /** Called once, when it has ended. */
  readonly leave: (stream: Stream) => void;
}

/**
 * The changes after a place, for one reader, in order and each once: first out of the log, a page at a time and as fast
 * as they are taken, then those that it is offered. When all of the log was told, and now and then while changes pass
 * that are not for it, an event without a change tells the place.
 */
export class Stream implements AsyncIterableIterator<FeedEvent> {
  readonly filter: ChangeFilter;
  readonly #options: StreamOptions;
  readonly #queue: FeedEvent[] = [];
  /** The last place of the log that was looked at for this stream. */
  #seen: LogPlace;
  /** The cursor of the last event that the reader took. */
  #taken: string;
  /** Whether the whole log was told, so that what is offered comes next. */
  #live = false;
  /** The last place that was offered before. */
  #missed: LogPlace | undefined;
  #over = false;
  #cut: Refusal | undefined;
  #toldAt = Date.now();
  #wake: () => void = () => undefined;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.filter = options.filter;
    this.#seen = options.from;
    this.#taken = changeCursor(options.from);
  }

  /** How many events wait for the reader. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Offers what follows in the log: changes that are for this stream, and the place up to which all were looked at. */
  offer(changes: readonly LoggedChange[], upTo: LogPlace): void {
    if (!this.#live) this.#missed = upTo;
    if (!this.#live || this.#over || this.#cut || upTo.place <= this.#seen.place) return;
    const fresh = changes.filter(({ place }) => place > this.#seen.place);
    if (this.#queue.length + fresh.length > longestQueue) {
      this.end("RESUME_FROM", "Changes came faster than they were read; go on from `cursor`.");
      return;
    }
    for (const change of fresh) this.#push(change, change);
    this.#seen = upTo;
    const silent = fresh.length === 0 && this.#queue.length === 0 && Date.now() - this.#toldAt > silenceMs;
    if (silent) this.#push(upTo, null);
  }

  /** Ends it for its reader with a refusal that carries the cursor to go on from. What waits is dropped: the log has it. */
  end(code: "RESUME_FROM" | "UNAUTHENTICATED", message: string): void {
    this.#cut ??= new Refusal(code, message, { cursor: this.#taken, retryable: code === "RESUME_FROM" });
    this.#queue.length = 0;
    this.#wake();
  }

  async next(): Promise<IteratorResult<FeedEvent, undefined>> {
    for (;;) {
      if (this.#over) return { done: true, value: undefined };
      if (this.#cut) {
        this.#leave();
        throw this.#cut;
      }
      const event = this.#queue.shift();
      if (event) {
        this.#taken = event.cursor;
        return { done: false, value: event };
      }
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await (this.#live ? woken : this.#replay());
    }
  }

  return(): Promise<IteratorResult<FeedEvent, undefined>> {
    this.#leave();
    this.#wake();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /**
   * Reads a page of the log. One that is not full is the last, unless changes were offered while it was read; whatever
   * was offered before is in it. So none falls between.
   */
  async #replay(): Promise<void> {
    const { db, filter } = this.#options;
    const missed = this.#missed;
    try {
      const page = await selectLog(db.pool, filter, { after: this.#seen.place, limit: pageSize });
      for (const change of page) this.#push(change, change);
      this.#seen = page.at(-1) ?? this.#seen;
      if (page.length === pageSize || this.#missed !== missed) return;
    } catch (error) {
      this.#leave();
      throw error;
    }
    if (missed && missed.place > this.#seen.place) this.#seen = missed;
    this.#live = true;
    this.#push(this.#seen, null);
  }

  #push(at: LogPlace, change: LoggedChange | null): void {
    this.#queue.push({ cursor: changeCursor(at), change });
    this.#toldAt = Date.now();
    this.#wake();
  }

  #leave(): void {
    if (this.#over) return;
    this.#over = true;
    this.#queue.length = 0;
    this.#options.leave(this);
  }
}
