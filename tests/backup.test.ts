import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { backUp } from "../src/backup/back-up.ts";
import { readBackup, type Manifest } from "../src/backup/manifest.ts";
import { restore } from "../src/backup/restore.ts";
import { keptTables, leftOut } from "../src/backup/table.ts";
import { createKey, revokeKey } from "../src/access/register.ts";
import { sayKeys } from "../src/command/restore.ts";
import { withSession } from "../src/db/connect.ts";
import { testDatabase } from "../src/db/self-test.ts";
import { readTables } from "../src/db/sql/catalogue.ts";
import { verifyRecord } from "../src/record/verify.ts";
import { cloneDatabase, cloneSeeded, type TestDatabase } from "./support/database.ts";
import { openGazette } from "./support/gazette.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

let source: TestDatabase;
let record: TestRecord;
let scratch: string;
let empty: TestDatabase;
beforeAll(async () => {
  source = await cloneSeeded();
  record = openRecord(source.url);
  scratch = mkdtempSync(join(tmpdir(), "chancery-backup-"));
  const gazette = await openGazette(record);
  await gazette.assert({ days: [1] });
  await gazette.update({ days: [3], stance: "WITHDRAWN" });
  await createKey(record.db, { name: "A desk", scopes: ["read"], expiresAt: null, createdBy: "the clerk" });
});
afterAll(async () => {
  await record.close();
  await source.drop();
  rmSync(scratch, { recursive: true, force: true });
});
beforeEach(async () => {
  empty = await cloneDatabase();
  return () => empty.drop();
});

test("after a restore the keys that are valid are told, by name and scopes, with those revoked since", async () => {
  const [{ key: gone }, { key: late }] = [
    await createKey(record.db, { name: "Revoked before", scopes: ["read"], expiresAt: null, createdBy: "the clerk" }),
    await createKey(record.db, { name: "Revoked since", scopes: ["review"], expiresAt: null, createdBy: "the clerk" }),
  ];
  await revokeKey(record.db, gone.id);
  const folder = fresh();
  await backUp(source.ownerUrl, folder, "0.0.0");
  await revokeKey(record.db, late.id);
  await restore(empty.ownerUrl, folder, await readBackup(folder));
  const said: string[] = [];
  await sayKeys(empty.url, (line) => said.push(line));
  expect(said.slice(1).toSorted()).toEqual([
    expect.stringMatching(/^ {2}Key A desk \(.*\) may read$/),
    `  Key Revoked since (${late.id}) may review`,
  ]);
  expect(said[0]).toContain("revoked since the backup");
});

let made = 0;
const fresh = () => join(scratch, `backup-${(made += 1)}`);

