import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");

function block(language: string): string {
  const [, found] = new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(text) ?? [];
  if (found === undefined) throw new Error(`README.md has no block of ${language}`);
  return found;
}

let database: TestDatabase;
let record: TestRecord;
beforeAll(async () => {
  database = await cloneSeeded();
  record = openRecord(database.url);
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

test("the README's question has the README's answer", async () => {
  const { data, errors } = await record.ask(block("graphql"));
  expect({ data, errors }).toEqual({ data: JSON.parse(block("json")) as unknown, errors: undefined });
});
