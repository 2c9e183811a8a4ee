import { afterAll, beforeAll, expect, test } from "vitest";
import { openDb } from "../../src/db/client.ts";
import { lockRecord } from "../../src/db/sql/lock-record.ts";
import { inTurn } from "../../src/record/change-set.ts";
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

/** Another server on the database that writes until it is told to end. */
async function openWriter(): Promise<{ end: () => Promise<void> }> {
  const other = openDb(String(record.db.pool.options.connectionString));
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let locked = () => {};
  const begun = new Promise<void>((resolve) => (locked = resolve));
  const writing = other.prisma.$transaction(
    async (tx) => {
      await lockRecord(tx);
      locked();
      await held;
    },
    { timeout: 60_000 },
  );
  await begun;
  const end = async () => {
    release();
    await writing;
    await other.close();
  };
  return { end };
}

test("writers that wait for another leave the connections to those who read, and all of them come to their turn", async () => {
  const other = await openWriter();
  const writing = Array.from({ length: 30 }, (_, at) => write(at));
  await new Promise((resolve) => setTimeout(resolve, 500));
  const reading = await Promise.all(
    Array.from({ length: 9 }, () => record.ask("{ people(first: 1) { nodes { name } } }", {}, clerk)),
  );
  expect(reading.map(({ errors }) => errors)).toEqual(reading.map(() => undefined));
  await other.end();
  expect(new Set((await Promise.all(writing)).map(({ data }) => JSON.stringify(data)))).toEqual(
    new Set(['{"personCreate":{"__typename":"PersonSubmitted"}}']),
  );
}, 60_000);

test("a writer waits so long in all, for those of its own server and for those of another", async () => {
  const other = await openWriter();
  const wait = async () => {
    const began = performance.now();
    const error: unknown = await inTurn(record.db, () => Promise.resolve(), 1_000).catch((told: unknown) => told);
    return { error, took: performance.now() - began };
  };
  const waits = [wait()];
  await new Promise((resolve) => setTimeout(resolve, 400));
  // These wait for the first, which gives up while they still have time to wait for the other server.
  waits.push(wait(), wait());
  for (const { error, took } of await Promise.all(waits)) {
    expect(error).toMatchObject({ code: "OVERLOADED" });
    expect(took).toBeGreaterThan(990);
    expect(took).toBeLessThan(1_350);
  }
  await other.end();
  expect(await inTurn(record.db, () => Promise.resolve("in turn"), 1_000)).toBe("in turn");
});

test("a change waits for other locks as long as ever, however little was left when its turn came", async () => {
  const told = await inTurn(
    record.db,
    (tx) =>
      tx.$queryRaw<
        object[]
      >`select current_setting('lock_timeout') as "lock", current_setting('statement_timeout') as "statement"`,
    50,
  );
  expect(told).toEqual([{ lock: "20s", statement: "1min" }]);
});

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
