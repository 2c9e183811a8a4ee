import type { Client } from "pg";
import { Refusal } from "../errors.ts";
import { withSession } from "./connect.ts";

const OLDEST = 150_000;

interface Settings {
  readonly version: number;
  readonly encoding: string;
  readonly timezone: string;
  readonly fsync: string;
  readonly full_page_writes: string;
  readonly synchronous_commit: string;
  readonly data_checksums: string;
}

/**
 * Looks whether this PostgreSQL keeps what it is given: version 15 or newer, text in UTF-8, sessions in UTC, and
 * commits that survive a power cut (unless `throwaway`: the record of a test run); and whether every trigger and
 * constraint that guards the record stands as the last migration left it.
 * @returns what is safe but could be better, in words.
 * @throws Refusal DATABASE_UNSAFE naming everything that must change, and how.
 */
export async function testDatabase(url: string, { throwaway = false } = {}): Promise<{ warnings: string[] }> {
  const [settings, unguarded] = await withSession(url, async (session) => {
    const { rows } = await session.query<Settings>(
      `SELECT current_setting('server_version_num')::int AS version,
              current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS timezone,
              current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
              current_setting('synchronous_commit') AS synchronous_commit,
              current_setting('data_checksums') AS data_checksums`,
    );
    return [rows[0], await faultyGuards(session)] as const;
  });
  if (settings === undefined) throw new Error("PostgreSQL did not tell its settings.");
  const faults = [...faultsOf(settings, throwaway), ...unguarded];
  if (faults.length > 0) {
    throw new Refusal("DATABASE_UNSAFE", `This PostgreSQL would not keep the record safe:\n- ${faults.join("\n- ")}`, {
      faults,
    });
  }
  const warnings =
    settings.data_checksums === "on"
      ? []
      : [
          "PostgreSQL does not check its pages for decay. With the server stopped: pg_checksums --enable -D <data folder>",
        ];
  return { warnings };
}

/** What guards the record no longer; nothing where the database was never migrated. */
async function faultyGuards(session: Client): Promise<string[]> {
  const { rows: found } = await session.query<{ ours: boolean }>(
    "SELECT to_regprocedure('chancery_faulty_guards()') IS NOT NULL AS ours",
  );
  if (!found[0]?.ours) return [];
  const { rows } = await session.query<{ fault: string }>("SELECT fault FROM chancery_faulty_guards()");
  return rows.map(({ fault }) => `${fault}: restore it as the migrations make it, then look with \`chancery verify\``);
}

/** What makes these settings unsafe, each with what to set. */
export function faultsOf(settings: Settings, throwaway: boolean): string[] {
  const faults: string[] = [];
  if (settings.version < OLDEST) {
    faults.push(`version ${Math.floor(settings.version / 10_000)} is too old: use PostgreSQL 15 or newer`);
  }
  if (settings.encoding !== "UTF8") {
    faults.push(
      `text is kept in ${settings.encoding}: make a new database with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`,
    );
  }
  if (settings.timezone !== "UTC") {
    faults.push(`sessions run in time zone ${settings.timezone}: a pooler or role overrides it; set timezone = 'UTC'`);
  }
  if (throwaway) return faults;
  for (const name of ["fsync", "full_page_writes", "synchronous_commit"] as const) {
    if (settings[name] === "off")
      faults.push(`${name} is off, so a crash may lose or tear the record: set ${name} = on`);
  }
  return faults;
}
