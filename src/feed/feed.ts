import type { Asker } from "../access/asker.ts";
import type { Db } from "../db/client.ts";
import { databaseFault } from "../db/fault-code.ts";
import { selectConcerns, selectLastChange, selectLog, type ChangeFilter, type LoggedChange } from "../db/sql/change.ts";
import { Refusal } from "../errors.ts";
import { beginning, type LogPlace } from "./cursor.ts";
import { pageSize, Stream } from "./stream.ts";

/** Bounds on streams, and how often the log is looked at when nobody wakes the feed. */
export interface FeedOptions {
  /** The most streams of one key, or without one of one network. */
  readonly perKey?: number;
  /** The most streams in all; those without a key may take up half of it. */
  readonly inAll?: number;
  readonly lookMs?: number;
  /** Told of what fails in the background, but for what passes with the database; a warning of the process unless given. */
  readonly fail?: (fault: unknown) => void;
}

/** Who listens: an asker, and the network that they ask from. */
export interface Listener {
  readonly asker: Asker;
  readonly network: string;
}

/** Whose a stream is: that of a key, or without one that of a network. */
interface Whose {
  readonly keyId: string | null;
  readonly network: string;
}

/** How long the feed waits for a reader that has a page waiting already, in ms; once, until it has caught up. */
const patienceMs = 2_000;

/** Tells streams of every change of the record, as it is committed by any process: one reader of the log for all of them. */
export class Feed {
  readonly #db: Db;
  readonly #bounds: Required<FeedOptions>;
  readonly #streams = new Map<Stream, Whose>();
  /** Up to where the log was handed on; undefined while there is no stream. */
  #place: LogPlace | undefined;
  /** Readers that were waited for in vain. */
  #slow: ReadonlySet<Stream> = new Set();
  #looking = false;
  #again = false;
  #stop: (() => void) | undefined;
  #closed = false;

  constructor(db: Db, { perKey = 20, inAll = 500, lookMs = 5_000, fail = warn }: FeedOptions = {}) {
    this.#db = db;
    this.#bounds = { perKey, inAll, lookMs, fail };
  }

  /**
   * Opens a stream of the changes after a place; after now, where none is given.
   * @throws Refusal RATE_LIMITED with status 429 when there are too many, OVERLOADED when the feed is closed
   */
  async open({ asker, network }: Listener, filter: ChangeFilter, after: LogPlace | null): Promise<Stream> {
    const last = (await selectLastChange(this.#db.pool)) ?? beginning;
    const whose = { keyId: asker.keyId, network };
    this.#admit(whose);
    // Before the stream reads for itself: what it does not find then is handed on.
    this.#place ??= last;
    const stream = new Stream({
      db: this.#db,
      filter,
      from: after ?? last,
      leave: () => {
        forget();
        this.#streams.delete(stream);
        if (this.#streams.size === 0) this.#rest();
      },
    });
    const forget = asker.onEnd(() => stream.end("UNAUTHENTICATED", "The key was revoked, or has expired."));
    this.#streams.set(stream, whose);
    if (!this.#stop) this.#begin();
    return stream;
  }

  /** How many streams are open. */
  get size(): number {
    return this.#streams.size;
  }

  /** Ends every stream with the cursor to resume from, and opens no more. */
  close(): void {
    this.#closed = true;
    for (const stream of this.#streams.keys()) stream.end("RESUME_FROM", "The server stops; go on from `cursor`.");
  }

  #admit({ keyId, network }: Whose): void {
    if (this.#closed) throw new Refusal("OVERLOADED", "The server stops.", { retryable: true, http: { status: 503 } });
    const { perKey, inAll } = this.#bounds;
    const others = [...this.#streams.values()];
    if (others.length >= inAll) throw tooMany(`There are ${inAll} streams open, which is the most; try again later.`);
    const own = others.filter((other) => other.keyId === keyId && (keyId !== null || other.network === network)).length;
    if (own >= perKey) {
      const who = keyId === null ? "Your network, without a key, has" : "This key has";
      throw tooMany(`${who} ${own} streams open, which is the most; end one first.`);
    }
    const keyless = others.filter((other) => other.keyId === null).length;
    if (keyId === null && keyless >= Math.floor(inAll / 2)) {
      throw tooMany(`Those without a key have ${keyless} streams open, which is the most; try again later.`);
    }
  }

  #begin(): void {
    const leave = this.#db.wake.on("change_set", () => this.#look());
    const timer = setInterval(() => this.#look(), this.#bounds.lookMs).unref();
    this.#stop = () => {
      leave();
      clearInterval(timer);
    };
    this.#look();
  }

  #rest(): void {
    this.#stop?.();
    this.#stop = undefined;
    this.#place = undefined;
  }

  /** Looks at the log; whoever wakes the feed meanwhile has it look once more. */
  #look(): void {
    this.#again = true;
    if (this.#looking) return;
    this.#looking = true;
    void this.#handOn();
  }

  async #handOn(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        for (let more = true; more;) {
          more = await this.#handOnPage();
          await this.#letRead();
        }
      }
    } catch (error) {
      // A database out of reach is reported by requests. The log is looked at again shortly, and nothing is lost.
      if (!databaseFault(error) && !this.#closed) this.#bounds.fail(error);
    } finally {
      this.#looking = false;
    }
  }

  /** Hands on a page of the log, and answers whether there is more. */
  async #handOnPage(): Promise<boolean> {
    const from = this.#place;
    if (!from) return false;
    const changes = await selectLog(this.#db.pool, {}, { after: from.place, limit: pageSize });
    const concerned = await selectConcerns(
      this.#db.pool,
      changes.map(({ place }) => place),
    );
    const last = changes.at(-1) ?? from;
    if (this.#streams.size === 0) return false;
    this.#place = last;
    for (const stream of [...this.#streams.keys()]) {
      stream.offer(
        changes.filter((change) => matches(stream.filter, change, concerned.get(change.place))),
        last,
      );
    }
    return changes.length === pageSize;
  }

  /** Lets readers that have a page waiting take it: for a while, and not again those that did not. */
  async #letRead(): Promise<void> {
    const behind = () => [...this.#streams.keys()].filter(({ waiting }) => waiting > pageSize / 2);
    const hopeful = () => behind().some((stream) => !this.#slow.has(stream));
    for (const until = Date.now() + patienceMs; hopeful() && Date.now() < until;) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.#slow = new Set(behind());
  }
}

function warn(fault: unknown): void {
  process.emitWarning(fault instanceof Error ? fault : String(fault));
}

/** Whether a filter holds for a change that concerns these things: what the statement of `selectLog` says. */
export function matches(filter: ChangeFilter, change: LoggedChange, things: ReadonlySet<string> = new Set()): boolean {
  const { changes, kinds, crises, concerns = [] } = filter;
  return (
    (!changes || changes.includes(change.change)) &&
    (!kinds || kinds.includes(change.kind)) &&
    (!crises || (change.crisisId !== null && crises.includes(change.crisisId))) &&
    concerns.every((ids) => ids.some((id) => things.has(id)))
  );
}

function tooMany(message: string): Refusal {
  const http = { status: 429, headers: { "retry-after": "30" } };
  return new Refusal("RATE_LIMITED", message, { retryable: true, retryAfterMs: 30_000, http });
}
