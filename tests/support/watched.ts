import type { PoolClient } from "pg";
import type { Db } from "../../src/db/client.ts";

/** A statement as it was sent: one with a name is prepared once, and may be planned for all values alike. */
export interface Sent {
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
}

type Query = (...args: unknown[]) => unknown;

/** Tells every statement that is sent to a database from here on, in their order: the list grows as they are sent. */
export function watchStatements({ pool }: Db): readonly Sent[] {
  const sent: Sent[] = [];
  const watched = (query: Query): Query => {
    return (...args) => (sent.push(read(args[0], args[1])), query(...args));
  };
  const connect = pool.connect.bind(pool) as (callback?: unknown) => Promise<PoolClient>;
  const connectWatched = async (callback?: unknown) => {
    const client = await connect(callback);
    // By a callback the pool itself connects, for what it was sent.
    if (callback !== undefined) return client;
    const query = watched(client.query.bind(client));
    return Object.assign(Object.create(client) as PoolClient, {
      query,
      release: (reason?: Error | boolean) => client.release(reason),
    });
  };
  Object.assign(pool, { connect: connectWatched, query: watched(pool.query.bind(pool) as Query) });
  return sent;
}

function read(statement: unknown, values: unknown): Sent {
  const {
    name,
    text = "",
    ...said
  } = typeof statement === "string" ? { text: statement } : (statement as Partial<Sent>);
  return { name, text, values: said.values ?? (values as Sent["values"] | undefined) ?? [] };
}
