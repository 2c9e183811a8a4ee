import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { disagreements } from "../prisma/agreement.ts";
import { readModelFiles, type ModelFile } from "../prisma/model-file.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";

const models = readModelFiles();

/** The models with one thing changed. */
function changed(from: string | RegExp, to: string): ModelFile[] {
  const after = models.map(({ path, content }) => ({ path, content: content.replace(from, to) }));
  expect(after).not.toEqual(models);
  return after;
}

describe("The models beside the migrated database", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  it("agree, and what SQL says beyond them is no quarrel", async () => {
    expect(await disagreements(database.url, models)).toEqual([]);
  });

  it.each([
    [
      "a column that no migration made",
      /(seats +Int\?)/,
      "$1\n  /// A note.\n  note String?",
      'ADD COLUMN     "note" TEXT',
    ],
    ["a column that may no longer be empty", /seats( +)Int\?/, "seats$1Int ", 'ALTER COLUMN "seats" SET NOT NULL'],
    ["another type", /seats( +)Int\?/, "seats$1String?", 'ALTER COLUMN "seats" SET DATA TYPE TEXT'],
    [
      "an index that no migration made",
      "@@unique([actorId, ordinal])",
      "@@unique([actorId, ordinal])\n  @@index([script])",
      '"name_script_idx"',
    ],
    ["an index that the models gave up", "  @@index([folded])\n", "", 'DROP INDEX "name_folded_idx"'],
    [
      "a unique that no migration made",
      "@@index([folded])",
      "@@index([folded])\n  @@unique([folded])",
      "CREATE UNIQUE INDEX",
    ],
    ["a value that an enum lacks", "  /// A bridge.", "  /// A river.\n  RIVER\n  /// A bridge.", "ADD VALUE 'RIVER'"],
    [
      "another order of values",
      /( {2}\/\/\/ A bridge\.\n {2}BRIDGE\n)([\s\S]*?)(?=\n {2}@@map\("place_kind)/,
      "$2$1",
      "enum PlaceKind: the models order its values",
    ],
    [
      "a name that is not ours",
      '@map("geonames_id")',
      '@map("geonames")',
      "Place.geonamesId is called geonames in the database and would be geonames_id.",
    ],
    [
      "a model without words",
      "/// Somewhere on earth where things happen.\n",
      "",
      "model Place does not say what it means",
    ],
    ["a column without words", "  /// What the office is called.\n", "", "Position.title does not say what it means"],
    ["a value without words", "  /// A bridge.\n", "", "PlaceKind.BRIDGE does not say what it means"],
  ])("differ by %s, and it is told", async (_what, from, to, told) => {
    const found = await disagreements(database.url, changed(from, to));
    expect(found.join("\n")).toContain(told);
  });
});
