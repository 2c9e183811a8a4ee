import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { withSession } from "../../src/db/connect.ts";
import { withDatabase } from "../../src/db/connection-string.ts";

/** A database of a test file's own. */
export interface TestDatabase {
  readonly url: string;
  /** Ends every session with it and removes it. */
  drop(): Promise<void>;
}

/** Makes a migrated database that holds nothing yet: one for a test file, dropped in its `afterAll`. */
export async function cloneDatabase(): Promise<TestDatabase> {
  return cloneOf(`${inject("server").prefix}_migrated`);
}

async function cloneOf(template: string): Promise<TestDatabase> {
  const { url, prefix } = inject("server");
  const name = `${prefix}_${randomBytes(6).toString("hex")}`;
  await withSession(url, (session) => session.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const clone = withDatabase(url, name);
  return {
    url: clone,
    drop: () =>
      withSession(url, async (session) => {
        await session.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}
