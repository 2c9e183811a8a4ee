import { Overloaded, type EndSignal } from "../db/bounded-pool.ts";
import { areShort } from "./batch.ts";
import type { Selected, Statement } from "./statement.ts";

interface Told {
  readonly resolve: (row: Selected) => void;
  readonly reject: (error: unknown) => void;
  /** Says that nobody waits for the answer any more. */
  readonly signal?: EndSignal | undefined;
}

/** A statement with its values, from when it is asked for until its answer is told. */
export class Job {
  readonly statement: Statement;
  readonly values: readonly unknown[];
  /** Whether it may go with others. */
  batchable: boolean;
  isDone = false;
  readonly #told: Told;
  readonly #end = () => this.fail(this.#told.signal?.reason);
  #patience: NodeJS.Timeout | undefined;
  #whenDone: () => void = () => undefined;

  constructor(statement: Statement, values: readonly unknown[], told: Told) {
    this.statement = statement;
    this.values = values;
    this.batchable = statement.name !== undefined && values.length > 0 && areShort(values);
    this.#told = told;
    if (told.signal?.aborted) this.#end();
    else told.signal?.addEventListener("abort", this.#end, { once: true });
  }

  byItself(): this {
    this.batchable = false;
    return this;
  }

  /** Waits for a connection, but no longer than `ms`; `whenDone` is called when it is given up or ended meanwhile. */
  wait(ms: number | undefined, whenDone: () => void): void {
    this.#patience = setTimeout(() => this.fail(new Overloaded()), ms);
    this.#whenDone = whenDone;
  }

  /** Has a connection; `whenDone` is called when it is answered, failed, or ended. */
  go(whenDone: () => void): void {
    clearTimeout(this.#patience);
    this.#whenDone = whenDone;
  }

  /** Tells its answer; false where it was told something before. */
  answer(row: Selected | undefined): boolean {
    if (!row || !this.#settle()) return false;
    this.#told.resolve(row);
    return true;
  }

  fail(error: unknown): void {
    if (this.#settle()) this.#told.reject(error);
  }

  #settle(): boolean {
    if (this.isDone) return false;
    this.isDone = true;
    clearTimeout(this.#patience);
    this.#told.signal?.removeEventListener("abort", this.#end);
    this.#whenDone();
    return true;
  }
}
