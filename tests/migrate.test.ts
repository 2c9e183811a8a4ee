import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inUtc, withDatabase } from "../src/db/connection-string.ts";
import { startEmbedded, type Embedded } from "../src/db/embedded/start.ts";
import { migrate } from "../src/db/migrate.ts";
import { faultsOf, testDatabase } from "../src/db/self-test.ts";
import { Refusal } from "../src/errors.ts";

const scratch = mkdtempSync(join(tmpdir(), "chancery-migrate-"));
let server: Embedded;
let url: string;
let folder: string;
let count = 0;

async function ask(sql: string, on = url): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: inUtc(on) });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

function write(name: string, sql: string): string {
  mkdirSync(join(folder, name), { recursive: true });
  const path = join(folder, name, "migration.sql");
  writeFileSync(path, sql);
  return path;
}

beforeAll(async () => {
  server = await startEmbedded({ dataFolder: join(scratch, "data"), log: () => undefined, settings: { fsync: "off" } });
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(scratch, { recursive: true, force: true });
});

beforeEach(async () => {
  count += 1;
  folder = join(scratch, `migrations-${count}`);
  mkdirSync(folder);
  await ask(`CREATE DATABASE story_${count}`, server.url);
  url = withDatabase(server.url, `story_${count}`);
});

describe("Migrating a database", () => {
  it("applies what is missing, oldest first, once, and writes it down as Prisma does", async () => {
    write("20190211000000_second", "ALTER TABLE embassy ADD COLUMN city text;");
    write("20190123000000_first", "CREATE TABLE embassy (id int); INSERT INTO embassy VALUES (1);");
    const names = ["20190123000000_first", "20190211000000_second"];

    expect(await migrate(url, { folder })).toEqual({ applied: names });
    expect(await migrate(url, { folder })).toEqual({ applied: [] });

    expect(await ask("SELECT * FROM embassy")).toEqual([{ id: 1, city: null }]);
    const rows = await ask(
      `SELECT migration_name AS name, applied_steps_count AS steps, length(checksum) AS digits,
              started_at <= finished_at AS finished, rolled_back_at, logs FROM _prisma_migrations ORDER BY 1`,
    );
    expect(rows).toEqual(
      names.map((name) => ({ name, steps: 1, digits: 64, finished: true, rolled_back_at: null, logs: null })),
    );
  });

  it("keeps nothing of a migration that fails, names its line, and everything of those before it", async () => {
    write("20190123000000_first", "CREATE TABLE embassy (id int);");
    const path = write("20190211000000_second", "CREATE TABLE half (id int);\n\nALTER TABLE nowhere ADD COLUMN x int;");

    await expect(migrate(url, { folder })).rejects.toThrow(/20190211000000_second failed.*"nowhere".*Nothing of it/);
    expect(await ask("SELECT to_regclass('half') AS half, to_regclass('embassy')::text AS embassy")).toEqual([
      { half: null, embassy: "embassy" },
    ]);

    writeFileSync(path, "CREATE TABLE half (id int);\n\nCREATE TABLE (;");
    await expect(migrate(url, { folder })).rejects.toThrow(/at line 3: syntax error/);
    writeFileSync(path, "CREATE TABLE whole (id int);");
    expect(await migrate(url, { folder })).toEqual({ applied: ["20190211000000_second"] });
  });

  it("refuses a database that a newer program has migrated, and leaves it untouched", async () => {
    write("20190123000000_first", "CREATE TABLE embassy (id int);");
    await migrate(url, { folder });
    await ask(`UPDATE _prisma_migrations SET migration_name = '20990101000000_from_the_future'`);
    await ask(`ALTER DATABASE story_${count} RESET timezone`);

    const refusal = await migrate(url, { folder }).catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({
      code: "DATABASE_TOO_NEW",
      details: { unknown: ["20990101000000_from_the_future"] },
    });
    expect(await ask("SELECT count(*)::int AS migrations FROM _prisma_migrations")).toEqual([{ migrations: 1 }]);
    expect(
      await ask(
        "SELECT * FROM pg_db_role_setting s JOIN pg_database d ON d.oid = setdatabase WHERE datname = current_database()",
      ),
    ).toEqual([]);
  });

  it("refuses when an applied migration was changed afterwards", async () => {
    const path = write("20190123000000_first", "CREATE TABLE embassy (id int);");
    await migrate(url, { folder });
    appendFileSync(path, "-- a second thought");
    await expect(migrate(url, { folder })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("was changed after this database applied it") as string,
    });
  });

  it("refuses when another program's migration did not finish", async () => {
    write("20190123000000_first", "CREATE TABLE embassy (id int);");
    await migrate(url, { folder });
    await ask("UPDATE _prisma_migrations SET finished_at = NULL");
    await expect(migrate(url, { folder })).rejects.toMatchObject({ code: "CONFLICT" });
    await ask("UPDATE _prisma_migrations SET rolled_back_at = now(); DROP TABLE embassy");
    expect(await migrate(url, { folder })).toEqual({ applied: ["20190123000000_first"] });
  });

  it("happens once when several servers start together", async () => {
    write("20190123000000_first", "SELECT pg_sleep(0.3); CREATE TABLE embassy (id int);");
    const results = await Promise.all([1, 2, 3].map(() => migrate(url, { folder })));
    expect(results.flatMap(({ applied }) => applied)).toEqual(["20190123000000_first"]);
  });

  it("makes UTC the time zone of every later session, whoever opens it", async () => {
    await ask(`ALTER DATABASE story_${count} SET timezone = 'Asia/Kolkata'`);
    await migrate(url, { folder });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query("SHOW timezone");
    await client.end();
    expect(rows).toEqual([{ TimeZone: "UTC" }]);
  });

  it("says where it looked when nobody answers, without the password", async () => {
    const nowhere = "postgresql://clerk:hush@127.0.0.1:1/record";
    const refusal = (await migrate(nowhere, { folder }).catch((error: unknown) => error)) as Refusal;
    expect(refusal.code).toBe("DB_UNAVAILABLE");
    expect(refusal.message).toContain("127.0.0.1:1/record");
    expect(refusal.message).not.toContain("hush");
  });
});

describe("The look at a database before it is used", () => {
  it("refuses one that forgets commits in a power cut, unless it is thrown away anyway", async () => {
    await expect(testDatabase(url)).rejects.toMatchObject({
      code: "DATABASE_UNSAFE",
      message: expect.stringContaining("set fsync = on") as string,
    });
    expect(await testDatabase(url, { throwaway: true })).toEqual({ warnings: [] });
  });

  it("refuses one that does not keep its text in UTF-8", async () => {
    await ask(`CREATE DATABASE latin_${count} ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0`);
    const latin = withDatabase(url, `latin_${count}`);
    await expect(testDatabase(latin, { throwaway: true })).rejects.toThrow("text is kept in LATIN1");
  });

  it("refuses versions before 15 and sessions that a pooler holds in another zone, and says so all at once", () => {
    const good = { version: 150_000, encoding: "UTF8", timezone: "UTC", data_checksums: "on" };
    const safe = { fsync: "on", full_page_writes: "on", synchronous_commit: "on" };
    expect(faultsOf({ ...good, ...safe }, false)).toEqual([]);
    expect(faultsOf({ ...good, ...safe, version: 140_011, timezone: "Europe/Berlin" }, false)).toEqual([
      expect.stringContaining("version 14 is too old"),
      expect.stringContaining("time zone Europe/Berlin"),
    ]);
    const synchronous_commit = "off";
    expect(faultsOf({ ...good, ...safe, synchronous_commit }, false)).toHaveLength(1);
  });
});
