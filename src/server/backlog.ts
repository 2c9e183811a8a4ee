import type { ServerResponse } from "node:http";

/** How often it is looked at, in ms. In between, answers are made at the pace of the database. */
const EVERY_MS = 100;
/** As much as may wait to be taken by its readers, in bytes; what waits is held twice, as a text and as its bytes. */
const MOST_BYTES = 20_000_000;
/** As much as each may leave waiting without being cut: together no more than all may, at 2,000 connections. */
const LITTLE_BYTES = 10_000;

/**
 * Bounds what answers hold in memory because nobody takes them: where they hold more than 20 MB, those that were asked for
 * first are cut until they do not. A stream that is behind by a few events is not.
 */
export class Backlog {
  readonly #answers: ReadonlySet<ServerResponse>;
  readonly #timer: NodeJS.Timeout;

  /** @param answers those that are under way, in the order in which they were asked for */
  constructor(answers: ReadonlySet<ServerResponse>) {
    this.#answers = answers;
    this.#timer = setInterval(() => this.#cut(), EVERY_MS).unref();
  }

  /** Looks no more. */
  close(): void {
    clearInterval(this.#timer);
  }

  #cut(): void {
    let held = 0;
    for (const { writableLength } of this.#answers) held += writableLength;
    for (const answer of this.#answers) {
      if (held <= MOST_BYTES) return;
      if (answer.writableLength < LITTLE_BYTES) continue;
      held -= answer.writableLength;
      answer.destroy();
    }
  }
}
