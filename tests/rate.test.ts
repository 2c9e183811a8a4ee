import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readConfig } from "../src/config.ts";
import { leastRate } from "../src/limit/bound.ts";
import { Plans } from "../src/plan/execute.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { asHolder, openRecord, type TestRecord } from "./support/record.ts";

const perMinute = 60;
const question = "{ crises(first: 50) { nodes { id } } }";
let database: TestDatabase;
let record: TestRecord;
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
  await record.close();
  await database.drop();
});

async function send(query: string, headers: Record<string, string> = {}, from = record) {
  const response = await from.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json", ...headers },
    body: JSON.stringify({ query }),
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
