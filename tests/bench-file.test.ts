import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFile } from "../bench/import/file.ts";
import { kinds } from "../bench/import/fact-line.ts";
import { importBulk } from "../src/formats/bulk/import-bulk.ts";
import { unfitness } from "../src/graph/write/unfitness.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
const folder = mkdtempSync(join(tmpdir(), "chancery-bench-file-"));
beforeAll(async () => {
  database = await cloneDatabase();
  record = openRecord(database.url);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await record.close();
  await database.drop();
});

test("The file by which imports are measured is one that the record takes, with facts of every kind it has", async () => {
  const path = join(folder, "facts.ndjson");
  await makeFile(path, 400);
  const { lines, held } = await importBulk(record.db, path, { author: "bench", say: () => undefined, unfitness });
  expect([lines > 400, held]).toEqual([true, 0]);
  expect(await record.db.prisma.assertion.count()).toBe(400);
  const found = await record.db.prisma.record.groupBy({ by: ["kind"] });
  expect(found).toHaveLength(Object.keys(kinds).length);
});
