import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { disagreements } from "../prisma/agreement.ts";
import { draftMigration } from "../prisma/draft.ts";
import { readModelFiles, type ModelFile } from "../prisma/model-file.ts";
import { withSession } from "../src/db/connect.ts";
import { migrate } from "../src/db/migrate.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";

const ours = join(import.meta.dirname, "../prisma/migrations");
const models = readModelFiles();
const withPenalties: ModelFile[] = [
  ...models.map(({ path, content }) => ({
    path,
    content: content.replace("  /// A bridge.", "  /// A river.\n  RIVER\n  /// A bridge."),
  })),
  {
    path: "penalty.prisma",
    content: `/// A measure taken against somebody.
model Penalty {
  id    String @id @db.Uuid
  /// What it is called.
  title String

  @@index([title])
  @@map("penalty")
}
`,
  },
];
const at = new Date("2030-03-01T09:30:05Z");

describe("Drafting a migration", () => {
  let folder: string;
  let scratch: TestDatabase;
  let fresh: TestDatabase;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "chancery-draft-"));
    cpSync(ours, folder, { recursive: true });
    [scratch, fresh] = await Promise.all([cloneDatabase(), cloneDatabase()]);
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await Promise.all([scratch.drop(), fresh.drop()]);
  });

  const contents = () => readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const draft = (files: readonly ModelFile[], options: { noun?: string; at?: Date } = {}) =>
    draftMigration({ url: scratch.ownerUrl, files, folder, noun: "penalty", at, ...options });

  it("writes nothing where the migrations make what the models say", async () => {
    const before = contents();
    expect(await draft(models)).toBeUndefined();
    expect(contents()).toEqual(before);
  });

  it("brings a database to the models, in a folder of its own beside the others", async () => {
    const before = contents();
    const written = await draft(withPenalties, { noun: "penalty-list" });

    expect(written?.tables).toEqual(["penalty"]);
    const name = basename(dirname(written?.path ?? ""));
    expect(name).toBe("20300301093005_penalty_list");
    expect(contents().filter((each) => !before.includes(each))).toEqual([name, join(name, "migration.sql")]);

    expect(await migrate(fresh.ownerUrl, { folder })).toEqual({ applied: [name] });
    expect(await disagreements(fresh.ownerUrl, withPenalties)).toEqual([]);
  });

  it("makes new tables append-only, and leaves the indexes made by hand", async () => {
    const written = await draft(withPenalties);
    expect(readFileSync(written?.path ?? "", "utf8")).not.toContain("DROP");
    await migrate(fresh.ownerUrl, { folder });
    const attempt = (sql: string) => withSession(fresh.ownerUrl, (session) => session.query(sql));
    await attempt("INSERT INTO penalty VALUES ('018f0000-0000-7000-8000-000000000001', 'Frozen accounts')");
    for (const sql of ["UPDATE penalty SET title = ''", "DELETE FROM penalty", "TRUNCATE penalty"]) {
      await expect(attempt(sql)).rejects.toThrow("the record is append-only");
    }
  });

  it("refuses a noun that is none, and a clock behind the last migration", async () => {
    const before = contents();
    await expect(draft(withPenalties, { noun: "../penalty" })).rejects.toThrow("names no migration");
    await expect(draft(withPenalties, { at: new Date("2019-02-06T00:00:00Z") })).rejects.toThrow("Is the clock right?");
    expect(contents()).toEqual(before);
  });

  it("says where a model does not parse", async () => {
    const broken = [...models, { path: "penalty.prisma", content: "model Penalty {\n  id Strng @id\n}\n" }];
    await expect(draft(broken)).rejects.toThrow('Type "Strng" is neither a built-in type');
  });
});
