import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { BoundedPool, poolUntil } from "../src/db/bounded-pool.ts";
import { openDb } from "../src/db/client.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneSeeded();
});
afterAll(() => database.drop());

function openPool(max: number) {
  const pool = new BoundedPool({
    connectionString: database.url,
    max,
    idleTimeoutMillis: 50,
    connectionTimeoutMillis: 2_000,
  });
  onTestFinished(() => void pool.cut());
  return pool;
}

const gone = new Error("who asked is gone");
const never = new AbortController().signal;

describe("a pool for one operation", () => {
  test("leaves no connection on the books of the pool beneath once it was closed for idleness", async () => {
    const pool = openPool(2);
    const session = await poolUntil(pool, never).connect();
    session.release();
    await expect.poll(() => pool.totalCount).toBe(0);
    await poolUntil(pool, never).query("select 1");
    await pool.end();
  });

  test("cuts a connection that is held when the operation ends, and gives it back once", async () => {
    const pool = openPool(1);
    const ending = new AbortController();
    const session = await poolUntil(pool, ending.signal).connect();
    const asked = session.query("select pg_sleep(30)");
    ending.abort(gone);
    await expect(asked).rejects.toBe(gone);
    await expect(session.query("select 1")).rejects.toBe(gone);
    session.release();
    expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  test("gives back at once a connection that comes when the operation has ended", async () => {
    const pool = openPool(1);
    const ending = new AbortController();
    const holder = await pool.connect();
    const late = poolUntil(pool, ending.signal).connect();
    ending.abort(gone);
    holder.release();
    await expect(late).rejects.toBe(gone);
    expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  test("leaves a connection as it was for whoever has it next", async () => {
    const pool = openPool(1);
    const ending = new AbortController();
    await poolUntil(pool, ending.signal).query("select 1");
    const next = await pool.connect();
    ending.abort(gone);
    expect((await next.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
    next.release();
    await pool.end();
  });
});

describe("closing a database", () => {
  test("cuts after some seconds a connection that nobody gives back, and says so", async () => {
    const warnings: string[] = [];
    const db = openDb(database.url, { warn: (line) => warnings.push(line) });
    const leaked = await db.pool.connect();
    const started = performance.now();
    await db.close();
    expect(performance.now() - started).toBeLessThan(8_000);
    expect(warnings.join(" ")).toContain("Cut 1 connections");
    await expect(leaked.query("select 1")).rejects.toThrow();
  });

  test("is quick and silent where everything was given back", async () => {
    const warnings: string[] = [];
    const db = openDb(database.url, { warn: (line) => warnings.push(line) });
    await Promise.all(Array.from({ length: 5 }, () => db.pool.query("select 1")));
    await db.close();
    expect(warnings).toEqual([]);
  });
});
