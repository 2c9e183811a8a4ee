import { LRUCache } from "lru-cache";
import type { Db } from "../db/client.ts";
import { noteKeyUse } from "../db/sql/key.ts";
import type { Key } from "./key.ts";

const minuteMs = 60_000;
/** How long uses are collected before they are written together, in ms. */
const batchMs = 5_000;
const keptKeys = 10_000;

/** When keys were last used, written in batches and at most once a minute for each. */
export class KeyUse {
  readonly #db: Db;
  readonly #fail: (fault: unknown) => void;
  readonly #noted = new LRUCache<string, number>({ max: keptKeys });
  #waiting = new Map<string, Date>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** @param fail told why uses could not be written; they are written with later ones then */
  constructor(db: Db, fail: (fault: unknown) => void) {
    this.#db = db;
    this.#fail = fail;
  }

  /** Notes that a key was used now. */
  note({ id, lastUsedAt }: Key, at = new Date()): void {
    const before = Math.max(this.#noted.get(id) ?? -Infinity, lastUsedAt?.getTime() ?? -Infinity);
    if (at.getTime() - before < minuteMs) return;
    this.#noted.set(id, at.getTime());
    this.#waiting.set(id, at);
    this.#timer ??= setTimeout(() => void this.write(), batchMs).unref();
  }

  /** Writes what is waiting, and resolves when it is written or has failed. */
  write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(async () => {
      const uses = this.#waiting;
      if (uses.size === 0) return;
      this.#waiting = new Map();
      try {
        await noteKeyUse(this.#db.pool, uses);
      } catch (fault) {
        this.#fail(fault);
        this.#waiting = new Map([...uses, ...this.#waiting]);
      }
    });
    return this.#writing;
  }
}
