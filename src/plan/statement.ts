import { LRUCache } from "lru-cache";
import type pg from "pg";
import type { Piece, Run, Sql } from "./run.ts";

/** A statement that is prepared under its name, or sent as it is where it has none. */
export interface Statement {
  readonly text: string;
  readonly name: string | undefined;
}

/** The texts that are kept, in characters, and the longest. */
const [kept, longestKept] = [16_000_000, 200_000];
/** As many statements as one session keeps prepared. */
const mostPrepared = 100;

/** Statements written out, and those that each session has prepared; both bounded, the oldest dropped. */
export class Statements {
  readonly #texts = new LRUCache<string, Statement>({
    maxSize: kept,
    maxEntrySize: longestKept,
    sizeCalculation: ({ text }, key) => text.length + key.length,
  });
  readonly #sessions = new WeakMap<pg.PoolClient, LRUCache<string, true>>();
  #names = 0;

  /** Sends a statement, and gives the one row that it selects, each value as text. */
  async send(pool: pg.Pool, { text, name }: Statement, run: Run): Promise<readonly (string | null)[]> {
    const session = await pool.connect();
    try {
      if (name !== undefined) await this.#makeRoom(session, name);
      const named = name === undefined ? {} : { name };
      const query = { ...named, text, values: run.parameters.values, rowMode: "array", types } as const;
      const { rows } = await session.query<(string | null)[]>(query as never);
      return rows[0] ?? [];
    } finally {
      session.release();
    }
  }

  /**
   * Writes the statement of a plan for a request. `key` tells the statements of one plan from those of others; without
   * one nothing is kept. What is best found in one way or another as the values are has no name: PostgreSQL would settle
   * on one way for all.
   */
  write(pieces: Sql, run: Run, key: string | undefined): Statement {
    const varying = pieces.map((piece: Piece) => (typeof piece === "string" ? "" : piece(run)));
    const whole = () => pieces.map((piece, i) => (typeof piece === "string" ? piece : varying[i])).join("");
    if (key === undefined) return { text: whole(), name: undefined };
    const place = `${key}\0${varying.join("\0")}`;
    let text = this.#texts.get(place);
    if (!text) {
      this.#names += 1;
      text = { text: whole(), name: `plan_${this.#names}` };
      this.#texts.set(place, text);
    }
    return run.parameters.weighed ? { text: text.text, name: undefined } : text;
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

/** node-postgres remembers what it has prepared by name, for ever. */
function forget(session: pg.PoolClient, name: string): void {
  const { connection } = session as unknown as { connection?: { parsedStatements?: Record<string, string> } };
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the names are ours
  if (connection?.parsedStatements) delete connection.parsedStatements[name];
}

/** What is selected is text, to be taken as it is. */
const types = { getTypeParser: () => (value: string) => value };
