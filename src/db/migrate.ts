import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import type { Client, DatabaseError } from "pg";
import { Refusal } from "../errors.ts";
import { withSession } from "./connect.ts";
import { readMigrations, type Migration } from "./migration.ts";
import { grantRole } from "./role.ts";

/** The number of the advisory lock under which Prisma migrates, so that its command and ours wait for each other. */
const LOCK = 72_707_369;
const LOCK_TIMEOUT = "60s";
const FOLDER = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

/** As `prisma migrate` makes it, column for column. */
const TABLE = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`;

interface Applied {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** Where migrations come from, and who is told of each. */
export interface MigrateOptions {
  /** Default: prisma/migrations of this project. */
  readonly folder?: string;
  readonly log?: (line: string) => void;
  /** The names of those to apply; all by default. */
  readonly only?: ReadonlySet<string>;
}

/**
 * Brings the database to the state that this program knows: every migration not yet applied, oldest first, each in one
 * transaction that leaves all or nothing, one process at a time. Also makes UTC the database's own time zone, and grants
 * the application's role what it may do.
 * @returns the names of what it applied.
 * @throws Refusal DATABASE_TOO_NEW when the database knows migrations that this program does not: it is not touched;
 *   CONFLICT when an applied migration has another text here or once failed, or another process holds the lock.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<{ applied: string[] }> {
  const { folder = FOLDER, log = () => undefined, only } = options;
  const known = readMigrations(folder);
  return withSession(url, async (session) => {
    await lock(session, log);
    const pending = remaining(known, await readApplied(session)).filter(({ name }) => only?.has(name) ?? true);
    await keepUtc(session);
    if (pending.length > 0) await session.query(TABLE);
    for (const migration of pending) {
      log(`Migrating: ${migration.name}`);
      await apply(session, migration);
    }
    await grantRole(session, { anew: pending.length > 0 });
    return { applied: pending.map(({ name }) => name) };
  });
}

/**
 * Makes sure that this program knows some migrations, as they were applied elsewhere.
 * @throws Refusal DATABASE_TOO_NEW or CONFLICT as `migrate` does
 */
export function expectKnown(applied: readonly { readonly name: string; readonly checksum: string }[]): void {
  remaining(
    readMigrations(FOLDER),
    applied.map((each) => ({ ...each, finished: true })),
  );
}

/** The lock belongs to the session, and ends with it. */
async function lock(session: Client, log: (line: string) => void): Promise<void> {
  const { rows } = await session.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [LOCK]);
  await session.query("SELECT set_config('lock_timeout', $1, false), set_config('statement_timeout', '0', false)", [
    LOCK_TIMEOUT,
  ]);
  if (rows[0]?.taken) return;
  log("Waiting for another process that is migrating this database.");
  try {
    await session.query("SELECT pg_advisory_lock($1)", [LOCK]);
  } catch (cause) {
    if ((cause as DatabaseError).code !== "55P03") throw cause;
    throw new Refusal(
      "CONFLICT",
      `Another process has been migrating this database for more than ${LOCK_TIMEOUT}. Let it finish, then start again.`,
      {},
      cause,
    );
  }
}

async function readApplied(session: Client): Promise<Applied[]> {
  const { rows } = await session.query<{ exists: boolean }>(
    `SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS exists`,
  );
  if (!rows[0]?.exists) return [];
  const applied = await session.query<Applied>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return applied.rows;
}

function remaining(known: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  const unknown = applied.filter(({ name }) => !byName.has(name)).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new Refusal(
      "DATABASE_TOO_NEW",
      `The database was migrated by a newer Chancery (${unknown.join(", ")}). Start that version or a later one; nothing was changed.`,
      { unknown },
    );
  }
  for (const { name, checksum, finished } of applied) {
    if (!finished) {
      throw new Refusal(
        "CONFLICT",
        `Migration ${name} was begun by another program and did not finish. Mend the database by hand, then mark it: npx prisma migrate resolve --rolled-back ${name} (or --applied ${name}).`,
        { migration: name },
      );
    }
    if (byName.get(name)?.checksum !== checksum) {
      throw new Refusal(
        "CONFLICT",
        `Migration ${name} was changed after this database applied it. Restore its file, and put the change into a new migration.`,
        { migration: name },
      );
    }
  }
  const done = new Set(applied.map(({ name }) => name));
  return known.filter(({ name }) => !done.has(name));
}

/** Sessions of other programs shall read the same hours; only the database's owner may say so, and only once. */
async function keepUtc(session: Client): Promise<void> {
  await session.query(`
    DO $$ BEGIN
      IF EXISTS (SELECT FROM pg_database WHERE datname = current_database() AND pg_has_role(datdba, 'USAGE'))
         AND NOT EXISTS (
           SELECT FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
            WHERE d.datname = current_database() AND s.setrole = 0 AND 'TimeZone=UTC' = ANY (s.setconfig))
      THEN EXECUTE format('ALTER DATABASE %I SET timezone = ''UTC''', current_database());
      END IF;
    END $$`);
}

async function apply(session: Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await session.query("BEGIN");
    await session.query(sql);
    await session.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await keepGuards(session);
    await session.query("COMMIT");
  } catch (cause) {
    await session.query("ROLLBACK").catch(() => undefined); // a broken session has rolled back by itself
    const { message, position } = cause as DatabaseError;
    const line = position === undefined ? "" : ` at line ${sql.slice(0, Number(position)).split("\n").length}`;
    throw new Error(`Migration ${name} failed${line}: ${message}. Nothing of it was kept.`, { cause });
  }
}

/** Writes down which triggers and constraints there are, so that one that goes missing is found. */
async function keepGuards(session: Client): Promise<void> {
  const { rows } = await session.query<{ ours: boolean }>(
    "SELECT to_regprocedure('chancery_keep_guards()') IS NOT NULL AS ours",
  );
  if (rows[0]?.ours) await session.query("SELECT chancery_keep_guards()");
}
