import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importBulk } from "../src/formats/bulk/import-bulk.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
const folder = mkdtempSync(join(tmpdir(), "chancery-bulk-"));
beforeAll(async () => {
  database = await cloneDatabase();
  record = openRecord(database.url);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await record.close();
  await database.drop();
});

let files = 0;
function fileOf(lines: readonly (object | string)[]): string {
  const path = join(folder, `${(files += 1)}.ndjson`);
  writeFileSync(path, lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n"));
  return path;
}

const person = (key: string) => ({ personCreate: { key, name: `Guard ${key}` } });
const people = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => person(`${prefix}-${i}`));
const enter = (path: string, linesAtOnce = 100) =>
  importBulk(record.db, path, { author: "Sapt", say: () => undefined, linesAtOnce });
const held = (prefix: string) => record.db.prisma.actor.count({ where: { key: { startsWith: `${prefix}-` } } });
const unchained = () =>
  record.db.pool.query(
    `select 1 from change_set c left join change_set b on b.number = c.number - 1
     where c.previous_hash is distinct from b.hash or c.digest <> chancery_digest(c.number) or c.hash <> chancery_change_set_hash(c)`,
  );

describe("a file of operations", () => {
  test("is entered in change sets of so many lines, chained, and once", async () => {
    const path = fileOf([...people("guard", 249), "", person("guard-last")]);
    expect(await enter(path)).toEqual({ lines: 251, held: 0, changeSets: 3, ahead: 3 });
    expect(await held("guard")).toBe(250);
    expect((await unchained()).rows).toEqual([]);
    expect(await enter(path)).toEqual({ lines: 251, held: 251, changeSets: 0, ahead: 0 });
    expect(await held("guard")).toBe(250);
  });

  test("brings in facts by words that stand in a capture, and refuses others by their line", async () => {
    const crisis = { key: "ruritania" };
    const stance = (key: string, exact: string) => ({
      stanceAssert: {
        crisis,
        key,
        says: {
          actor: { key: "flavia" },
          towards: { key: "rudolf" },
          stanceKind: "BACKS",
          evidence: [{ document: { key: "gazette" }, exact }],
        },
      },
    });
    const ground = [
      { crisisCreate: { ...crisis, title: "Succession", summary: "Two kings.", start: { edtf: "1894" } } },
      { personCreate: { key: "flavia", name: "Flavia" } },
      { personCreate: { key: "rudolf", name: "Rudolf" } },
      {
        documentCreate: {
          key: "gazette",
          title: "A king",
          publisher: "Gazette",
          documentKind: "ARTICLE",
          language: "en",
          published: { date: { edtf: "1894-05-02" } },
          licence: "CC0-1.0",
        },
      },
      {
        captureCreate: {
          document: { key: "gazette" },
          mediaType: "text/plain",
          capturedAt: "2026-01-05T10:00:00Z",
          text: "Flavia backs Rudolf.",
          textPublic: true,
        },
      },
    ];
    const wrong = enter(
      fileOf([...ground, stance("says-so", "Flavia backs Rudolf"), stance("says-not", "Flavia left")]),
    );
    await expect(wrong).rejects.toThrow(/line 7: stanceAssert/);
    expect(await record.db.prisma.crisis.count()).toBe(0);
    await enter(fileOf([...ground, stance("says-so", "Flavia backs Rudolf")]), 5);
    expect(await record.db.prisma.stance.count()).toBe(1);
  });

  test("keeps what stands before the change set that will not do, and goes on from there", async () => {
    const lines = [...people("before", 200), ...people("before", 1)];
    await expect(enter(fileOf(lines))).rejects.toThrow("What stands before line 201 is entered");
    expect(await held("before")).toBe(200);
  });

  test.each([
    ["no JSON", '{"personCreate":', "line 2: The operation is not JSON"],
    ["no operation", "[1]", "line 2 is no operation"],
    ["an unknown operation", '{"actorForget":{}}', 'line 2 has the operation "actorForget"'],
    ["two operations", '{"personCreate":{},"stateCreate":{}}', "line 2 is no operation"],
  ])("with a line that is %s is refused", async (_what, line, message) => {
    await expect(enter(fileOf([person("lost"), line]))).rejects.toThrow(message);
    expect(await record.db.prisma.actor.count({ where: { key: "lost" } })).toBe(0);
  });

  test("that is not UTF-8, or is not there, is refused", async () => {
    const path = fileOf([]);
    writeFileSync(path, Buffer.from([0x7b, 0xff, 0x0a]));
    await expect(enter(path)).rejects.toThrow("line 1 is not UTF-8");
    await expect(enter(join(folder, "nowhere.ndjson"))).rejects.toThrow("cannot be read");
  });
});

test("an import that is killed is taken up where it was, and everything is entered once", async () => {
  const path = fileOf(people("killed", 6_000));
  const importer = fileURLToPath(new URL("./support/bulk-importer.ts", import.meta.url));
  const importing = spawn(process.execPath, ["--import", "tsx", importer, database.url, path], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => importing.once("exit", resolve));
  for await (const text of importing.stdout as AsyncIterable<Buffer>) {
    if (!String(text).includes("line 2000 of 6000")) continue;
    importing.kill("SIGKILL");
    break;
  }
  await ended;
  const before = await held("killed");
  expect([2_000, 4_000, 6_000]).toContain(before);
  expect(await enter(path, 2_000)).toMatchObject({ lines: 6_000, held: before });
  expect(await held("killed")).toBe(6_000);
  expect((await unchained()).rows).toEqual([]);
});
