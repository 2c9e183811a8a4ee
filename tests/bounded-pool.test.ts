import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Overloaded, poolUntil } from "../src/db/bounded-pool.ts";
import { openDb, type Db } from "../src/db/client.ts";
import { withSession } from "../src/db/connect.ts";
import { databaseFault } from "../src/db/fault-code.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await cloneDatabase();
  db = openDb(database.url, { max: 2 });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** A statement that is known by a lock for as long as it goes on. */
const long = "select pg_advisory_xact_lock_shared(7777), pg_sleep(4)";

/** How many such statements PostgreSQL is at. */
const going = () =>
  withSession(database.url, async (session) => {
    const text = "select count(*)::int as n from pg_locks where locktype = 'advisory' and objid = 7777";
    return (await session.query<{ n: number }>(text)).rows[0]?.n;
  });

describe("a pool bound to an operation", () => {
  test("answers as the pool does, and leaves its connections to it", async () => {
    const bound = poolUntil(db.pool, new AbortController().signal);
    expect((await bound.query<{ n: number }>("select 7 as n")).rows).toEqual([{ n: 7 }]);
    const client = await bound.connect();
    expect((await client.query<{ n: number }>("select 8 as n")).rows).toEqual([{ n: 8 }]);
    client.release();
    expect({ all: db.pool.totalCount, idle: db.pool.idleCount }).toEqual({ all: 1, idle: 1 });
    const own = Object.keys(bound);
    expect(own).toEqual([]);
  });

  test("passes on what is wrong with a statement", async () => {
    const bound = poolUntil(db.pool, new AbortController().signal);
    await expect(bound.query("select nothing")).rejects.toMatchObject({ code: "42703" });
    expect(db.pool.idleCount).toBe(db.pool.totalCount);
  });

  test("ends its statements in PostgreSQL within a second, with the reason why, and takes no more", async () => {
    const ending = new AbortController();
    const bound = poolUntil(db.pool, ending.signal);
    const ended = [
      bound.query(long),
      bound.connect().then((client) => client.query(long).finally(() => client.release())),
    ].map((statement) =>
      statement.then(
        () => "answered",
        (error: unknown) => error,
      ),
    );
    await expect.poll(going).toBe(2);
    const reason = new Error("nobody listens");
    ending.abort(reason);
    expect(await Promise.all(ended)).toEqual([reason, reason]);
    await expect.poll(going, { timeout: 1_000 }).toBe(0);
    await expect(bound.query("select 1")).rejects.toBe(reason);
    expect((await db.pool.query<{ n: number }>("select 1 as n")).rows).toEqual([{ n: 1 }]);
  });
});

test("of those who wait for a connection, twice as many as there are may; others are turned away at once", async () => {
  const held = await Promise.all([db.pool.connect(), db.pool.connect()]);
  const waiting = Array.from({ length: 4 }, () => db.pool.query("select 1"));
  const turnedAway = await db.pool.query("select 1").catch((error: unknown) => error);
  expect(turnedAway).toBeInstanceOf(Overloaded);
  expect(databaseFault(turnedAway)).toBe("OVERLOADED");
  for (const client of held) client.release();
  expect(await Promise.all(waiting)).toHaveLength(4);
});

test("who waits for two seconds waits no longer", async () => {
  const held = await Promise.all([db.pool.connect(), db.pool.connect()]);
  const started = performance.now();
  const tired = await db.pool.query("select 1").catch((error: unknown) => error);
  expect(databaseFault(tired)).toBe("OVERLOADED");
  expect(performance.now() - started).toBeLessThan(2_500);
  for (const client of held) client.release();
});

test.each([
  ["a statement that takes too long", { code: "57014" }, "TIMEOUT"],
  ["a database that is going down", { code: "57P01" }, "DB_UNAVAILABLE"],
  [
    "nobody who listens",
    new AggregateError([Object.assign(new Error("refused"), { code: "ECONNREFUSED" })]),
    "DB_UNAVAILABLE",
  ],
  ["a full disk", { code: "53100" }, "STORAGE_FULL"],
  [
    "a quota that is used up",
    { code: "XX000", message: 'could not extend file "base/5/2619": Disk quota exceeded' },
    "STORAGE_FULL",
  ],
  ["a word of a full disk that somebody else says", { message: "it said: No space left on device" }, undefined],
  ["a standby", { code: "25006" }, "READ_ONLY"],
  [
    "the same inside an error of Prisma's",
    { code: "P2010", meta: { driverAdapterError: { cause: { originalCode: "25006" } } } },
    "READ_ONLY",
  ],
  ["a wrong statement", { code: "42703" }, undefined],
  ["an error of ours", new TypeError("x is not a function"), undefined],
])("%s is known for what it is", (_name, error, fault) => {
  expect(databaseFault(error)).toBe(fault);
});

test("a database that is read only says so, and stays readable", async () => {
  const given = await db.pool.connect();
  await given.query("set default_transaction_read_only = on");
  const refused = await given.query("create table t (a int)").catch((error: unknown) => error);
  expect(databaseFault(refused)).toBe("READ_ONLY");
  expect((await given.query("select 1")).rowCount).toBe(1);
  given.release(true);
});