/** The rows of every table that a backup holds, as PostgreSQL writes them, told by one hash a table. */
function fingerprints(url: string): Promise<Record<string, string>> {
  return withSession(url, async (session) => {
    const found: Record<string, string> = {};
    for (const { name, key } of await keptTables(session)) {
      const { rows } = await session.query<{ hash: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by ${key.join(", ")})), '') as hash from "${name}" t`,
      );
      found[name] = rows[0]?.hash ?? "";
    }
    return found;
  });
}

/** How the database is made: triggers and whether they are on, constraints, indexes. */
function making(url: string): Promise<unknown> {
  return withSession(url, async (session) => {
    const { rows } = await session.query<{ of: string; def: string; state: string }>(
      `select tgrelid::regclass::text as of, pg_get_triggerdef(oid) as def, tgenabled::text as state from pg_trigger where not tgisinternal
       union all select conrelid::regclass::text, conname || pg_get_constraintdef(oid), convalidated::text from pg_constraint where connamespace = 'public'::regnamespace
       union all select tablename, indexdef, '' from pg_indexes where schemaname = 'public' order by 1, 2`,
    );
    return rows;
  });
}

async function answers(of: TestRecord, instants: readonly string[]): Promise<unknown[]> {
  const fields = `timeline(first: 50) { totalCount nodes { id valid { start { edtf text } } recorded { from { number hash } } evidence { passage { exact } } } }
    people(first: 50) { nodes { key name } } documents(first: 50) { nodes { key publisher } }`;
  const asked = instants.map((at) => of.ask(`{ record(asOf: { knownAt: "${at}", knownBy: RECORDED }) { ${fields} } }`));
  return Promise.all(asked.map(async (one) => (await one).data));
}

test("Every table is kept or left out by decision, and what is left out exists or is yet to come", async () => {
  const [kept, all] = await withSession(source.url, async (session) => [
    await keptTables(session),
    await readTables(session),
  ]);
  const names = kept.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(["change_set", "assertion", "seal", "former_thing", "api_key", "change"]),
  );
  expect(all.map(({ name }) => name).filter((name) => !names.includes(name) && !(name in leftOut))).toEqual([]);
  await withSession(empty.ownerUrl, async (session) => {
    await session.query("create table ledger (id int primary key)");
    await expect(keptTables(session)).rejects.toThrow("ledger: say so in src/backup/table.ts");
  });
});

test("A record is restored row for row and byte for byte, proved by its seals, in a database made as before", async () => {
  const folder = fresh();
  const manifest = await backUp(source.ownerUrl, folder, "0.0.0");
  expect(manifest.tables.find(({ name }) => name === "api_key")?.rows).toBe(3);
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  const before = await making(empty.url);
  const { rows, indexesChecked } = await restore(empty.ownerUrl, folder, await readBackup(folder));
  expect(rows).toBe(manifest.tables.reduce((sum, table) => sum + table.rows, 0));
  expect(indexesChecked).toBe(true);
  expect(await fingerprints(empty.url)).toEqual(await fingerprints(source.url));
  expect(await making(empty.url)).toEqual(before);
  expect(await verifyRecord(empty.url, manifest.head?.hash)).toMatchObject({ faults: [], known: true });
  await testDatabase(empty.url, { throwaway: true });
  const again = openRecord(empty.url);
  try {
    const gazette = await openGazette(again);
    await gazette.assert({ days: [1] });
    const { data } = await again.ask("{ changes(last: 1) { nodes { changeSet { number } } } }");
    expect(data).toEqual({ changes: { nodes: [{ changeSet: { number: (manifest.head?.number ?? 0) + 2 } }] } });
  } finally {
    await again.close();
  }
});

test("A backup that is made while the record changes holds it as it stood at one moment", async () => {
  const writing = new AbortController();
  const gazette = await openGazette(record);
  const instants: string[] = [];
  const writer = (async () => {
    instants.push(await gazette.assert({ days: [1] }));
    for (let round = 0; !writing.signal.aborted; round++)
      instants.push(await gazette.correct({ days: [1], since: `18${10 + (round % 80)}` }));
  })();
  const folders = [fresh(), fresh(), fresh()];
  for (const folder of folders) await backUp(source.ownerUrl, folder, "0.0.0");
  writing.abort();
  await writer;
  for (const folder of folders.slice(1)) {
    const manifest = await readBackup(folder);
    const target = await cloneDatabase();
    const restored = openRecord(target.url);
    try {
      await restore(target.ownerUrl, folder, manifest);
      const last = await restored.db.prisma.changeSet.findFirstOrThrow({ orderBy: { number: "desc" } });
      const held = instants.filter((at) => at <= last.at.toISOString());
      expect(held.length).toBeGreaterThan(1);
      const asked = [...held.slice(0, 2), ...held.slice(-2), "2026-01-01T00:00:00Z"];
      expect(await answers(restored, asked)).toEqual(await answers(record, asked));
      expect((await verifyRecord(target.url)).faults).toEqual([]);
    } finally {
      await restored.close();
      await target.drop();
    }
  }
}, 60_000);

describe("A backup is refused", () => {
  test("where there is something already, and nothing of it is left where it fails", async () => {
    const folder = fresh();
    await backUp(source.ownerUrl, folder, "0.0.0");
    await expect(backUp(source.ownerUrl, folder, "0.0.0")).rejects.toMatchObject({ code: "BACKUP_REFUSED" });
    const other = fresh();
    await withSession(empty.ownerUrl, (session) => session.query("create table ledger (id int primary key)"));
    await expect(backUp(empty.ownerUrl, other, "0.0.0")).rejects.toThrow("ledger");
    expect(readdirSync(scratch).filter((name) => name.startsWith(other.slice(scratch.length + 1)))).toEqual([]);
  });

  test.each<[string, (folder: string) => void, string]>([
    [
      "is cut short",
      (folder) => truncateSync(join(folder, "assertion.ndjson"), 5_000),
      "assertion.ndjson is not what was written",
    ],
    ["lacks a file", (folder) => rmSync(join(folder, "seal.ndjson")), "seal.ndjson cannot be read"],
    ["was never finished", (folder) => rmSync(join(folder, "manifest.json")), "never finished"],
    [
      "has a letter changed",
      (folder) => alter(join(folder, "name.ndjson"), "Guaid", "Guaxd"),
      "name.ndjson is not what was written",
    ],
  ])("that %s", async (_what, harm, words) => {
    const folder = fresh();
    await backUp(source.ownerUrl, folder, "0.0.0");
    harm(folder);
    await expect(readBackup(folder)).rejects.toMatchObject({
      code: "BACKUP_REFUSED",
      message: expect.stringContaining(words) as string,
    });
  });

  const hash = "0".repeat(64);
  const whole = { format: 1, chancery: "0.0.0", madeAt: "2026-01-01", migrations: [], head: null, tables: [] };
  const table = { name: "actor", rows: 0, bytes: 0, sha256: hash };
  test.each<[string, unknown, string]>([
    ["is nothing", null, "the manifest is to be an object with format, chancery, madeAt, migrations, head, tables"],
    ["is of another format", { ...whole, format: 2 }, "written in format 2, and this version reads 1"],
    ["tells no format", { ...whole, format: undefined }, ".format is to be a whole number"],
    ["has no tables", { ...whole, tables: undefined }, ".tables is to be a list"],
    ["has a junk table", { ...whole, tables: [null] }, ".tables[0] is to be an object with name, rows, bytes, sha256"],
    ["has a junk head", { ...whole, head: { number: 1, hash: "x" } }, ".head.hash is to be 64 hexadecimal digits"],
    ["names a table twice", { ...whole, tables: [table, table] }, '.tables names "actor" twice'],
    [
      "names a file elsewhere",
      { ...whole, tables: [{ ...table, name: "../actor" }] },
      '.tables[0].name is to be the name of a table, such as actor, and is "../actor"',
    ],
  ])("whose manifest %s, before a file is read", async (_what, manifest, words) => {
    const folder = fresh();
    mkdirSync(folder);
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
    const refused = readBackup(folder);
    await expect(refused).rejects.toMatchObject({ code: "BACKUP_REFUSED" });
    await expect(refused).rejects.toThrow(words);
    await expect(refused).rejects.toThrow("Nothing was changed.");
  });

  test("that lacks a table, or holds rows that are none, and the database stays empty", async () => {
    const folder = fresh();
    const manifest = await backUp(source.ownerUrl, folder, "0.0.0");
    const { tables } = manifest;
    const refused = (told: Manifest) => expect(restore(empty.ownerUrl, folder, told)).rejects;
    const lacking = { ...manifest, tables: tables.filter(({ name }) => name !== "change") };
    await refused(lacking).toThrow(
      "The backup lacks change; its manifest is to name every table. Nothing was changed.",
    );
    const more = {
      ...manifest,
      tables: [...tables, table].map((each) => (each === table ? { ...table, name: "x" } : each)),
    };
    await refused(more).toThrow("The backup has a table x, which the database has not. Nothing was changed.");
    const path = join(folder, "position.ndjson");
    const lines = readFileSync(path, "utf8");
    for (const junk of ['{"id":1}', "null"]) {
      writeFileSync(path, `${junk}\n${lines}`);
      await refused(manifest).toThrow(/position\.ndjson, lines 1 to \d+: .*Nothing was changed\./);
    }
    writeFileSync(path, lines.slice(lines.indexOf("\n") + 1));
    const fewer = tables.map((each) => (each.name === "position" ? { ...each, rows: each.rows - 1 } : each));
    await refused({ ...manifest, tables: fewer }).toThrow(
      /The rows of the backup do not go together: .*Nothing was changed\./,
    );
  });

  test("whose rows were altered with care, and the database stays empty", async () => {
    const folder = fresh();
    await backUp(source.ownerUrl, folder, "0.0.0");
    alter(join(folder, "name.ndjson"), "Guaid", "Guaxd");
    const trusting = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as Manifest;
    const before = await fingerprints(empty.url);
    await expect(restore(empty.ownerUrl, folder, trusting)).rejects.toThrow(/name .*Nothing was changed/);
    const unheaded = { ...trusting, head: { number: 1, hash: "0".repeat(64) } };
    await expect(restore(empty.ownerUrl, folder, unheaded)).rejects.toThrow("The newest change set is");
    const lying = { ...trusting, tables: trusting.tables.map((table) => ({ ...table, rows: table.rows + 1 })) };
    await expect(restore(empty.ownerUrl, folder, lying)).rejects.toThrow("rows of");
    expect(await fingerprints(empty.url)).toEqual(before);
    await testDatabase(empty.url, { throwaway: true });
  });

  test.each(["concern", "word", "change_concern"])("from whose notes of %s one is missing", async (name) => {
    const folder = fresh();
    const manifest = await backUp(source.ownerUrl, folder, "0.0.0");
    const path = join(folder, `${name}.ndjson`);
    const [, ...left] = readFileSync(path, "utf8").split("\n");
    writeFileSync(path, left.join("\n"));
    const tables = manifest.tables.map((table) => (table.name === name ? { ...table, rows: table.rows - 1 } : table));
    await expect(restore(empty.ownerUrl, folder, { ...manifest, tables })).rejects.toThrow(
      new RegExp(`removed: ${name} .*Nothing was changed`),
    );
  });

  test("by a database that holds something, and by one that is newer than the backup", async () => {
    const folder = fresh();
    const manifest = await backUp(source.ownerUrl, folder, "0.0.0");
    await expect(restore(source.ownerUrl, folder, manifest)).rejects.toThrow("holds something already");
    const older = { ...manifest, migrations: manifest.migrations.slice(0, -1) };
    await expect(restore(empty.ownerUrl, folder, older)).rejects.toThrow("newer than the backup");
  });
});

function alter(path: string, from: string, to: string): void {
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}
