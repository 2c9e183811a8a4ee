import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../sdk/src/index.ts";
import { changes, recordChanged } from "../sdk/src/generated/operations.ts";
import { anybody, type Asker } from "../src/access/asker.ts";
import { selectLog, type LoggedChange } from "../src/db/sql/change.ts";
import { beginning } from "../src/feed/cursor.ts";
import { Feed } from "../src/feed/feed.ts";
import { longestQueue, type Stream } from "../src/feed/stream.ts";
import { enterActors } from "../src/record/actor.ts";
import { inChangeSet } from "../src/record/change-set.ts";
import { serve, type Serving } from "../src/server.ts";
import { newUuid } from "../src/values/ids.ts";
import { createApi } from "../src/yoga.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { eventually } from "./support/eventually.ts";
import { openGazette } from "./support/gazette.ts";
import { newPerson } from "./support/person.ts";
import { openRecord, type TestRecord } from "./support/record.ts";
import { partsOf, readUntil } from "./support/stream.ts";

let database: TestDatabase;
let record: TestRecord;
beforeAll(async () => {
  database = await cloneDatabase();
  record = openRecord(database.url);
  await openGazette(record);
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

/** Somebody without a key. */
const stranger = { asker: anybody, network: "198.51.100.0/32" };

/** Enters so many people in one change set. */
async function enterPeople(count: number, into = record): Promise<void> {
  await inChangeSet(into.db, { author: "the clerk", reason: "More people." }, (tx, set) => {
    const guests = Array.from({ length: count }, () => newPerson(`guest-${newUuid()}`, "A guest"));
    enterActors(tx, set, guests);
    return Promise.resolve();
  });
}

const wholeLog = async (filter = {}): Promise<LoggedChange[]> => {
  const log: LoggedChange[] = [];
  for (let page: LoggedChange[]; ;) {
    page = await selectLog(record.db.pool, filter, { after: log.at(-1)?.place, limit: 500 });
    log.push(...page);
    if (page.length < 500) return log;
  }
};
const placesOf = (log: readonly LoggedChange[]) => log.map(({ place }) => place);

/** Reads a stream until it has come to a place. */
async function readTo(stream: Stream, place: number, slowly = 0): Promise<LoggedChange[]> {
  const read: LoggedChange[] = [];
  for (;;) {
    const { value } = await stream.next();
    if (value?.change) read.push(value.change);
    if ((value?.change?.place ?? 0) >= place) return read;
    if (slowly) await pause(slowly);
  }
}
const next = async (stream: Stream) => (await stream.next()).value;

describe("A stream of changes", () => {
  test("tells the log and then what is committed, in order and each once, while two servers write", async () => {
    const other = openRecord(database.url);
    const feed = new Feed(record.db);
    const from = (await wholeLog()).at(-1) ?? beginning;
    let writing = true;
    const write = async (by: TestRecord) => {
      while (writing) await enterPeople(1 + Math.floor(Math.random() * 7), by);
    };
    const writers = [write(record), write(other)];
    const readers: Promise<LoggedChange[]>[] = [];
    const streams: Stream[] = [];
    for (let i = 0; i < 8; i++) {
      await pause(60);
      const stream = await feed.open(stranger, {}, from);
      streams.push(stream);
      readers.push(readTo(stream, from.place + 300, i % 3));
    }
    const read = await Promise.all(readers).finally(() => (writing = false));
    await Promise.all(writers);
    const log = (await wholeLog()).filter(({ place }) => place > from.place);
    for (const each of read) expect(each).toEqual(log.slice(0, each.length));
    for (const stream of streams) await stream.return();
    expect(feed.size).toBe(0);
    await other.close();
  }, 30_000);

  test("without a cursor begins with the present, and says at once where that is", async () => {
    const feed = new Feed(record.db);
    const stream = await feed.open(stranger, {}, null);
    const first = await next(stream);
    expect(first).toMatchObject({ change: null });
    const { data } = await record.ask("{ changes(last: 1) { head } }");
    expect(first?.cursor).toBe((data as { changes: { head: string } }).changes.head);
    const waiting = next(stream);
    await enterPeople(1);
    expect(await waiting).toMatchObject({ change: { change: "ENTERED", kind: "PERSON" } });
    await stream.return();
  });

  test("tells live what its filter would leave of the log", async () => {
    const feed = new Feed(record.db);
    const gazette = await openGazette(record);
    const thing = gazette.ground.actorIds[1] ?? "";
    const [document] = (
      await record.db.pool.query<{ id: string }>(
        "select document_id as id from capture c join passage p on p.capture_id = c.id where p.id = $1",
        [gazette.ground.passageIds[3]],
      )
    ).rows;
    const filters = [
      {},
      { kinds: ["PERSON", "RECOGNITION"] },
      { changes: ["CORRECTED", "RETRACTED"], crises: [gazette.ground.crisisId] },
      { concerns: [[thing, newUuid()]] },
      { concerns: [[thing], [document?.id ?? ""]] },
      { kinds: [] },
      { crises: [newUuid()] },
    ];
    const from = (await wholeLog()).at(-1)?.place ?? 0;
    const streams = await Promise.all(filters.map((filter) => feed.open(stranger, filter, null)));
    for (const stream of streams) expect(await next(stream)).toMatchObject({ change: null });
    await gazette.assert({ days: [1] });
    await enterPeople(2);
    await gazette.update({ days: [3] });
    await gazette.correct({ days: [3], since: "1894-01-01" });
    await gazette.retract();
    const end = (await wholeLog()).at(-1)?.place ?? 0;
    await readTo(streams[0] as Stream, end);
    for (const [i, filter] of filters.entries()) {
      const stream = streams[i] as Stream;
      const expected = placesOf(await wholeLog(filter)).filter((place) => place > from);
      const told: number[] = [];
      while (i > 0 && stream.waiting > 0) told.push((await next(stream))?.change?.place ?? 0);
      if (i > 0) expect([i, told]).toEqual([i, expected]);
      await stream.return();
    }
    expect(placesOf(await wholeLog(filters[4]))).toHaveLength(3);
  });

  test("misses nothing when nobody is woken", async () => {
    const deaf = { ...record.db, wake: { on: () => () => undefined } } as unknown as typeof record.db;
    const feed = new Feed(deaf, { lookMs: 50 });
    const stream = await feed.open(stranger, {}, null);
    await next(stream);
    const waiting = next(stream);
    await enterPeople(1);
    expect(await waiting).toMatchObject({ change: { kind: "PERSON" } });
    await stream.return();
  });

  test("that is not read is cut, with the cursor from which the rest is had; one that is read is not", async () => {
    const feed = new Feed(record.db);
    const [idle, busy] = [await feed.open(stranger, {}, null), await feed.open(stranger, {}, null)];
    for (const stream of [idle, busy]) await next(stream);
    const waiting = next(idle);
    await enterPeople(1);
    const taken = await waiting;
    await enterPeople(longestQueue * 3);
    const log = await wholeLog();
    const end = log.at(-1)?.place ?? 0;
    await readTo(busy, end);
    await eventually(() => expect(idle.waiting).toBe(0));
    await expect(idle.next()).rejects.toMatchObject({ code: "RESUME_FROM", details: { cursor: taken?.cursor } });
    expect(feed.size).toBe(1);
    const resumed = await feed.open(stranger, {}, taken?.change ?? null);
    expect(await readTo(resumed, end)).toEqual(log.slice(-3 * longestQueue));
    for (const stream of [resumed, busy]) await stream.return();
  }, 20_000);

  test("ends when its key does, and when the server stops, which opens no other", async () => {
    let revoke: () => void = () => undefined;
    const holder: Asker = { ...anybody, keyId: "k", onEnd: (tell) => ((revoke = tell), () => undefined) };
    const feed = new Feed(record.db);
    const revoked = await feed.open({ ...stranger, asker: holder }, {}, null);
    await next(revoked);
    const waiting = revoked.next();
    revoke();
    await expect(waiting).rejects.toMatchObject({ code: "UNAUTHENTICATED" });
    const stopped = await feed.open(stranger, {}, null);
    const last = await next(stopped);
    feed.close();
    await expect(stopped.next()).rejects.toMatchObject({ code: "RESUME_FROM", details: { cursor: last?.cursor } });
    await expect(feed.open(stranger, {}, null)).rejects.toMatchObject({ code: "OVERLOADED" });
    expect(feed.size).toBe(0);
  });

  test("is one of a bounded number, which strangers cannot use up", async () => {
    const feed = new Feed(record.db, { perKey: 2, inAll: 4 });
    const key = (keyId: string) => ({ ...stranger, asker: { ...anybody, keyId } });
    const full = { code: "RATE_LIMITED", details: { http: { status: 429 } } };
    const strangers = [await feed.open(stranger, {}, null), await feed.open(stranger, {}, null)];
    await expect(feed.open(stranger, {}, null)).rejects.toMatchObject(full);
    const own = [await feed.open(key("a"), {}, null), await feed.open(key("a"), {}, null)];
    await expect(feed.open(key("a"), {}, null)).rejects.toMatchObject(full);
    await expect(feed.open(key("b"), {}, null)).rejects.toMatchObject(full);
    await strangers[0]?.return();
    await expect(feed.open(key("a"), {}, null)).rejects.toMatchObject(full);
    own.push(await feed.open(key("b"), {}, null));
    for (const stream of [...strangers, ...own]) await stream.return();
    expect(feed.size).toBe(0);
  });

  test("from one network does not use up what others may have", async () => {
    const feed = new Feed(record.db, { perKey: 1, inAll: 4 });
    const other = { ...stranger, network: "203.0.113.0/32" };
    const streams = [await feed.open(stranger, {}, null)];
    await expect(feed.open(stranger, {}, null)).rejects.toMatchObject({ code: "RATE_LIMITED" });
    streams.push(await feed.open(other, {}, null));
    for (const stream of streams) await stream.return();
  });
});

describe("recordChanged over HTTP", () => {
  const ask = (query: string, init: RequestInit = {}) =>
    record.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream" },
      body: JSON.stringify({ query }),
      ...init,
    });

  test("refuses a cursor that is none, as an event with its code", async () => {
    const response = await ask('subscription { recordChanged(after: "AQ") { cursor } }');
    expect(await response.text()).toContain('"code":"INVALID_CURSOR"');
    expect(record.faults).toEqual([]);
  });

  test("tells each event as it stood after its change, each with what was loaded for it alone", async () => {
    const before = (await record.client.run(changes, { first: 1 })).changes.head;
    const gazette = await openGazette(record);
    await gazette.assert({ days: [1] });
    await gazette.update({ days: [2], stance: "WITHDRAWN" });
    await gazette.retract();
    const fields = "change assertion { recorded { from { number } to { number } } }";
    const response = await ask(`subscription { recordChanged(after: "${before}") { change { ${fields} } } }`);
    const text = await readUntil(partsOf(response), '"change":null');
    const told = [
      ...text.matchAll(/"change":"([A-Z]+)","assertion":{"recorded":{"from":{"number":(\d+)},"to":(.*?)}}}/g),
    ].map(([, change, from, to]) => `${change} ${from} ${/\d+/.exec(to ?? "")?.[0] ?? "-"}`);
    const [n = 0] = told.map((each) => Number(each.split(" ")[1]));
    expect(told).toEqual([`ASSERTED ${n} -`, `UPDATED ${n + 1} -`, `RETRACTED ${n + 1} ${n + 2}`]);
  });

  test("is resumed by the SDK when the server is restarted: nothing lost, nothing twice", async () => {
    const start = async (port: number): Promise<Serving & { feed: Feed }> => {
      const feed = new Feed(record.db);
      const api = createApi({
        db: record.db,
        feed,
        authenticate: () => Promise.resolve(anybody),
        playground: null,
        plans: null,
        report: (fault) => void record.faults.push(fault),
      });
      const handler = api.listener;
      const ready = () => Promise.resolve(true);
      return { ...(await serve({ host: "127.0.0.1", port, portChosen: true, handler, ready })), feed };
    };
    let server = await start(0);
    const client = createClient({ url: `http://127.0.0.1:${server.port}/graphql` });
    const from = (await wholeLog()).at(-1)?.place ?? 0;
    const told: string[] = [];
    const events = client.subscribe(recordChanged);
    const reading = (async () => {
      for await (const { recordChanged: event } of events) if (event.change) told.push(event.change.subjectId);
    })();
    for (let round = 0; round < 3; round++) {
      await eventually(() => expect(server.feed.size).toBe(1));
      await enterPeople(3);
      const began = Date.now();
      server.feed.close();
      await server.close();
      expect(Date.now() - began).toBeLessThan(2_000);
      await enterPeople(2);
      server = await start(server.port);
    }
    const expected = (await wholeLog())
      .filter(({ place }) => place > from)
      .map(({ subjectId }) => `Person:${subjectId}`);
    await eventually(() => expect(told.length).toBeGreaterThanOrEqual(15));
    expect(told).toEqual(expected);
    await events.return?.();
    await reading;
    await eventually(() => expect(server.feed.size).toBe(0));
    await server.close();
    expect(record.faults).toEqual([]);
  }, 60_000);
});
