import { LRUCache } from "lru-cache";
import type { Db } from "../db/client.ts";
import { databaseFault } from "../db/fault-code.ts";
import { digestOf, isValid, type Key } from "./key.ts";
import { findKey, readKeys } from "./register.ts";

/** How long a key that was found is believed, in ms. With the time to look it up, less than the 5 s that are promised. */
const believedMs = 4_000;
/** How often the keys of answers that go on are looked up, in ms. */
const watchMs = 2_000;
const keptKeys = 1_000;

/**
 * The keys that this process has lately seen. A key that is revoked is forgotten as soon as PostgreSQL notifies it, and
 * after 4 s in any case.
 */
export class KeyRing {
  readonly #db: Db;
  readonly #found = new LRUCache<string, Promise<Key | null>>({ max: keptKeys, ttl: believedMs });
  readonly #watched = new Map<string, Set<() => void>>();
  readonly #leave: () => void;
  readonly #fail: (fault: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;

  /** @param fail told of what fails in the background, but for what passes with the database */
  constructor(db: Db, fail: (fault: unknown) => void) {
    this.#db = db;
    this.#fail = fail;
    this.#leave = db.wake.on("api_key", () => {
      // What is being looked up may have been read before the notice, so it is not kept either.
      this.#found.clear();
      void this.#look();
    });
  }

  /** The key that a secret opens, if it is valid now; null where it is unknown, expired or revoked. */
  async find(secret: string): Promise<Key | null> {
    const digest = digestOf(secret);
    const known = this.#found.get(digest);
    const finding = known ?? findKey(this.#db, digest);
    if (!known) {
      this.#found.set(digest, finding);
      // Only what is valid is kept: a failure is to be tried again, of wrong secrets there is no end, and a key that was
      // revoked must take as long to be refused as one that never was.
      const forget = () => {
        if (this.#found.peek(digest) === finding) this.#found.delete(digest);
      };
      finding.then((key) => (key && isValid(key)) || forget(), forget);
    }
    const key = await finding;
    return key && isValid(key) ? key : null;
  }

  /**
   * Calls `tell` once when a key is no longer valid.
   * @returns what ends the watch
   */
  watch({ id }: Key, tell: () => void): () => void {
    const watchers = this.#watched.get(id) ?? new Set();
    this.#watched.set(id, watchers.add(tell));
    this.#timer ??= setInterval(() => void this.#look(), watchMs).unref();
    return () => {
      watchers.delete(tell);
      if (watchers.size === 0 && this.#watched.get(id) === watchers) this.#watched.delete(id);
      this.#rest();
    };
  }

  /** Hears and watches no more. */
  async close(): Promise<void> {
    this.#leave();
    this.#watched.clear();
    this.#rest();
    await this.#looking;
  }

  #rest(): void {
    if (this.#watched.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Looks one after another, so that a look begun after a notice is never spared. */
  #look(): Promise<void> {
    this.#looking = (this.#looking ?? Promise.resolve()).then(() => this.#tellEnded()).catch(this.#fail);
    return this.#looking;
  }

  async #tellEnded(): Promise<void> {
    const ids = [...this.#watched.keys()];
    if (ids.length === 0) return;
    let valid: Set<string>;
    try {
      valid = new Set((await readKeys(this.#db, ids)).filter((key) => isValid(key)).map(({ id }) => id));
    } catch (error) {
      // While the database cannot be asked, no answer goes on either; it is asked again at the next look.
      if (databaseFault(error)) return;
      throw error;
    }
    for (const id of ids) {
      if (valid.has(id)) continue;
      const watchers = this.#watched.get(id) ?? [];
      this.#watched.delete(id);
      for (const tell of watchers) tell();
    }
    this.#rest();
  }
}
