import { LRUCache } from "lru-cache";
import type pg from "pg";
import { batchValues, writeBatch } from "./batch.ts";
import { Pace } from "./pace.ts";
import type { Piece, Run, Sql } from "./run.ts";

/** A statement that is prepared under its name, or sent as it is where it has none. */
export interface Statement {
  readonly text: string;
  readonly name: string | undefined;
  readonly pace: Pace;
  /** The text that asks it several times at once, where that was done. */
  batch?: string;
}

/** The row that the statement of a plan selects: the answer, the newest change set, and how many ms PostgreSQL took. */
export type Selected = readonly [text: string | null, head: string, ms: string];

/** The texts that are kept, and the longest, by `sizeOf`. */
const [kept, longestKept] = [32_000_000, 400_000];
/** As many statements as one session keeps prepared. */
const mostPrepared = 100;

/** Statements written out, and those that each session has prepared; both bounded, the oldest dropped. */
export class Statements {
  readonly #texts = new LRUCache<string, Statement>({
    maxSize: kept,
    maxEntrySize: longestKept,
    sizeCalculation: ({ text }, key) => sizeOf(text, key),
  });
  readonly #sessions = new WeakMap<pg.PoolClient, LRUCache<string, true>>();
  #names = 0;

  /** Sends a statement with each of several lists of values, and gives the rows that it selects, in their order. */
  async send(
    session: pg.PoolClient,
    statement: Statement,
    lists: readonly (readonly unknown[])[],
  ): Promise<readonly Selected[]> {
    const { text, name } = statement;
    const [values = []] = lists;
    if (lists.length === 1) return this.#query(session, { text, name, values });
    if (statement.batch === undefined) {
      await this.#query(session, { text, name, values });
      statement.batch = writeBatch(text, await typesOf(session, name));
    }
    return this.#query(session, { text: statement.batch, name: `${name ?? ""}_batch`, values: batchValues(lists) });
  }

  async #query(session: pg.PoolClient, { name, ...query }: Sent): Promise<readonly Selected[]> {
    if (name !== undefined) await this.#makeRoom(session, name);
    const named = name === undefined ? {} : { name };
    const { rows } = await session.query<Selected>({ ...named, ...query, rowMode: "array", types } as never);
    return rows;
  }

  /**
   * Writes the statement of a plan for a request. `key` tells the statements of one plan from those of others; without
   * one nothing is kept. What is best found in one way or another as the values are has no name: PostgreSQL would settle
   * on one way for all.
   */
  write(pieces: Sql, run: Run, key: string | undefined): Statement {
    const varying = pieces.map((piece: Piece) => (typeof piece === "string" ? "" : piece(run)));
    const whole = () => pieces.map((piece, i) => (typeof piece === "string" ? piece : varying[i])).join("");
    const unnamed = (text: string) => ({ text, name: undefined, pace: new Pace() });
    if (key === undefined) return unnamed(whole());
    const place = `${key}\0${varying.join("\0")}`;
    let known = this.#texts.get(place);
    if (!known) {
      const text = whole();
      // What is not kept would have another name each time, and sessions keep so many.
      if (sizeOf(text, place) > longestKept) return unnamed(text);
      this.#names += 1;
      known = { text, name: `plan_${this.#names}`, pace: new Pace() };
      this.#texts.set(place, known);
    }
    return run.parameters.weighed ? unnamed(known.text) : known;
  }

  /** Lets a session forget the statement that it has not been asked for longest, where it keeps too many. */
  async #makeRoom(session: pg.PoolClient, name: string): Promise<void> {
    let prepared = this.#sessions.get(session);
    if (!prepared) this.#sessions.set(session, (prepared = new LRUCache({ max: mostPrepared })));
    if (prepared.get(name)) return;
    const oldest = prepared.size < mostPrepared ? undefined : [...prepared.rkeys()][0];
    if (oldest !== undefined) {
      prepared.delete(oldest);
      forget(session, oldest);
      // One that was refused was never prepared.
      await session.query(`deallocate "${oldest}"`).catch(() => undefined);
    }
    prepared.set(name, true);
  }
}

/** As many characters as are kept of a statement: its batch is about as long again. */
function sizeOf(text: string, key: string): number {
  return 2 * text.length + key.length;
}

interface Sent {
  readonly text: string;
  readonly name: string | undefined;
  readonly values: readonly unknown[];
}

/** The types of the parameters of a statement that a session has prepared. */
async function typesOf(session: pg.PoolClient, name: string | undefined): Promise<readonly string[]> {
  const { rows } = await session.query<{ types: string[] }>(
    `select parameter_types::regtype[]::text[] as "types" from pg_prepared_statements where name = $1`,
    [name],
  );
  if (!rows[0]) throw new Error(`${name ?? "a statement"} is not prepared`);
  return rows[0].types;
}

/** node-postgres remembers what it has prepared by name, for ever. */
function forget(session: pg.PoolClient, name: string): void {
  const { connection } = session as unknown as { connection?: { parsedStatements?: Record<string, string> } };
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the names are ours
  if (connection?.parsedStatements) delete connection.parsedStatements[name];
}

/** What is selected is text, to be taken as it is. */
const types = { getTypeParser: () => (value: string) => value };
