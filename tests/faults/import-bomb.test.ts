import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Refusal } from "../../src/errors.ts";
import { importBulk } from "../../src/formats/bulk/import-bulk.ts";
import { unfitness } from "../../src/graph/write/unfitness.ts";
import { importDossier } from "../../src/formats/dossier/import-dossier.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { openRecord, type TestRecord } from "../support/record.ts";

let database: TestDatabase;
let record: TestRecord;
const folder = mkdtempSync(join(tmpdir(), "chancery-bomb-"));
beforeAll(async () => {
  database = await cloneDatabase();
  record = openRecord(database.url);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await record.close();
  await database.drop();
});

/** How a file is refused; it must leave the record as it was, and say so in few words, and soon. */
async function refusalOf(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const began = performance.now();
  const refusal: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  expect(performance.now() - began).toBeLessThan(25_000);
  if (!(refusal instanceof Refusal)) throw new Error("It was not refused.", { cause: refusal });
  expect(refusal.message.length).toBeLessThan(4_000);
  expect(await record.db.prisma.changeSet.count()).toBe(0);
  expect(await record.db.prisma.actor.count()).toBe(0);
  const { code, message } = refusal;
  return { code, message };
}

const levels = 100_000;
const million = 1_000_000;
const person = (more: string) => `{"personCreate":{"key":"flavia","name":"Flavia"${more}}}`;

describe("a line of operations", () => {
  test.each<[what: string, line: () => string, message: RegExp]>([
    ["nests without end, in lists", () => person(`,"names":${"[".repeat(levels)}${"]".repeat(levels)}`), /64 levels/],
    ["nests without end, in objects", () => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`, /64 levels/],
    ["nests without end, and never closes", () => "[".repeat(million), /not JSON/],
    [
      "has a million keys",
      () => person(`,${Array.from({ length: million }, (_, n) => `"k${n}":1`).join()}`),
      /1000 keys/,
    ],
    ["has sixteen million characters and one", () => person(`,"x":"${"x".repeat(16_000_001)}"`), /16000000 characters/],
    ["never ends", () => "x".repeat(40_000_000), /16000000 characters/],
    ["gives a key twice", () => person(',"key":"michael"'), /twice/],
    ["has a number that would be altered", () => person(',"seats":9007199254740993'), /9007199254740993/],
    ["names a prototype", () => person(',"__proto__":{"polluted":1}'), /__proto__/],
  ])("that %s is refused, and nothing is entered", { timeout: 60_000 }, async (_what, line, message) => {
    const path = join(folder, "bomb.ndjson");
    writeFileSync(path, `${person("")}\n${line()}\n`);
    const told = await refusalOf(importBulk(record.db, path, { author: "Sapt", say: () => undefined, unfitness }));
    expect(told).toEqual({ code: "BULK_REFUSED", message: expect.stringMatching(/line 2/) as string });
    expect(told.message).toMatch(message);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("a dossier", () => {
  const crisis = "dossier: 1\ncrisis: { key: c, title: A coronation, summary: Everybody came. }\ndocuments: []\n";

  test.each<[what: string, text: () => string, message: RegExp]>([
    [
      "nests without end, in brackets",
      () => `${crisis}actors: ${"[".repeat(levels)}${"]".repeat(levels)}\n`,
      /40 levels/,
    ],
    [
      "nests without end, in braces",
      () => `${crisis}actors: ${"{a: ".repeat(levels)}1${"}".repeat(levels)}\n`,
      /40 levels/,
    ],
    ["nests without end, in dashes", () => `${crisis}actors:\n  ${"- ".repeat(20_000)}x\n`, /40 levels/],
    [
      "nests by indentation",
      () => `${crisis}${Array.from({ length: 2_000 }, (_, n) => `${" ".repeat(n)}a:`).join("\n")}\n`,
      /40 levels/,
    ],
    [
      "has a hundred thousand keys",
      () => `${crisis}${Array.from({ length: million / 10 }, (_, n) => `k${n}: 1`).join("\n")}\n`,
      /k0|no field/,
    ],
    ["is one line of twenty million characters and more", () => `${crisis}note: ${"x".repeat(20_000_001)}\n`, /20 MB/],
  ])("that %s is refused, and nothing is entered", { timeout: 60_000 }, async (_what, text, message) => {
    const told = await refusalOf(importDossier(record.db, text(), { folder, author: "Sapt" }));
    expect(told.code).toBe("DOSSIER_REFUSED");
    expect(told.message).toMatch(message);
  });
});
