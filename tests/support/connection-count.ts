import type { TestRecord } from "./record.ts";

/** Counts the connections that a record takes from here on: without a plan, one for each statement. */
export function countConnections({ db }: TestRecord): () => number {
  let count = 0;
  const connect = db.pool.connect.bind(db.pool);
  const pool = Object.assign(Object.create(db.pool) as typeof db.pool, { connect: () => ((count += 1), connect()) });
  Object.assign(db, { pool });
  return () => count;
}
