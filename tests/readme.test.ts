import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { submits } from "../src/graph/scope.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
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

test("the README's first mutation is the playground's, and enters all of it into the founding record", async () => {
  const mutation = block("graphql", "mutation");
  const example = readFileSync(new URL("../examples/writing-1-submit.graphql", import.meta.url), "utf8");
  expect(example.endsWith(mutation)).toBe(true);
  const { data, errors } = await record.ask(mutation, {}, clerk);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({
    changeSetSubmit: {
      proposal: null,
      items: [{ ref: "ruritania" }, { ref: "gazette" }, { ref: null }, { ref: null }],
    },
  });
  const read = await record.ask(
    `{ recognitions(filter: { key: { eq: "recognition-ruritania-guaido" } }) { nodes { recogniser { key } evidence { passage { exact } } } } }`,
  );
  expect(read.data).toMatchObject({
    recognitions: {
      nodes: [
        {
          recogniser: { key: "state-ruritania" },
          evidence: [{ passage: { exact: "Ruritania recognises Juan Guaidó as president of Venezuela" } }],
        },
      ],
    },
  });
});

test("the README's keys have the scopes that its words give them, as the command takes them", () => {
  const made = [...text.matchAll(/^ {4}npm run key -- create "(\w+)"((?: --scope \w+)+)$/gm)].map(
    ([, name, given = ""]) =>
      [
        name,
        given
          .trim()
          .split(/ ?--scope /)
          .slice(1),
      ] as const,
  );
  expect(Object.fromEntries(made)).toEqual({
    Archive: ["read", "contribute", submits.entersWith],
    Volunteer: ["read", submits.scope],
    Editor: ["read", "review"],
  });
});
