import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withSession } from "../src/db/connect.ts";
import { migrate } from "../src/db/migrate.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";

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
    await ask(first.url, "CREATE TABLE scribble (word text)");
    expect(await ask(second.url, "SELECT to_regclass('scribble') AS scribble")).toEqual([{ scribble: null }]);
  });

  it("keeps its time in UTC, as the one it was cloned from", async () => {
    expect(await ask(first.url, "SHOW timezone")).toEqual([{ TimeZone: "UTC" }]);
  });
});
