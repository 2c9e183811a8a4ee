import type { Job } from "./job.ts";
import type { Statement } from "./statement.ts";

/** Those who ask one statement. */
export class Lane {
  readonly waiting = new Set<Job>();
  /** Looks from time to time after those who wait. */
  hold: NodeJS.Timeout | undefined;
  readonly statement: Statement;
  /** When those under way were sent, by `performance.now()`, but for those that take unlike long. */
  readonly #running = new Map<object, number>();

  constructor(statement: Statement) {
    this.statement = statement;
  }

  /** Notes that some are sent; to be told when they are back. */
  enter(at: number): () => void {
    const run = {};
    this.#running.set(run, at);
    return () => void this.#running.delete(run);
  }

  /** Lets those that were sent before a moment keep nobody waiting any more. */
  forgetLate(before: number): void {
    for (const [run, at] of this.#running) if (at <= before) this.#running.delete(run);
  }

  /** How many times a connection will be waited for by those who wait, and some more. */
  turns(more = 0): number {
    return Math.ceil((this.waiting.size + more) / this.statement.pace.most);
  }

  /** Those who are next, and may go together; none while others of their kind are to come back first. */
  next(): readonly Job[] {
    const [first] = this.waiting;
    if (!first) return [];
    if (!first.batchable) return [first];
    const { width, most } = this.statement.pace;
    if (this.#running.size >= width) return [];
    return [...this.waiting].filter(({ batchable }) => batchable).slice(0, most);
  }
}
