import { wellFormed } from "../../values/text.ts";

/** Stands in a `where` for the n-th key of the parent that a nested list hangs on. */
export class ParentKey {
  readonly index: number;
  constructor(index = 0) {
    this.index = index;
  }
}

/** Stands in a `where`, as a value or what one is compared with, for what an expression of the statement gives. */
export class Expressed {
  readonly sql: string;
  constructor(sql: string) {
    this.sql = sql;
  }
}

/** The number of a change set, as it is known, or as only the statement knows it. */
export type ChangeSetNumber = number | Expressed;

/** The values of a statement, each given out as its placeholder, the aliases of its tables, and as of when it looks. */
export class Parameters {
  readonly values: unknown[] = [];
  /** Whether the best way to find what is asked for depends on the values, as for letters that few names have, or many. */
  weighed = false;
  /** How many conditions on letters were written. */
  letters = 0;
  #asOf: ChangeSetNumber | null;
  #aliases = 0;
  #keys: readonly string[] | undefined;

  /** @param asOf the change set after which things are looked at as they stood; null for as they stand */
  constructor(asOf: ChangeSetNumber | null = null) {
    this.#asOf = asOf;
  }

  get asOf(): ChangeSetNumber | null {
    return this.#asOf;
  }

  /** What `compile` answers where things are looked at as they stood after another change set. */
  looking<T>(asOf: ChangeSetNumber | null, compile: () => T): T {
    const before = this.#asOf;
    this.#asOf = asOf;
    try {
      return compile();
    } finally {
      this.#asOf = before;
    }
  }

  /** Throws InvalidValue for a text that PostgreSQL cannot hold: a lone surrogate, or NUL. */
  add(value: unknown): string {
    if (value instanceof ParentKey || value instanceof Expressed)
      throw new Error("what the statement gives is no value");
    for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof each === "string") wellFormed(each, "text");
    }
    return `$${this.values.push(value)}`;
  }

  /** What stands for a parent's key: a column of the table `p` of parents, unless `below` says otherwise. */
  key(index: number): string {
    return this.#keys?.[index] ?? `p.k${index}`;
  }

  /** Compiles with these expressions in the place of the parent's keys. */
  below<T>(keys: readonly string[] | undefined, compile: () => T): T {
    const before = this.#keys;
    this.#keys = keys;
    try {
      return compile();
    } finally {
      this.#keys = before;
    }
  }

  /** A name for one more table of the statement. */
  alias(): string {
    this.#aliases += 1;
    return `r${this.#aliases}`;
  }
}
