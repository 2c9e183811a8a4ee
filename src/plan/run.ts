import type { Asker } from "../access/asker.ts";
import { Parameters } from "../db/sql/parameters.ts";
import type { KnownView } from "../record/view.ts";

/** Works out what takes the place of a part of the answer. */
export type Finisher = (run: Run, given: string) => string;

/** One request for what a plan answers: its variables, who asks, the moments that it looks at, and the values of its statement. */
export class Run {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly asker: Asker;
  readonly views: KnownView[] = [];
  readonly parameters = new Parameters();
  readonly #known: unknown[] = [];
  /** What finishes the parts of its answer that are marked, by their numbers. */
  readonly finishers: Finisher[] = [];
  /** How many tables its statement names beside those of its plan. */
  tables = 0;

  constructor(variables: Readonly<Record<string, unknown>>, asker: Asker) {
    this.variables = variables;
    this.asker = asker;
  }

  /** A value of the statement, with its type. */
  add(value: unknown, type: string): string {
    return `${this.parameters.add(value)}::${type}`;
  }

  /** What `find` finds, which is asked for once only under each `slot`. */
  once<T>(slot: number, find: () => T): T {
    if (!(slot in this.#known)) this.#known[slot] = find();
    return this.#known[slot] as T;
  }
}

/** A piece of a statement: a text that is always the same, or one that depends on the request. */
export type Piece = string | ((run: Run) => string);

/** An expression or a part of a statement. */
export type Sql = readonly Piece[];

/** Puts pieces together, dropping what is empty and joining what never changes. */
export function sql(...parts: readonly (Piece | Sql)[]): Sql {
  const pieces: Piece[] = [];
  for (const part of parts)
    for (const piece of typeof part === "object" ? part : [part]) {
      const last = pieces.at(-1);
      if (typeof piece === "string" && typeof last === "string") pieces[pieces.length - 1] = last + piece;
      else if (piece !== "") pieces.push(piece);
    }
  return pieces;
}

/** As many characters as pieces take, counting for each that depends on the request as many as it may hold on to. */
export function lengthOf(pieces: Sql): number {
  return pieces.reduce((sum, piece) => sum + (typeof piece === "string" ? piece.length : 200), 0);
}

/** Writes pieces out for one request. */
export function write(pieces: Sql, run: Run): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : piece(run))).join("");
}
