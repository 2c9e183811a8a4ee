import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Overloaded } from "../../src/db/bounded-pool.ts";
import { openDb, type Db } from "../../src/db/client.ts";
import { withSession } from "../../src/db/connect.ts";
import { Pace } from "../../src/plan/pace.ts";
import { Queue } from "../../src/plan/queue.ts";
import { Statements, type Statement } from "../../src/plan/statement.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let db: Db;
let queue: Queue;
let report: { alone: number; together: number };
beforeAll(async () => {
  database = await cloneDatabase();
  db = openDb(database.url, { max: 3 });
});
beforeEach(() => {
  report = { alone: 0, together: 0 };
  // Of three connections, one is for plans.
  queue = new Queue(db.pool, new Statements(), report);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const ms = `extract(epoch from clock_timestamp() - statement_timestamp()) * 1000`;
let made = 0;
const statementOf = (text: string): Statement => ({
  text: `select ${text}, 7, ${ms}`,
  name: `made_${(made += 1)}`,
  pace: new Pace(),
});

/** A statement that was sent before, and so is known to be quick. */
async function quick(text: string, ...values: unknown[]): Promise<Statement> {
  const statement = statementOf(text);
  await queue.send(statement, values);
  return statement;
}

const settled = (sent: Promise<readonly unknown[]>) =>
  sent.then(
    ([text]) => text,
    (error: unknown) => error as Error,
  );
/** Sends a statement with each of these values at once. */
const sendAll = (statement: Statement, lists: readonly (readonly unknown[])[], signal?: AbortSignal) =>
  Promise.all(lists.map((values) => settled(queue.send(statement, values, signal))));

describe("statements of one kind that come while one is under way", () => {
  test("go together, and each is answered by its own values", async () => {
    const echo = await quick(
      `concat_ws('|', $1::text, $2::int, $3::bool, $4::timestamptz, $5::bytea, '$1''"')`,
      "",
      0,
      true,
      null,
      null,
    );
    const at = new Date("2019-01-23T17:00:00.000Z");
    const lists = [
      ["a", 1, true, null, null],
      ['{"b", \\, NULL}', -2, false, at, Buffer.from([0, 255])],
      [null, null, null, null, null],
      ["é\u{1f451}\n$1", 4, true, new Date(0), Buffer.alloc(0)],
    ];
    const alone = [];
    for (const values of lists) alone.push((await queue.send(echo, values))[0]);
    expect(report.together).toBe(0);
    expect(await sendAll(echo, lists)).toEqual(alone);
    expect(new Set(alone).size).toBe(lists.length);
    expect(report.together).toBe(3);
  });

  test("fail by themselves where one of them fails", async () => {
    const inverse = await quick("(1 / $1::int)::text", 1);
    const told = await sendAll(inverse, [[1], [1], [0], [-1]]);
    expect(told).toEqual(["1", "1", expect.objectContaining({ code: "22012" }), "-1"]);
    expect(report.together).toBe(0);
    expect(await sendAll(inverse, [[1], [-1], [1]])).toEqual(["1", "-1", "1"]);
  });

  test("are answered though one of them leaves, and stop when all have left", async () => {
    const wait = await quick("pg_advisory_xact_lock_shared(7778)::text || pg_sleep($1::float8)::text", 0);
    const [leaving, staying] = [new AbortController(), new AbortController()];
    const going = () =>
      withSession(database.url, async (session) => {
        const text = "select count(*)::int as n from pg_locks where locktype = 'advisory' and objid = 7778";
        return (await session.query<{ n: number }>(text)).rows[0]?.n;
      });
    const first = settled(queue.send(wait, [0.2]));
    const left = settled(queue.send(wait, [0], leaving.signal));
    const others = sendAll(wait, [[0], [0]], staying.signal);
    leaving.abort(new Error("gone"));
    expect([await left, await first, ...(await others)]).toEqual([new Error("gone"), "", "", ""]);
    const long = sendAll(wait, [[4], [4]], staying.signal);
    await expect.poll(going, { timeout: 3_000 }).toBe(1);
    staying.abort(new Error("gone too"));
    expect(await long).toEqual([new Error("gone too"), new Error("gone too")]);
    await expect.poll(going, { timeout: 2_500 }).toBe(0);
    expect(await settled(queue.send(wait, [0]))).toBe("");
  });

  test("go on together behind one that takes unlike long, where there is a connection", async () => {
    const wide = openDb(database.url, { max: 4 });
    queue = new Queue(wide.pool, new Statements(), report);
    const wait = await quick("pg_sleep($1::float8)::text", 0);
    const order: string[] = [];
    const slow = queue.send(wait, [1.5]).then(() => order.push("slow"));
    const others = Array.from({ length: 60 }, () => queue.send(wait, [0]).then(() => order.push("quick")));
    await Promise.all([slow, ...others]);
    expect(order).toEqual([...Array.from({ length: 60 }, () => "quick"), "slow"]);
    expect(report.together).toBeGreaterThan(50);
    await wide.close();
  });

  test("go by themselves, as many at a time as may, after they failed together", async () => {
    const wide = openDb(database.url, { max: 6 });
    queue = new Queue(wide.pool, new Statements(), report);
    const inverse = await quick("(1 / $1::int)::text || pg_sleep(abs($1::int) * $2::float8)::text", 1, 0);
    const first = queue.send(inverse, [1, 0.05]);
    const told = sendAll(inverse, [[0, 0], ...Array.from({ length: 7 }, () => [1, 0.3])]);
    await first;
    await expect.poll(() => wide.pool.totalCount - wide.pool.idleCount, { interval: 5 }).toBe(4);
    expect((await told).slice(1)).toEqual(Array.from({ length: 7 }, () => "1"));
    await wide.close();
  });

  test("still go together after all who asked for one have left", async () => {
    const wait = await quick("pg_sleep($1::float8)::text", 0);
    const leaving = new AbortController();
    const left = sendAll(wait, [[0.02], [4], [4]], leaving.signal);
    await expect.poll(() => report.alone, { interval: 5 }).toBe(2);
    leaving.abort(new Error("gone"));
    expect((await left).slice(1)).toEqual([new Error("gone"), new Error("gone")]);
    expect(await sendAll(wait, [[0], [0], [0]])).toEqual(["", "", ""]);
    expect(report).toEqual({ alone: 3, together: 2 });
  });
});

test("a pool that has no connection for a while is waited for, and nobody is turned away", async () => {
  const held = await Promise.all([1, 2, 3].map(() => db.pool.connect()));
  const behind = Array.from({ length: 6 }, () => db.pool.connect().then((client) => client.release()));
  const statements = ["'a'", "'b'", "'c'", "'d'"].map((text) => statementOf(`${text} || $1::text`));
  const told = Promise.all(statements.map((each) => settled(queue.send(each, ["!"]))));
  await new Promise((resolve) => setTimeout(resolve, 100));
  for (const client of held) client.release();
  expect(await told).toEqual(["a!", "b!", "c!", "d!"]);
  await Promise.all(behind);
});

test("a statement that is refused takes no connection with it", async () => {
  const narrow = openDb(database.url, { max: 3 });
  queue = new Queue(narrow.pool, new Statements(), report);
  const inverse = await quick("pg_backend_pid()::text || 1 / $1::int", 1);
  const [before] = await queue.send(inverse, [1]);
  for (const values of [[[0]], [[1], [0], [1]]]) {
    expect(await sendAll(inverse, values)).toContainEqual(expect.objectContaining({ code: "22012" }));
  }
  expect((await queue.send(inverse, [1]))[0]).toBe(before);
  await narrow.close();
});

test("short lists go together with others, whatever is in them", async () => {
  const lists = [
    [["a", "b"], [1, -2], [true]],
    [['{"b", \\, NULL}', "NULL", "", " ", "null", 'a"b\\"c'], [], [null, false]],
    [[null, "é\u{1f451}\n$1", "{}", "x,y"], [0], null],
    [[], null, []],
  ];
  const told = await quick(
    "to_json($1::text[])::text || coalesce($2::int[]::text, '-') || coalesce($3::bool[]::text, '-')",
    [],
    [],
    [],
  );
  const alone = [];
  for (const values of lists) alone.push((await queue.send(told, values))[0]);
  expect(await sendAll(told, lists)).toEqual(alone);
  expect([new Set(alone).size, report.together]).toEqual([4, 3]);
});

test("long lists and texts go by themselves", async () => {
  const first = await quick("($1::text[])[1]", ["x"]);
  const long = (word: string) => [Array.from({ length: 21 }, () => word)];
  expect(await sendAll(first, [long("a"), long("b"), long("c")])).toEqual(["a", "b", "c"]);
  const size = await quick("length($1::text)::text", "x");
  expect(await sendAll(size, [["a"], ["b".repeat(2_000)], ["c".repeat(2_000)]])).toEqual(["1", "2000", "2000"]);
  expect(report.together).toBe(0);
});

test("whoever would wait behind too many, or too long, is told so", async () => {
  const wait = statementOf("pg_sleep($1::float8)::text");
  // Six may wait for the one connection; not being known as quick, none goes with another.
  const told = await sendAll(
    wait,
    Array.from({ length: 9 }, () => [2.5]),
  );
  expect(told.slice(7)).toEqual([new Overloaded(), new Overloaded()]);
  expect(told[0]).toBe("");
  expect(told.slice(1, 7).filter((each) => each instanceof Overloaded)).toHaveLength(6);
});

test("what does not go well together goes by itself for a while, and longer each time", () => {
  let now = 0;
  const pace = new Pace(() => now);
  expect(pace.most).toBe(1);
  pace.note(0.1, 1);
  expect(pace.most).toBeGreaterThan(1);
  expect(pace.width).toBe(1);
  for (const apartMs of [1_000, 2_000]) {
    pace.note(40, 4);
    expect([pace.most, pace.width]).toEqual([1, Infinity]);
    now += apartMs - 1;
    expect(pace.most).toBe(1);
    now += 1;
    expect(pace.most).toBeGreaterThan(1);
  }
  const slow = new Pace();
  slow.note(20, 1);
  expect(slow.most).toBe(1);
});
