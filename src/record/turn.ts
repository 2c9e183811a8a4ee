import type { Db } from "../db/client.ts";
import { Refusal } from "../errors.ts";

/** How many writers may wait for their turn in one process, and how long, in ms. */
const bounds = { waiting: 100, patienceMs: 20_000 };

/**
 * The writers of one process, one after another: those who wait hold no connection to the database, which readers need.
 * Between processes the lock of the record decides.
 */
class Turns {
  readonly #waiting: (() => void)[] = [];
  #busy = false;

  async take<T>(work: () => Promise<T>): Promise<T> {
    await this.#come();
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#busy = false;
    }
  }

  #come(): Promise<void> {
    if (!this.#busy) {
      this.#busy = true;
      return Promise.resolve();
    }
    if (this.#waiting.length >= bounds.waiting) return Promise.reject(turnMissed());
    return new Promise((resolve, reject) => {
      const begin = () => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(begin), 1);
        reject(turnMissed());
      }, bounds.patienceMs);
      this.#waiting.push(begin);
    });
  }
}

const turnsOf = new WeakMap<object, Turns>();

/**
 * Does `work` when every writer before it in this process has ended.
 * @throws Refusal OVERLOADED when that takes longer than 20 s, or a hundred wait already
 */
export function inOrder<T>({ prisma }: Db, work: () => Promise<T>): Promise<T> {
  const turns = turnsOf.get(prisma) ?? new Turns();
  turnsOf.set(prisma, turns);
  return turns.take(work);
}

/** That the turn to write did not come in time; nothing was entered. */
export function turnMissed(cause?: unknown): Refusal {
  const message = "Other changes are being entered, and take long; nothing was entered, try again shortly.";
  return new Refusal("OVERLOADED", message, {}, cause);
}
