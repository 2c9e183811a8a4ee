import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { seedIfEmpty } from "../../src/command/seed.ts";
import { openDb } from "../../src/db/client.ts";
import { withSession } from "../../src/db/connect.ts";
import { withDatabase, withSettings } from "../../src/db/connection-string.ts";
import { APP_ROLE } from "../../src/db/role.ts";

/** A database of a test file's own. */
export interface TestDatabase {
  /** For sessions that work as the application, as the server's do. */
  readonly url: string;
  /** For sessions of the database's owner, a superuser. */
  readonly ownerUrl: string;
  readonly name: string;
  /** Ends every session with it and removes it. */
  drop(): Promise<void>;
}

/** Makes a migrated database that holds nothing yet: one for a test file, dropped in its `afterAll`. */
export async function cloneDatabase(): Promise<TestDatabase> {
  return cloneOf(`${inject("server").prefix}_migrated`);
}

/**
 * Makes a database that holds what `fill` enters. It is filled once in a run, by the first test file that asks for this
 * name, while others wait; then each gets a copy. `fill` is given a database to fill, as the application and as its owner.
 */
export async function cloneFilled(
  name: string,
  fill: (url: string, ownerUrl: string) => Promise<void>,
): Promise<TestDatabase> {
  const { url, prefix } = inject("server");
  const template = `${prefix}_filled_${name}`;
  await withSession(url, async (session) => {
    await session.query("SELECT pg_advisory_lock(hashtext($1))", [template]);
    const { rowCount } = await session.query("SELECT FROM pg_database WHERE datname = $1", [template]);
    if (rowCount !== 0) return;
    const filling = await cloneDatabase();
    try {
      await fill(filling.url, filling.ownerUrl);
      // Only what was filled to the end gets the name.
      await session.query(`ALTER DATABASE ${filling.name} RENAME TO ${template}`);
    } catch (error) {
      await filling.drop();
      throw error;
    }
  });
  return cloneOf(template);
}

/** Makes a database that holds the founding dossier: for a test file that only reads it, or writes to its own copy. */
export function cloneSeeded(): Promise<TestDatabase> {
  return cloneFilled("seeded", async (url) => {
    const db = openDb(url);
    try {
      await seedIfEmpty(db, { say: () => undefined });
    } finally {
      await db.close();
    }
  });
}

async function cloneOf(template: string): Promise<TestDatabase> {
  const { url, prefix } = inject("server");
  const name = `${prefix}_${randomBytes(6).toString("hex")}`;
  await withSession(url, (session) => session.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const ownerUrl = withDatabase(url, name);
  return {
    url: withSettings(ownerUrl, { role: APP_ROLE }),
    ownerUrl,
    name,
    drop: () =>
      withSession(url, async (session) => {
        await session.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}
