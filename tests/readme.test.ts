import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importDossier } from "../src/formats/dossier/import-dossier.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { everyKind } from "./support/every-kind.ts";
import { openRecord, type TestRecord } from "./support/record.ts";
import { clerk } from "./support/writing.ts";

const text = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The first block in a language, or the first that begins so. */
function block(language: string, beginning = ""): string {
  const [, found] = new RegExp(`\`\`\`${language}\n(${beginning}[^]*?)\`\`\``).exec(text) ?? [];
  if (found === undefined) throw new Error(`README.md has no block of ${language} that begins ${beginning}`);
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

test("the README's mutation enters what it says, where the crisis, the office and the gazette are on record", async () => {
  // There he has another name: the mutation brings him in.
  await importDossier(record.db, everyKind.replaceAll("rudolf", "rudolph"), { folder: ".", author: "the founder" });
  const { data, errors } = await record.ask(block("graphql", "mutation"), {}, clerk);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ changeSetSubmit: { proposal: null, items: [{ ref: "rudolf" }, { ref: null }] } });
  const read = await record.ask(`{ occupancies(filter: { key: { eq: "rudolf-king" } }) { nodes { holder { key } } } }`);
  expect(read.data).toEqual({ occupancies: { nodes: [{ holder: { key: "rudolf" } }] } });
});
