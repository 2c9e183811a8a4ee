import type pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { withSession } from "../src/db/connect.ts";
import { withDatabase } from "../src/db/connection-string.ts";
import { migrate } from "../src/db/migrate.ts";
import { asApplication } from "../src/db/open.ts";
import { testDatabase } from "../src/db/self-test.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { openGazette } from "./support/gazette.ts";
import { openRecord } from "./support/record.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
  const record = openRecord(database.url);
  await (await openGazette(record)).assert({});
  await record.close();
});
afterAll(() => database.drop());

async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  return withSession(url, async (session) => (await session.query<T>(sql)).rows);
}
const tables = `select c.relname as name, chancery_decision(c.oid) as decision from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and c.relname <> '_prisma_migrations'`;

test("Somebody has decided for every table what the application may do with it", async () => {
  const decided = await ask<{ name: string; decision: string | null }>(database.ownerUrl, tables);
  const open = decided.filter(({ decision }) => decision === null).map(({ name }) => name);
  const how = "seal it with chancery_seal_table, or comment it 'operational', 'grows' or 'kept' in its migration";
  expect(open, how).toEqual([]);
});

describe("The application", () => {
  const refused = async (sql: string) =>
    ask(database.url, sql).then(
      () => "accepted",
      (error: unknown) => (error as { code: string }).code,
    );

  test("works as a role that is no superuser and owns nothing", async () => {
    const [who] = await ask(
      database.url,
      `select current_user as name, rolsuper, rolcreaterole, rolcanlogin,
        (select count(*)::int from pg_class where relowner = r.oid) as owns from pg_roles r where rolname = current_user`,
    );
    expect(who).toEqual({ name: "chancery_app", rolsuper: false, rolcreaterole: false, rolcanlogin: false, owns: 0 });
  });

  test("may remove nothing of the record, and edit only what closes versions and amends things", async () => {
    const decided = await ask<{ name: string; decision: string }>(database.ownerUrl, tables);
    for (const { name, decision } of decided.filter((each) => each.decision !== "operational")) {
      expect([name, await refused(`delete from "${name}"`)]).toEqual([name, "42501"]);
      expect([name, await refused(`truncate "${name}" cascade`)]).toEqual([name, "42501"]);
      if (decision === "kept")
        expect([name, await refused(`insert into "${name}" default values`)]).toEqual([name, "42501"]);
    }
    const columns = await ask<{ name: string; columns: string[] }>(
      database.ownerUrl,
      `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
          and chancery_decision(c.oid) <> 'operational' and has_column_privilege('chancery_app', c.oid, a.attnum, 'UPDATE') group by 1 order by 1`,
    );
    expect(
      Object.fromEntries(columns.map(({ name, columns: open }) => [name, open.length > 9 ? open.length : open])),
    ).toEqual({
      actor: ["name", "description", "wikidata_id", "iso2", "iso3", "organization_kind", "state_id", "amended_in"],
      assertion: ["recorded_to"],
      capture: ["text_public", "amended_in"],
      crisis: 15,
      document: ["title", "publisher", "authors", "url", "language", "licence", "note", "amended_in"],
      identifier: ["amended_in", "withdrawn"],
      name: ["amended_in", "withdrawn"],
      place: ["name", "part_of_id", "latitude", "longitude", "geonames_id", "amended_in"],
      position: 17,
      sanctions_programme: ["title", "issuer_id", "legal_bases", "measures", "amended_in"],
    });
  });

  test.each([
    ["write a seal", `insert into seal select * from seal`],
    ["turn a trigger off", `alter table evidence disable trigger evidence_append_only`],
    ["pass triggers by", `set session_replication_role = replica`],
    [
      "change a function",
      `create or replace function chancery_append_only() returns trigger language sql as 'select null'`,
    ],
    ["make a table", `create table scribble (word text)`],
    ["write down other guards", `delete from guard`],
  ])("may not %s", async (_what, sql) => {
    expect(await refused(sql)).toBe("42501");
  });
});

describe("A user of the database's own who may not make roles", () => {
  const { url, prefix } = inject("server");
  const name = `${prefix}_clerk`;
  const own = () => {
    const theirs = new URL(withDatabase(url, name));
    [theirs.username, theirs.password] = [name, "clerk"];
    return theirs.href;
  };
  afterAll(() =>
    withSession(url, async (session) => {
      await session.query(`drop database if exists ${name} with (force)`);
      await session.query(`drop role if exists ${name}`);
    }),
  );

  test("is told that the server goes on as the owner, until a superuser lets it be the application", async () => {
    await ask(url, `create role ${name} login password 'clerk' nosuperuser nocreaterole`);
    await ask(url, `create database ${name} owner ${name}`);
    expect((await migrate(own())).applied.length).toBeGreaterThan(5);
    const said: string[] = [];
    expect(await asApplication(own(), (line) => said.push(line))).toBe(own());
    expect(said).toEqual([expect.stringMatching(/^Warning: .*GRANT chancery_app TO/)]);

    await ask(url, `grant chancery_app to ${name}`);
    const taken = await asApplication(own(), (line) => said.push(line));
    expect(said).toHaveLength(1);
    expect(await ask(taken, "select current_user as who, session_user as login")).toEqual([
      { who: "chancery_app", login: name },
    ]);
  });
});

describe("A database whose guards are not as the last migration left them is not served", () => {
  let broken: TestDatabase;
  beforeAll(async () => {
    broken = await cloneDatabase();
  });
  afterAll(() => broken.drop());

  test.each([
    [
      "alter table evidence disable trigger evidence_sealed",
      "alter table evidence enable always trigger evidence_sealed",
      "trigger evidence_sealed on evidence is disabled",
    ],
    [
      "alter table actor enable trigger actor_amended",
      "alter table actor enable always trigger actor_amended",
      "trigger actor_amended on actor was changed",
    ],
    [
      "alter table capture drop constraint capture_length_is_of_its_text",
      `alter table capture add constraint capture_length_is_of_its_text check ("length" = char_length("text"))`,
      "constraint capture_length_is_of_its_text on capture is missing",
    ],
    ["drop trigger actor_amended on actor", "select 1", "trigger actor_amended on actor is missing"],
  ])("%s", async (breaking, mending, fault) => {
    expect(await testDatabase(broken.ownerUrl, { throwaway: true })).toBeDefined();
    await ask(broken.ownerUrl, breaking);
    const refusal = { code: "DATABASE_UNSAFE", message: expect.stringContaining(`the ${fault}`) as string };
    await expect(testDatabase(broken.ownerUrl, { throwaway: true })).rejects.toMatchObject(refusal);
    await ask(broken.ownerUrl, mending);
  });
});
