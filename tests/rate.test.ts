import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readConfig } from "../src/config.ts";
import { leastRate } from "../src/limit/bound.ts";
import { Plans } from "../src/plan/execute.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { asHolder, openRecord, type TestRecord } from "./support/record.ts";

const perMinute = 60;
const question = "{ crises(first: 50) { nodes { id } } }";
let database: TestDatabase;
let record: TestRecord | undefined;
let at = 0;

beforeAll(async () => {
  database = await cloneSeeded();
});
beforeEach(async () => {
  await record?.close();
  at = 0;
  record = openRecord(database.url, new Plans(), { perMinute, now: () => at });
});
afterAll(async () => {
  await record?.close();
  await database.drop();
});

async function send(query: string, headers: Record<string, string> = {}, from = record, signal?: AbortSignal) {
  if (!from) throw new Error("no record is open");
  const response = await from.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json", ...headers },
    body: JSON.stringify({ query }),
    signal: signal ?? null,
  });
  const number = (name: string) => Number(response.headers.get(name) ?? Number.NaN);
  return {
    response,
    status: response.status,
    limit: number("ratelimit-limit"),
    remaining: number("ratelimit-remaining"),
    reset: number("ratelimit-reset"),
    cost: number("x-cost"),
  };
}

describe("whoever asks for more than the rate", () => {
  test("is refused with 429 and when to come back, and then answered again", async () => {
    const first = await send(question);
    expect(first).toMatchObject({ status: 200, limit: perMinute, remaining: perMinute - first.cost });
    expect(first.reset).toBe(Math.ceil((first.cost / perMinute) * 60));
    const { response, status } = await send(question);
    const retryAfterMs = (first.cost * 2 - perMinute) * 1_000;
    const { errors } = (await response.json()) as { errors: { extensions: object }[] };
    expect(status).toBe(429);
    expect(errors[0]?.extensions).toMatchObject({ code: "RATE_LIMITED", retryable: true, retryAfterMs });
    expect(response.headers.get("retry-after")).toBe(String(retryAfterMs / 1_000));
    at = retryAfterMs - 1;
    expect((await send(question)).status).toBe(429);
    at = retryAfterMs;
    expect((await send(question)).status).toBe(200);
  });

  test("does not keep the holder of another key from asking", async () => {
    const [one, other] = [asHolder("one", "read"), asHolder("other", "read")];
    expect((await send(question, one)).status).toBe(200);
    expect((await send(question, one)).status).toBe(429);
    expect((await send(question, other)).status).toBe(200);
  });
});

describe("what is charged", () => {
  const bare = (fields: string) => `mutation { ${fields} }`;

  test("is each aliased field of a mutation, also in a fragment, beside the cost", async () => {
    const left = async (query: string, key: string) => (await send(query, asHolder(key, "read"))).remaining;
    expect(await left(bare("a: __typename"), "a")).toBe(perMinute - 10);
    expect(await left(bare("a: __typename b: __typename c: __typename"), "b")).toBe(perMinute - 30);
    expect(await left(bare("a: __typename ...F") + " fragment F on Mutation { b: __typename }", "c")).toBe(
      perMinute - 20,
    );
  });

  test("is a subscription as it begins", async () => {
    const changes = "subscription { recordChanged { __typename } }";
    const leaving = new AbortController();
    const stream = await send(changes, { accept: "text/event-stream" });
    expect(stream.status).toBe(200);
    expect(stream.remaining).toBeLessThan(perMinute);
    leaving.abort();
    const poor = openRecord(database.url, new Plans(), { perMinute: 1, now: () => at });
    await send("{ __typename }", {}, poor);
    const refused = await send(changes, { accept: "text/event-stream" }, poor);
    await poor.close();
    expect(await refused.response.text()).toContain("RATE_LIMITED");
    expect(refused.status).toBe(429);
    expect(refused.response.headers.has("retry-after")).toBe(true);
  });

  test("is nothing where there is no rate", async () => {
    const free = openRecord(database.url);
    for (let time = 0; time < 3; time++) {
      const { status, response } = await send(question, {}, free);
      expect(status).toBe(200);
      expect(response.headers.has("ratelimit-limit")).toBe(false);
    }
    await free.close();
  });
});

test("the environment sets the rate, and none below what the dearest operation is charged", () => {
  expect(readConfig({}).rate).toBe(120_000);
  expect(readConfig({ CHANCERY_RATE: "off" }).rate).toBeNull();
  expect(readConfig({ CHANCERY_RATE: String(leastRate) }).rate).toBe(leastRate);
  expect(() => readConfig({ CHANCERY_RATE: String(leastRate - 1) })).toThrow(`from ${leastRate} to`);
});

test("a stream of what was changed is told no faster than its reader may ask, and goes on", async () => {
  const { response: first } = await send("{ changes(first: 1) { edges { cursor } } }");
  const { data } = (await first.json()) as { data: { changes: { edges: { cursor: string }[] } } };
  at = 120_000;
  const replay = `subscription { recordChanged(after: "${data.changes.edges[0]?.cursor ?? ""}") { cursor change { subjectId } } }`;
  const { response } = await send(replay, { accept: "text/event-stream" });
  let told = 0;
  const reader = response.body?.getReader();
  const reading = (async () => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      told +=
        Buffer.from(part.value as Uint8Array)
          .toString()
          .match(/"subjectId"/g)?.length ?? 0;
    }
  })();
  const settled = async () => {
    for (let before = -1; before !== told;) {
      before = told;
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    return told;
  };
  const once = await settled();
  expect(once).toBeGreaterThan(1);
  expect(once).toBeLessThanOrEqual(perMinute);
  at += 60_000;
  await expect.poll(settled, { timeout: 20_000 }).toBeGreaterThan(once);
  expect(told).toBeLessThanOrEqual(2 * perMinute);
  await reader?.cancel();
  await reading;
}, 30_000);
