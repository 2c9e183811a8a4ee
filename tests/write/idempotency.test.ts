import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { asHolder, openRecord, type TestRecord } from "../support/record.ts";
import { submit } from "../support/writing.ts";

let database: TestDatabase;
let record: TestRecord;
let second: TestRecord;

beforeAll(async () => {
  database = await cloneDatabase();
  record = openRecord(database.url);
  second = openRecord(database.url);
});
afterAll(async () => {
  await record.close();
  await second.close();
  await database.drop();
});

const fields = "... on PersonSubmitted { person { id key } changeSet { number } }";
const person = (key: string) => ({ reason: "She is in it.", key, name: "Flavia" });
const under = (key: string) => ({ "idempotency-key": key });
const bring = (key: string, name: string, at: TestRecord = record, as?: Record<string, string>) =>
  submit(at, "personCreate", person(name), { fields, headers: under(key), ...(as ? { as } : {}) });

test("the same sent sixteen times over two servers makes one change set, and is told the same", async () => {
  const before = await record.db.prisma.changeSet.count();
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, i) => bring("sixteen", "flavia", i % 2 === 0 ? record : second)),
  );
  expect(answers[0]).toMatchObject({ __typename: "PersonSubmitted", person: { key: "flavia" } });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(await record.db.prisma.changeSet.count()).toBe(before + 1);
});

test("without a key of the kind it is done again, and refused where it was done", async () => {
  expect(await submit(record, "personCreate", person("sapt"), { fields })).toMatchObject({
    __typename: "PersonSubmitted",
  });
  expect(await submit(record, "personCreate", person("sapt"), { fields })).toMatchObject({
    __typename: "DuplicateError",
  });
});

test("another request under the same key is a mismatch, and enters nothing", async () => {
  await bring("mismatch", "fritz");
  const before = await record.db.prisma.changeSet.count();
  const response = await record.fetch("/graphql", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json",
      ...asHolder("clerk", "read", "contribute", "admin"),
      ...under("mismatch"),
    },
    body: JSON.stringify({
      query: `mutation { personCreate(input: { reason: "x", key: "hentzau", name: "H" }) { __typename } }`,
    }),
  });
  expect(response.status).toBe(422);
  const { errors } = (await response.json()) as { errors: { extensions: object }[] };
  expect(errors[0]?.extensions).toMatchObject({ code: "IDEMPOTENCY_MISMATCH" });
  expect(await record.db.prisma.changeSet.count()).toBe(before);
});

test("a key is that of who sends it: another holder's is another", async () => {
  await bring("shared", "helga");
  const told = await bring("shared", "helga", record, asHolder("other", "read", "contribute", "admin"));
  expect(told["__typename"]).toBe("DuplicateError");
});

test("what was refused is judged anew when it is sent again", async () => {
  const state = { ...person("gallia"), name: " " };
  const options = { fields, headers: under("again") };
  expect(await submit(record, "personCreate", state, options)).toMatchObject({ __typename: "ValidationError" });
  expect(await submit(record, "personCreate", state, options)).toMatchObject({ __typename: "ValidationError" });
});

test.each(["", "with space", "ö", "x".repeat(256)])("the key %j is none", async (key) => {
  const headers = new Headers({ "content-type": "application/json", ...asHolder("clerk", "contribute", "admin") });
  try {
    headers.set("idempotency-key", key);
  } catch {
    return; // What no header can hold does not come.
  }
  const body = JSON.stringify({
    query: `mutation { personCreate(input: { reason: "x", key: "k", name: "K" }) { __typename } }`,
  });
  const response = await record.fetch("/graphql", { method: "POST", headers, body });
  const { errors } = (await response.json()) as { errors?: { extensions: object; message: string }[] };
  expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT" });
  expect(errors?.[0]?.message).toContain("Idempotency-Key");
});

test("answers are kept for a day at least, and not for ever", async () => {
  await bring("old", "osra");
  const { prisma } = record.db;
  await prisma.idempotency.updateMany({
    where: { idempotencyKey: "old" },
    data: { at: new Date(Date.now() - 86_000_000) },
  });
  await bring("newer", "osra-2");
  expect(await prisma.idempotency.count({ where: { idempotencyKey: "old" } })).toBe(1);
  await prisma.idempotency.updateMany({
    where: { idempotencyKey: "old" },
    data: { at: new Date(Date.now() - 87_000_000) },
  });
  await bring("newest", "osra-3");
  expect(await prisma.idempotency.count({ where: { idempotencyKey: "old" } })).toBe(0);
});
