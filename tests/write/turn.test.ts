import { afterAll, beforeAll, expect, test } from "vitest";
import { openDb } from "../../src/db/client.ts";
import { lockRecord } from "../../src/db/sql/lock-record.ts";
import { asHolder, type TestRecord } from "../support/record.ts";
import { openEveryKind } from "../support/writing.ts";

let record: TestRecord;

beforeAll(async () => {
  record = await openEveryKind();
});
afterAll(() => record.close());

const clerk = asHolder("clerk", "read", "contribute", "admin");
const write = (at: number) =>
  record.ask(
    "mutation ($input: PersonCreateInput!) { personCreate(input: $input) { __typename } }",
    { input: { reason: "In turn.", key: `turn-${at}`, name: `Turn ${at}` } },
    clerk,
  );

test("writers that wait for another leave the connections to those who read, and all of them come to their turn", async () => {
  const other = openDb(String(record.db.pool.options.connectionString));
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let locked = () => {};
  const begun = new Promise<void>((resolve) => (locked = resolve));
  const holding = other.prisma.$transaction(
    async (tx) => {
      await lockRecord(tx);
      locked();
      await held;
    },
    { timeout: 60_000 },
  );
  await begun;
  const writing = Array.from({ length: 30 }, (_, at) => write(at));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const reading = await Promise.all(
    Array.from({ length: 9 }, () => record.ask("{ people(first: 1) { nodes { name } } }", {}, clerk)),
  );
  expect(reading.map(({ errors }) => errors)).toEqual(reading.map(() => undefined));
  release();
  await holding;
  expect(new Set((await Promise.all(writing)).map(({ data }) => JSON.stringify(data)))).toEqual(
    new Set(['{"personCreate":{"__typename":"PersonSubmitted"}}']),
  );
  await other.close();
}, 60_000);

test("of more than a hundred that wait the rest are told to come again, and nothing of theirs is entered", async () => {
  const answers = await Promise.all(Array.from({ length: 110 }, (_, at) => write(1_000 + at)));
  const turnedAway = answers.filter(({ errors }) => errors);
  expect(turnedAway.length).toBeGreaterThan(0);
  expect(turnedAway.length).toBeLessThan(20);
  expect(turnedAway[0]?.errors?.[0]?.extensions).toMatchObject({ code: "OVERLOADED", retryable: true });
  const keys = { in: Array.from({ length: 110 }, (_, at) => `turn-${1_000 + at}`) };
  const { data } = await record.ask("query ($keys: KeyFilter) { people(filter: { key: $keys }) { totalCount } }", {
    keys,
  });
  expect(data).toEqual({ people: { totalCount: 110 - turnedAway.length } });
}, 60_000);
