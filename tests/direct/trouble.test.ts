import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type pg from "pg";
import { withSession } from "../../src/db/connect.ts";
import { cloneSeeded, type TestDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { openWay, type Way } from "./way.ts";

const body = JSON.stringify({ query: "query Asked { people(first: 2) { nodes { name } } }" });
let database: TestDatabase;
let direct: Way;
let yoga: Way;
beforeAll(async () => {
  database = await cloneSeeded();
});
afterAll(() => database.drop());
beforeEach(async () => {
  direct = await openWay(database.url, { direct: true });
  yoga = await openWay(database.url, { direct: false });
  for (const way of [direct, yoga]) for (let time = 0; time < 2; time += 1) await way.send({ body });
  expect(direct.direct()).toBe(1);
});
afterEach(async () => {
  await direct.close();
  await yoga.close();
});

/** Holds every question about actors up for as long as `act` takes. */
const whileLocked = <T>(act: (owner: pg.Client) => Promise<T>) =>
  withSession(database.ownerUrl, async (owner) => {
    await owner.query("begin; lock table actor in access exclusive mode");
    try {
      return await act(owner);
    } finally {
      await owner.query("rollback");
    }
  });
const waiting = async (owner: pg.Client) => {
  const text = `select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  return (await owner.query<{ n: number }>(text)).rows[0]?.n;
};

test("A question whose asker leaves is asked no longer, and logged without a status", async () => {
  await whileLocked(async (owner) => {
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const asking = httpRequest({ port: direct.port, path: "/graphql", method: "POST", headers });
    asking.on("error", () => undefined);
    asking.end(body);
    await eventually(async () => expect(await waiting(owner)).toBe(1));
    const noted = direct.noted.length;
    asking.destroy();
    // Were it not ended, the wait for the lock would be, after three seconds.
    await expect.poll(() => waiting(owner), { timeout: 2_000 }).toBe(0);
    await eventually(() => expect(direct.noted.slice(noted)).toMatchObject([{ op: "Asked", status: null }]));
  });
  expect((await direct.send({ body })).status).toBe(200);
  expect(direct.direct()).toBe(2);
  expect(direct.faults).toEqual([]);
});

test("An asker who leaves before the body is there is asked nothing", async () => {
  const head = ["POST /graphql HTTP/1.1", "Host: localhost", "Content-Type: application/json", "Content-Length: 900"];
  const before = direct.counted();
  const socket = connect(direct.port, "127.0.0.1", () =>
    socket.write([...head, "X-Request-Id: left", "Expect: 100-continue", "", ""].join("\r\n")),
  );
  // The server waits for the body now.
  expect(String((await once(socket, "data"))[0])).toMatch(/^HTTP\/1\.1 100 /);
  socket.write(body, () => socket.destroy());
  const left = () => direct.noted.filter(({ requestId }) => requestId === "left");
  await eventually(() => expect(left()).toMatchObject([{ op: null, status: null }]));
  expect(direct.counted()).toEqual(before);
  expect(direct.faults).toEqual([]);
});

test("A question under way is answered before its server is closed", async () => {
  const leaving = await openWay(database.url, { direct: true });
  await leaving.send({ body });
  const { answer, closed } = await whileLocked(async (owner) => {
    const asked = leaving.send({ body });
    await eventually(async () => expect(await waiting(owner)).toBe(1));
    return { answer: asked, closed: leaving.close() };
  });
  expect(await answer).toMatchObject({ status: 200, headers: { connection: "close" } });
  await closed;
  expect(leaving.direct()).toBe(1);
});

test("What the database cannot answer in time is told alike both ways, once each", async () => {
  const answers = await whileLocked(() => Promise.all([direct.send({ body }), yoga.send({ body })]));
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
  expect(direct.direct()).toBe(1);
  expect(direct.noted.at(-1)).toEqual(yoga.noted.at(-1));
  expect(direct.counted()).toEqual(yoga.counted());
  expect(direct.faults).toHaveLength(1);
});

test("A plan that the database refuses is executed instead, and its fault told alike", async () => {
  const rename = (from: string, to: string) =>
    withSession(database.ownerUrl, (session) => session.query(`alter table ${from} rename to ${to}`));
  await rename("actor", "actor_away");
  const answers = await Promise.all([direct.send({ body }), yoga.send({ body })]).finally(() =>
    rename("actor_away", "actor"),
  );
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0].text).toContain('"code":"INTERNAL_SERVER_ERROR"');
  expect(direct.counted()).toEqual(yoga.counted());
  expect(direct.faults.map(String)).toEqual(yoga.faults.map(String));
});
