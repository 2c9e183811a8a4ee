import { spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kinds } from "../bench/import/fact-line.ts";
import { makeFile } from "../bench/import/file.ts";
import { importBulk } from "../src/formats/bulk/import-bulk.ts";
import { unfitness } from "../src/graph/write/unfitness.ts";
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
  importBulk(record.db, path, { author: "Sapt", say: () => undefined, unfitness, linesAtOnce });
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
    [
      "a field that the API has not",
      '{"personCreate":{"key":"michael","name":"Michael","kind":"STATE"}}',
      'line 2: personCreate: Field "kind" is not defined',
    ],
    [
      "a field deep in it that the API has not",
      '{"stanceAssert":{"crisis":{"key":"x"},"key":"x","says":{"actor":{"key":"x"},"towards":{"key":"x"},"stanceKind":"BACKS","evidence":[{"quote":"x"}]}}}',
      'line 2: stanceAssert.says.evidence.0: Field "quote" is not defined',
    ],
    ["no input of the API", '{"placeCreate":{"key":"x","name":7}}', "line 2: placeCreate.name: String cannot"],
    ["two operations", '{"personCreate":{},"stateCreate":{}}', "line 2 is no operation"],
  ])("with a line that is %s is refused", async (_what, line, message) => {
    await expect(enter(fileOf([person("lost"), line]))).rejects.toThrow(message);
    expect(await record.db.prisma.actor.count({ where: { key: "lost" } })).toBe(0);
  });

  test("that grows while it is read is entered as far as it was looked through", async () => {
    const path = fileOf(people("growing", 12_000));
    let grown = false;
    const say = () => {
      if (!grown) appendFileSync(path, `\n${JSON.stringify(person("growing-late"))}`);
      grown = true;
    };
    const told = await importBulk(record.db, path, { author: "Sapt", say, unfitness, linesAtOnce: 2_000 });
    expect(told).toMatchObject({ lines: 12_000, changeSets: 6 });
    expect([grown, await held("growing")]).toEqual([true, 12_000]);
  }, 60_000);

  test("that is altered while it is read is not entered to its end", async () => {
    const path = fileOf(people("altered", 9_000));
    let altered = false;
    const say = () => {
      if (!altered) writeFileSync(path, readFileSync(path, "utf8").replace("altered-8999", "altered-2001"));
      altered = true;
    };
    const told = importBulk(record.db, path, { author: "Sapt", say, unfitness, linesAtOnce: 300 });
    await expect(told).rejects.toThrow("was changed while it was read");
    expect(await held("altered")).toBeLessThan(9_000);
  }, 60_000);

  test.each([1, 2, 3, 9_000, 40_000])("that is not UTF-8 in line %i is told that line", async (line) => {
    const path = fileOf([]);
    const lines = Array.from({ length: 40_001 }, (_, at) => JSON.stringify(person(`caf\u00E9-${at}`)));
    const text = Buffer.from(lines.join("\n"));
    const before = lines.slice(0, line - 1).join("\n");
    text[Buffer.byteLength(before) + 5] = 0xff;
    writeFileSync(path, text);
    await expect(enter(path)).rejects.toThrow(`line ${line} is not UTF-8`);
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

test("The file by which imports are measured is one that the record takes, with facts of every kind it has", async () => {
  const path = join(folder, "facts.ndjson");
  await makeFile(path, 400);
  expect(await enter(path, 2_500)).toMatchObject({ held: 0 });
  const facts = { where: { key: { startsWith: "fact-" } } };
  expect(await record.db.prisma.record.count(facts)).toBe(400);
  const found = await record.db.prisma.record.groupBy({ by: ["kind"], ...facts });
  expect(found).toHaveLength(Object.keys(kinds).length);
});
