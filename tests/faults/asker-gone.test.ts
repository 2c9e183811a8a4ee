import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createKey } from "../../src/access/register.ts";
import { openDb } from "../../src/db/client.ts";
import { openServer, type TestServer } from "../support/server.ts";
import { ask, codeOf } from "./caller.ts";

let server: TestServer;
let watcher: pg.Client;
/** A session that locks; it would see no news of others while it does. */
let locker: pg.Client;
let headers: Record<string, string>;
beforeAll(async () => {
  server = await openServer({ CHANCERY_LOG: "off", CHANCERY_CACHE: "off" });
  watcher = new pg.Client({ connectionString: server.ownerUrl });
  locker = new pg.Client({ connectionString: server.ownerUrl });
  await Promise.all([watcher.connect(), locker.connect()]);
  const db = openDb(server.databaseUrl);
  const key = { name: "Desk", scopes: ["contribute", "admin"] as const, expiresAt: null, createdBy: "a test" };
  headers = { authorization: `Bearer ${(await createKey(db, key)).secret}` };
  await db.close();
});
afterAll(async () => {
  await Promise.all([watcher.end(), locker.end()]);
  await server.close();
});

/** How many statements of others wait for a lock. */
async function waiting(): Promise<number> {
  const { rows } = await watcher.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and state = 'active' and wait_event_type = 'Lock'`,
  );
  return rows[0]?.n ?? -1;
}

const people = "query ($first: Int!) { people(first: $first) { nodes { name } } }";

test("the statement of a query whose asker hangs up is gone within a second, and its connection free", async () => {
  await ask(people, { ...server, variables: { first: 1 } });
  await locker.query("begin; lock table actor in access exclusive mode");
  try {
    const leaving = new AbortController();
    const asked = Array.from({ length: 10 }, (_, n) =>
      ask(people, { ...server, variables: { first: n + 1 }, signal: leaving.signal }).then(
        () => "answered",
        (error: unknown) => (error as Error).name,
      ),
    );
    await expect.poll(waiting, { timeout: 2_500, interval: 20 }).toBe(8);
    leaving.abort();
    const left = performance.now();
    expect(new Set(await Promise.all(asked))).toEqual(new Set(["AbortError"]));
    // Were they not ended, the wait for the lock would be, after three seconds in all.
    await expect.poll(waiting, { timeout: 1_500, interval: 20 }).toBe(0);
    expect(performance.now() - left).toBeLessThan(1_500);
    expect((await ask("{ crises(first: 1) { nodes { key } } }", server)).status).toBe(200);
  } finally {
    await locker.query("rollback");
  }
});

const pair = `mutation ($operations: [OperationInput!]!) {
  changeSetSubmit(input: { reason: "Two guests.", operations: $operations }) { __typename } }`;

test("a mutation whose asker hangs up, whenever that is, is entered whole or not at all", async () => {
  const submit = (n: number, signal?: AbortSignal) => {
    const operations = ["a", "b"].map((side) => ({ personCreate: { key: `left-${n}-${side}`, name: "A guest" } }));
    return ask(pair, { ...server, headers, variables: { operations }, ...(signal ? { signal } : {}) });
  };
  const rounds = 18;
  const answered = [rounds, rounds + 1];
  expect(codeOf(await submit(rounds))).toBeNull();
  const again = performance.now();
  expect(codeOf(await submit(rounds + 1))).toBeNull();
  let span = performance.now() - again;
  for (let n = 0; n < rounds; n++) {
    const leaving = new AbortController();
    const asked = submit(n, leaving.signal).then(
      () => true,
      () => false,
    );
    // From at once to about when the answer comes, which is sooner than was thought where it has come already.
    await sleep((span * (n % 6)) / 5);
    leaving.abort();
    if (!(await asked)) continue;
    answered.push(n);
    span *= 0.8;
  }
  expect(answered.length).toBeLessThanOrEqual(2 + (2 * rounds) / 3);
  const underWay = async () =>
    (
      await watcher.query(
        "select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null",
      )
    ).rowCount;
  await expect.poll(underWay).toBe(0);
  const { rows } = await watcher.query<{ pair: string; people: number; sets: number }>(
    `select left(key, -2) as pair, count(*)::int as people, count(distinct created_in)::int as sets
     from actor where key like 'left-%' group by 1`,
  );
  for (const { pair: name, people, sets } of rows) expect([name, people, sets]).toEqual([name, 2, 1]);
  const entered = rows.map(({ pair: name }) => name);
  expect(entered).toEqual(expect.arrayContaining(answered.map((n) => `left-${n}`)));
});

test("a mutation that has begun to write is done though nobody hears of it", async () => {
  await locker.query("begin; lock table actor in share mode");
  const leaving = new AbortController();
  const operations = ["a", "b"].map((side) => ({ personCreate: { key: `unheard-${side}`, name: "A guest" } }));
  const asked = ask(pair, { ...server, headers, variables: { operations }, signal: leaving.signal }).catch(
    (error: unknown) => (error as Error).name,
  );
  await expect.poll(waiting, { timeout: 2_500, interval: 20 }).toBe(1);
  leaving.abort();
  expect(await asked).toBe("AbortError");
  // PostgreSQL looks every half second whether it is still asked.
  await sleep(700);
  expect(await waiting()).toBe(1);
  await locker.query("rollback");
  const entered = async () => (await watcher.query("select from actor where key like 'unheard-%'")).rowCount;
  await expect.poll(entered).toBe(2);
});
