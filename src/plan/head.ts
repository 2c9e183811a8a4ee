import type pg from "pg";

/** Tells how far the record is: the number of its newest change set. */
export class Head {
  readonly #pool: pg.Pool;
  #asked: Promise<number> | undefined;
  #next: Promise<number> | undefined;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  /**
   * The number of the newest change set committed by now, 0 before the first. Those who ask while an answer is under way
   * share the one after it: that one was asked for too early to tell them.
   */
  async read(): Promise<number> {
    if (!this.#asked) return this.#ask();
    this.#next ??= this.#asked
      .catch(() => undefined) // told to those who asked for it
      .then(() => {
        this.#next = undefined;
        return this.#asked ?? this.#ask();
      });
    return this.#next;
  }

  #ask(): Promise<number> {
    this.#asked = this.#select().finally(() => (this.#asked = undefined));
    return this.#asked;
  }

  async #select(): Promise<number> {
    const text = `select coalesce(max("number"), 0) as "head" from "change_set"`;
    const { rows } = await this.#pool.query<{ head: number }>({ name: "head", text });
    return rows[0]?.head ?? 0;
  }
}
