import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, inject, test } from "vitest";
import { sayVerified } from "../src/command/verify.ts";
import { withSession } from "../src/db/connect.ts";
import { withDatabase } from "../src/db/connection-string.ts";
import { migrate } from "../src/db/migrate.ts";
import { verifyRecord } from "../src/record/verify.ts";
import { cloneFilled, cloneSeeded, type TestDatabase } from "./support/database.ts";
import { openGazette } from "./support/gazette.ts";
import { operate } from "./support/operate.ts";
import { openRecord } from "./support/record.ts";

/** A record with a version closed, a thing amended twice and a record withdrawn. */
function cloneStory(): Promise<TestDatabase> {
  return cloneFilled("verified", async (url) => {
    const record = openRecord(url);
    const gazette = await openGazette(record);
    const michael = gazette.ground.actorIds[1] ?? "";
    await gazette.assert({ days: [1] });
    await gazette.update({ days: [3], stance: "WITHDRAWN" });
    let amendedIn = 0;
    for (const name of ["Black Michael", "Michael of Strelsau"]) {
      const input = { id: `Person:${michael}`, expectedVersion: String(amendedIn), name };
      await gazette.enter("So he is called.", (tx, set) => {
        amendedIn = set.number;
        return operate(tx, set, { name: "personAmend", input });
      });
    }
    await gazette.retract();
    await record.close();
  });
}

let database: TestDatabase | undefined;
afterEach(() => database?.drop());

/** What is found after somebody with every right has done this, with the triggers of the tables it names turned off. */
async function findAfter(tables: readonly string[], ...tampering: string[]): Promise<object[]> {
  database = await cloneStory();
  const { ownerUrl, url } = database;
  await withSession(ownerUrl, async (session) => {
    for (const table of tables) await session.query(`alter table "${table}" disable trigger all`);
    for (const sql of tampering) expect((await session.query(sql)).rowCount).toBeGreaterThan(0);
  });
  return [...(await verifyRecord(url)).faults];
}

test("A record is found as it was entered: the founding one, and one with a history", async () => {
  for (const clone of [cloneSeeded, cloneStory]) {
    const cloned = await clone();
    const { url } = cloned;
    const { faults, changeSets, rows, hash } = await verifyRecord(url);
    expect(faults).toEqual([]);
    expect(changeSets).toBeGreaterThan(0);
    expect(rows).toBeGreaterThan(50);
    expect((await verifyRecord(url, hash ?? "")).known).toBe(true);
    expect((await verifyRecord(url, "0".repeat(64))).known).toBe(false);
    await cloned.drop();
  }
});

