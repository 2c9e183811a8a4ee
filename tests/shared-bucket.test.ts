import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SharedBuckets } from "../src/access/shared-bucket.ts";
import { TokenBuckets } from "../src/access/token-bucket.ts";
import { openDb, type Db } from "../src/db/client.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";

let database: TestDatabase;
let db: Db;
const faults: unknown[] = [];
const fail = (fault: unknown) => void faults.push(fault);

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDb(database.url);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** A server that lets each take 60 at once and 6 a minute, and tells the others when it is asked to. */
function server(on = db) {
  const buckets = new TokenBuckets({ capacity: 60, perMinute: 6 });
  const shared = new SharedBuckets({ db: on, name: "test", buckets, fail, everyMs: 3_600_000, now: () => 0 });
  return {
    shared,
    take: (who: string, tokens: number) => {
      const ms = buckets.take(who, tokens, 0);
      if (ms === 0) shared.note(who, tokens);
      return ms === 0;
    },
    left: (who: string) => Math.round(buckets.left(who, 0)),
  };
}

test("what a key takes on one server it has not left on another", async () => {
  const [one, other] = [server(), server()];
  expect(one.take("desk", 40)).toBe(true);
  await one.shared.tell();
  expect(other.take("desk", 10)).toBe(true);
  await other.shared.tell();
  expect(other.left("desk")).toBe(10);
  expect(other.take("desk", 20)).toBe(false);
  expect(other.left("another")).toBe(60);
});

test("what is taken while the others are told counts too", async () => {
  const one = server();
  one.take("clerk", 10);
  const telling = one.shared.tell();
  one.take("clerk", 5);
  await telling;
  expect(one.left("clerk")).toBe(45);
  await one.shared.tell();
  expect(one.left("clerk")).toBe(45);
});

test("what was spent flows back, and is forgotten after an hour", async () => {
  const one = server();
  one.take("idler", 50);
  await one.shared.tell();
  await db.pool.query(`update "allowance" set "at" = "at" - interval '300 seconds' where "who" = 'test idler'`);
  const later = server();
  later.take("idler", 1);
  await later.shared.tell();
  expect(later.left("idler")).toBe(39);
  await db.pool.query(`update "allowance" set "at" = "at" - interval '2 hours' where "who" = 'test idler'`);
  const sweeping = server();
  sweeping.take("somebody", 1);
  await sweeping.shared.tell();
  const { rows } = await db.pool.query(`select from "allowance" where "who" = 'test idler'`);
  expect(rows).toEqual([]);
});

/** A way to the database by a port of this machine, which is shut until it is opened. */
async function reserveWay() {
  const { hostname, port: there } = new URL(database.url);
  const way = createServer((socket) => {
    const onward = connect(Number(there), hostname);
    for (const each of [socket, onward]) each.on("error", () => undefined);
    socket.pipe(onward).pipe(socket);
  });
  await once(way.listen(0, "127.0.0.1"), "listening");
  const { port } = way.address() as AddressInfo;
  await once(way.close(), "close");
  const url = new URL(database.url);
  url.port = String(port);
  return {
    url: url.href,
    open: () => once(way.listen(port, "127.0.0.1"), "listening"),
    close: () => once(way.close(), "close"),
  };
}

test("while the database cannot be asked each server counts for itself, and tells what it took later", async () => {
  const way = await reserveWay();
  const far = openDb(way.url);
  const [alone, other] = [server(far), server()];
  expect(alone.take("traveller", 50)).toBe(true);
  await alone.shared.tell();
  expect(alone.take("traveller", 50)).toBe(false);
  expect(other.take("traveller", 4)).toBe(true);
  await other.shared.tell();
  expect(other.left("traveller")).toBe(56);
  await way.open();
  await alone.shared.tell();
  expect(alone.left("traveller")).toBe(6);
  expect(other.take("traveller", 1)).toBe(true);
  await other.shared.tell();
  expect(other.left("traveller")).toBe(5);
  expect(faults).toEqual([]);
  await far.close();
  await way.close();
});
