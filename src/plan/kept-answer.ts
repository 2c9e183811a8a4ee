import { LRUCache } from "lru-cache";

/** An answer as it was written, and the change set that it is as of. */
export interface Answer {
  readonly text: string;
  readonly head: number;
}

/** No single answer takes more than this part of the room. */
const largestPart = 16;

/**
 * Answers by what was asked, within a number of bytes; those not asked for longest are dropped. The record only grows,
 * in the order of its change sets, so an answer is right for as long as the newest change set is the one it is as of.
 */
export class KeptAnswers {
  readonly #answers: LRUCache<string, Answer>;
  hits = 0;
  misses = 0;

  constructor(bytes: number) {
    this.#answers = new LRUCache({
      maxSize: bytes,
      maxEntrySize: Math.ceil(bytes / largestPart),
      // JavaScript keeps a character in two bytes at the most.
      sizeCalculation: ({ text }, key) => 2 * (text.length + key.length) + 1,
    });
  }

  /** The answer to a question, if it is still right; `head` tells the newest change set, and is asked only where that matters. */
  async find(question: string, head: () => Promise<number>): Promise<Answer | undefined> {
    const kept = this.#answers.get(question);
    if (kept && kept.head === (await head())) {
      this.hits += 1;
      return kept;
    }
    this.misses += 1;
    return undefined;
  }

  /** Keeps an answer, unless a newer one to the same question is kept already. */
  keep(question: string, answer: Answer): void {
    const kept = this.#answers.peek(question);
    if (!kept || kept.head <= answer.head) this.#answers.set(question, answer);
  }
}