describe("What was done behind the server's back is named:", () => {
  const [uuid, ofRecord, ofMichael] = [/^[0-9a-f-]{36}$/, "record gallia-michael", /^Michael-/];
  test.each([
    [
      "a stance that was edited",
      ["recognition"],
      `update recognition set stance = 'NEUTRAL' where stance = 'RECOGNISES'`,
      { what: "edited", table: "recognition", key: uuid, subject: ofRecord, changeSet: 2 },
    ],
    [
      "evidence that was edited",
      ["evidence"],
      `update evidence set role = 'CONTRADICTS' where id = (select min(id::text)::uuid from evidence)`,
      { what: "edited", table: "evidence", key: uuid, subject: ofRecord },
    ],
    [
      "evidence that was removed",
      ["evidence"],
      `delete from evidence where id = (select min(id::text)::uuid from evidence)`,
      { what: "removed", table: "evidence", key: uuid },
    ],
    [
      "a detail that was removed",
      ["recognition"],
      `delete from recognition where assertion_id = (select id from assertion where recorded_from = 2)`,
      { what: "removed", table: "recognition", key: uuid, subject: ofRecord, changeSet: 2 },
    ],
    [
      "evidence that was added",
      ["evidence"],
      `insert into evidence select gen_random_uuid(), assertion_id, passage_id, role, proves, 9 from evidence limit 1`,
      { what: "added", table: "evidence", key: uuid, subject: ofRecord, changeSet: null },
    ],
    [
      "an actor that was added",
      ["actor"],
      `insert into actor (id, kind, key, name, created_in) values (gen_random_uuid(), 'PERSON', 'sapt', 'Sapt', 1)`,
      { what: "added", table: "actor", key: uuid, subject: "sapt", changeSet: null },
    ],
    [
      "a name that was edited",
      ["actor"],
      `update actor set name = 'X' where name like 'Michael%'`,
      { what: "edited", table: "actor", subject: ofMichael, changeSet: 5 },
    ],
    [
      "what a thing was called before",
      ["former_thing"],
      `update former_thing set row = jsonb_set(row, '{name}', '"X"') where stood_from = 4`,
      { what: "edited", table: "actor", subject: ofMichael, changeSet: 4 },
    ],
    [
      "a former thing that was removed",
      ["former_thing"],
      `delete from former_thing where stood_from = 4`,
      { what: "removed", table: "actor", changeSet: 4 },
    ],
    [
      "a former thing that was added",
      ["former_thing"],
      `insert into former_thing select relation, id, 5, 6, row from former_thing limit 1`,
      { what: "added", table: "former_thing", subject: /^actor Michael-/ },
    ],
    [
      "a version that was opened again",
      ["assertion"],
      `update assertion set recorded_to = null where recorded_to = 6 and reported_to is null`,
      { what: "edited", table: "assertion", subject: ofRecord, changeSet: 6 },
    ],
    [
      "a reason",
      ["change_set"],
      `update change_set set reason = 'none' where number = 2`,
      { what: "edited", table: "change_set", key: "2", changeSet: 2 },
    ],
    [
      "a change set's key",
      ["change_set"],
      `update change_set set key_id = gen_random_uuid() where number = 2`,
      { what: "edited", table: "change_set", key: "2" },
    ],
    [
      "a seal",
      ["seal"],
      `update seal set hashes = sha256('') || substring(hashes from 33) where change_set = 2 and ordinal = 0`,
      { what: "edited", table: "seal", key: "2", changeSet: 2 },
    ],
    [
      "a seal that names nothing that can be",
      ["seal"],
      `update seal set keys[1] = 'nobody' where change_set = 2 and ordinal = 0`,
      { what: "edited", table: "seal", key: "2" },
    ],
    [
      "a seal that was added",
      ["seal"],
      `insert into seal values (99, 0, 'actor', 'ENTERED', '{x}', sha256(''))`,
      { what: "added", table: "seal", key: "99:0" },
    ],
    [
      "words that were put into a mouth",
      ["passage"],
      `update passage set exact = replace(exact, 'so be it', 'no never') where start = (select min(start) from passage)`,
      { what: "edited", table: "passage", subject: /^document day-/ },
    ],
    [
      "what concerns a thing, removed",
      ["concern"],
      `delete from concern where version_id = (select id from assertion where recorded_from = 2)`,
      { what: "removed", table: "concern", subject: ofRecord, changeSet: 2 },
    ],
    [
      "what concerns a thing, edited",
      ["concern"],
      `update concern set sort_day = sort_day + 1`,
      { what: "edited", table: "concern", subject: ofRecord },
    ],
    [
      "what concerns a thing, added",
      ["concern"],
      `insert into concern select c.version_id, d.id, c.sort_day, c.reported_from from concern c, document d limit 1`,
      { what: "added", table: "concern", subject: ofRecord },
    ],
    [
      "a word that was removed",
      ["word"],
      `delete from word where word = 'strelsau' and named`,
      { what: "removed", table: "word", key: "strelsau" },
    ],
    [
      "a word that was added",
      ["word"],
      `insert into word values ('moriarty', true)`,
      { what: "added", key: "moriarty" },
    ],
    [
      "a change that was removed from the log",
      ["change", "change_concern"],
      `delete from change where place = (select max(place) from change)`,
      { what: "removed", table: "change", changeSet: 6 },
    ],
    [
      "a change in the log that is of another thing",
      ["change"],
      `update change set subject_id = (select id from actor order by id limit 1) where change = 'RETRACTED'`,
      { what: "removed", table: "change", key: /^RETRACTED /, changeSet: 6 },
    ],
    [
      "a change in the log that comes before another",
      ["change", "change_concern"],
      `update change set place = 1000 where place = 1`,
      { what: "edited", table: "change", key: "1000", changeSet: 1 },
    ],
    [
      "a change that was added to the log",
      ["change"],
      `insert into change select place + 1, change_set_number, 'CORRECTED', kind, subject_id, version_id, crisis_id from change where change = 'RETRACTED'`,
      { what: "added", table: "change", changeSet: 6 },
    ],
    [
      "what a change concerns, removed",
      ["change_concern"],
      `delete from change_concern where place = (select max(place) from change)`,
      { what: "removed", table: "change_concern", changeSet: 6 },
    ],
    [
      "what a change concerns, added",
      ["change_concern"],
      `insert into change_concern select id, 1 from document`,
      { what: "added", table: "change_concern", changeSet: 1 },
    ],
    [
      "a proposal that says another author than its change set",
      ["proposal"],
      `insert into proposal select gen_random_uuid(), 'ACCEPTED', gen_random_uuid(), 'Sapt', reason, 'r', '[{}]', '{}', '[]', '[]', at, at, gen_random_uuid(), 'Flavia', 'Yes', number from change_set where number = 2`,
      { what: "edited", table: "proposal", key: uuid, changeSet: 2 },
    ],
    [
      "a link that was added",
      ["crisis_state"],
      `insert into crisis_state select c.id, a.id, 1 from crisis c, actor a where a.kind = 'STATE'`,
      { what: "added", table: "crisis_state", key: /^[0-9a-f-]{36}:[0-9a-f-]{36}$/, subject: /^crisis crisis-/ },
    ],
  ])("%s", async (_what, tables, sql, named) => {
    const expected = Object.entries(named).map(
      ([field, value]) => [field, value instanceof RegExp ? expect.stringMatching(value) : value] as const,
    );
    expect(await findAfter(tables, sql)).toContainEqual(expect.objectContaining(Object.fromEntries(expected)));
  });

  test("a version that was closed, and the row it stands in", async () => {
    const sql = `update assertion set recorded_to = 5 where recorded_to = 6`;
    const found = await findAfter(["assertion"], sql);
    expect(found).toContainEqual(
      expect.objectContaining({ what: "added", table: "assertion", subject: "record gallia-michael", changeSet: null }),
    );
  });

  test("nothing else is named beside it", async () => {
    const found = await findAfter(["document"], `update document set title = 'X' where key like 'day-3-%'`);
    expect(found).toEqual([expect.objectContaining({ table: "document", changeSet: 1 })]);
  });
});

