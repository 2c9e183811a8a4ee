import type { PoolClient } from "pg";
import type { Db } from "../../src/db/client.ts";

/** A statement as it was sent: one with a name is prepared once, and may be planned for all values alike. */
export interface Sent {
  readonly name: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Runs `work`, and tells the statements that it sent on connections which it took from the pool, as plans do. */
export async function statementsSent({ pool }: Db, work: () => Promise<unknown>): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const connect = pool.connect.bind(pool) as (callback?: unknown) => Promise<PoolClient>;
  const watching = async (callback?: unknown) => {
    const client = await connect(callback);
    if (callback !== undefined) return client;
    const query = client.query.bind(client) as (statement: Sent) => unknown;
    return Object.assign(Object.create(client) as PoolClient, {
      query: (statement: Sent) => {
        sent.push({ name: statement.name, text: statement.text, values: statement.values });
        return query(statement);
      },
      release: () => client.release(),
    });
  };
  Object.assign(pool, { connect: watching });
  try {
    await work();
  } finally {
    Object.assign(pool, { connect });
  }
  return sent;
}
