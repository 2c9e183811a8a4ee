import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withSession } from "../src/db/connect.ts";
import { migrate } from "../src/db/migrate.ts";
import { cloneDatabase, cloneFilled, type TestDatabase } from "./support/database.ts";

const ask = (url: string, sql: string) =>
  withSession(url, async (session) => (await session.query<Record<string, unknown>>(sql)).rows);

describe("The database of a test file", () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    [first, second] = await Promise.all([cloneDatabase(), cloneDatabase()]);
  });
  afterAll(() => Promise.all([first.drop(), second.drop()]));

  it("is migrated already, and holds nothing", async () => {
    expect(await migrate(first.url)).toEqual({ applied: [] });
    expect(await ask(first.url, "SELECT count(*)::int AS actors FROM actor")).toEqual([{ actors: 0 }]);
  });

  it("is nobody else's", async () => {
    await ask(first.ownerUrl, "CREATE TABLE scribble (word text)");
    expect(await ask(second.url, "SELECT to_regclass('scribble') AS scribble")).toEqual([{ scribble: null }]);
  });

  it("keeps its time in UTC, as the one it was cloned from", async () => {
    expect(await ask(first.url, "SHOW timezone")).toEqual([{ TimeZone: "UTC" }]);
  });
});

describe("A database that is filled before it is cloned", () => {
  const clones: TestDatabase[] = [];
  afterAll(() => Promise.all(clones.map((clone) => clone.drop())));

  it("is filled once, whoever asks for it at the same time", async () => {
    let times = 0;
    const fill = async (_url: string, ownerUrl: string) => {
      times += 1;
      await ask(ownerUrl, "CREATE TABLE scribble AS SELECT 'Guaidó' AS word");
    };
    clones.push(...(await Promise.all([1, 2, 3].map(() => cloneFilled("scribbled", fill)))));
    expect(times).toBe(1);
    for (const { ownerUrl } of clones)
      expect(await ask(ownerUrl, "SELECT word FROM scribble")).toEqual([{ word: "Guaidó" }]);
  });

  it("is not there when filling it fails, and the next one tries again", async () => {
    const fail = () => Promise.reject(new Error("no quotation stands there"));
    await expect(cloneFilled("failing", fail)).rejects.toThrow("no quotation stands there");
    const clone = await cloneFilled("failing", async (_url, ownerUrl) => {
      await ask(ownerUrl, "CREATE TABLE scribble ()");
    });
    clones.push(clone);
    expect(await ask(clone.url, "SELECT to_regclass('scribble')::text AS scribble")).toEqual([
      { scribble: "scribble" },
    ]);
  });
});
