import pg from "pg";
import { Refusal } from "../errors.ts";
import { inUtc, withoutPassword } from "./connection-string.ts";

const TIMEOUT_MS = 10_000;

/**
 * Opens one session in UTC for `work` and closes it afterwards.
 * @throws Refusal DB_UNAVAILABLE when no session can be opened.
 */
export async function withSession<T>(url: string, work: (session: pg.Client) => Promise<T>): Promise<T> {
  const session = new pg.Client({ connectionString: inUtc(url), connectionTimeoutMillis: TIMEOUT_MS });
  // A session that breaks while a query waits is told to that query too.
  session.on("error", () => undefined);
  try {
    await session.connect();
  } catch (cause) {
    throw new Refusal(
      "DB_UNAVAILABLE",
      `No session with ${withoutPassword(url)}: ${wordsOf(cause)}. Check that PostgreSQL runs there and that DATABASE_URL names its user, password and database.`,
      {},
      cause,
    );
  }
  try {
    return await work(session);
  } finally {
    await session.end().catch(() => undefined); // already broken: `work` has said so
  }
}

/** A connection tried at several addresses fails with one error for each and no message of its own. */
function wordsOf(error: unknown): string {
  const errors = error instanceof AggregateError ? (error.errors as unknown[]) : [error];
  return errors.map((each) => (each instanceof Error ? each.message : String(each))).join("; ");
}