test("The command names what it finds and ends with an error, and otherwise tells the hash to be noted", async () => {
  database = await cloneStory();
  const { url, ownerUrl } = database;
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  await sayVerified(url, undefined, say);
  expect(lines.at(-2)).toMatch(/^The record is as it was entered: 6 change sets, \d+ rows\.$/);
  const hash = /^Change set 6 has the hash ([0-9a-f]{64})/.exec(lines.at(-1) ?? "")?.[1];
  await sayVerified(url, hash, say);
  const altered = { code: "RECORD_ALTERED" };
  await expect(sayVerified(url, "0".repeat(64), say)).rejects.toMatchObject(altered);
  await withSession(ownerUrl, async (session) => {
    await session.query("alter table change_set disable trigger all");
    await session.query("update change_set set reason = 'none' where number = 2");
  });
  await expect(sayVerified(url, undefined, say)).rejects.toMatchObject(altered);
  expect(lines.at(-1)).toBe("edited: change_set 2 (change set 2)");
});

test("A record made before there were seals is sealed as it stands when it is migrated", async () => {
  const { url, prefix } = inject("server");
  const name = `${prefix}_before`;
  const before = mkdtempSync(join(tmpdir(), "chancery-before-"));
  const all = join(import.meta.dirname, "../prisma/migrations");
  for (const each of readdirSync(all).filter((folder) => folder < "20261125"))
    cpSync(join(all, each), join(before, each), { recursive: true });
  await withSession(url, (session) => session.query(`create database ${name}`));
  const old = withDatabase(url, name);
  try {
    await migrate(old, { folder: before });
    const id = (n: number) => `'00000000-0000-7000-8000-00000000000${n}'`;
    await withSession(old, (session) =>
      session.query(`
        insert into change_set values (1, '1894-06-01', 'Hentzau', 'It is so', null, repeat('a', 64), 3), (2, '1894-06-02', 'Hentzau', 'It is not', repeat('a', 64), repeat('b', 64), 0);
        insert into crisis (id, key, title, summary, created_in) values (${id(1)}, 'throne', 'A throne', 'Two claim it.', 1);
        insert into actor (id, kind, key, name, created_in) values (${id(2)}, 'STATE', 'ruritania', 'Ruritania', 2);
        insert into crisis_state values (${id(1)}, ${id(2)});
        insert into record values (${id(3)}, 'STANCE', ${id(1)}, 'told', 1);
        insert into assertion (id, record_id, kind, crisis_id, status, sort_day, reported_from, recorded_from, recorded_to, extractor_kind, extractor_name)
          values (${id(4)}, ${id(3)}, 'STANCE', ${id(1)}, 'ACCEPTED', -27600, '1894-06-01', 1, 2, 'HUMAN', 'Hentzau');
        insert into retraction values (${id(3)}, 2, 'A lie');`),
    );
    await migrate(old);
    await withSession(old, (session) => session.query("analyze"));
    const { faults, rows, changeSets } = await verifyRecord(old);
    expect({ faults, rows, changeSets }).toEqual({ faults: [], rows: 7, changeSets: 2 });
    const { rows: links } = await withSession(old, (session) => session.query("select created_in from crisis_state"));
    expect(links).toEqual([{ created_in: 2 }]);
  } finally {
    rmSync(before, { recursive: true });
    await withSession(url, (session) => session.query(`drop database ${name} with (force)`));
  }
});
