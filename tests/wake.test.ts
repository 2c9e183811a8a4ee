import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDb, type Db } from "../src/db/client.ts";
import { withSession } from "../src/db/connect.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { eventually } from "./support/eventually.ts";

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openDb(database.url);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const notify = (channel: string, payload: string) => db.pool.query("select pg_notify($1, $2)", [channel, payload]);
const sessions = async () => {
  const { rows } = await db.pool.query<{ pid: number }>(
    "select pid from pg_stat_activity where application_name = 'chancery wake' and datname = current_database()",
  );
  return rows.map(({ pid }) => pid);
};

/** Listens on a channel and collects what is told, once the channel is listened to. */
async function listen(channel: string): Promise<{ told: (string | null)[]; leave: () => void }> {
  const told: (string | null)[] = [];
  const leave = db.wake.on(channel, (payload) => void told.push(payload));
  await eventually(() => expect(told).toEqual([null]));
  return { told, leave };
}

test("A notice is told at commit, to whoever listens on its channel, and never after a rollback", async () => {
  const { told, leave } = await listen("fair_copy");
  const other = await listen("minutes");
  await db.pool.query("begin; notify fair_copy, 'struck out'; rollback");
  await notify("fair_copy", "7");
  await eventually(() => expect(told).toEqual([null, "7"]));
  expect(other.told).toEqual([null]);
  leave();
  other.leave();
});

test("Several channels take one session", async () => {
  const listening = [await listen("north"), await listen("south")];
  expect(await sessions()).toHaveLength(1);
  for (const { leave } of listening) leave();
});

test("Who has left is told nothing more", async () => {
  const { told, leave } = await listen("gallery");
  const other: (string | null)[] = [];
  const leaveOther = db.wake.on("gallery", (payload) => void other.push(payload));
  leave();
  await notify("gallery", "1");
  await eventually(() => expect(other).toEqual(["1"]));
  expect(told).toEqual([null]);
  leaveOther();
});

test("After its session was lost, everybody is told to look, and hears again", async () => {
  const { told, leave } = await listen("archive");
  for (const pid of await sessions()) {
    await withSession(database.ownerUrl, (owner) => owner.query("select pg_terminate_backend($1)", [pid]));
  }
  await eventually(() => expect(told).toEqual([null, null]));
  await notify("archive", "8");
  await eventually(() => expect(told).toEqual([null, null, "8"]));
  leave();
});

test("While the database cannot be reached it is tried again, and closing ends that", async () => {
  const lost = openDb("postgresql://nobody:none@127.0.0.1:9/none");
  const told: (string | null)[] = [];
  lost.wake.on("nothing", (payload) => void told.push(payload));
  await pause(300);
  await lost.close();
  expect(told).toEqual([]);
});
