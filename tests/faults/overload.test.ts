import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../support/server.ts";
import { ask, codeOf, healthOf, type Answered } from "./caller.ts";

let server: TestServer;
let holder: pg.Client;
beforeAll(async () => {
  server = await openServer({ CHANCERY_LOG: "off", CHANCERY_CACHE: "off" });
  holder = new pg.Client({ connectionString: server.ownerUrl });
  await holder.connect();
});
afterAll(async () => {
  await holder.end();
  await server.close();
});

const question = "query ($first: Int!) { people(first: $first) { nodes { name } } }";

/** Sends two hundred questions at once, each on a socket of its own. */
const burst = (query = question) =>
  Array.from({ length: 200 }, (_, n) => ask(query, { ...server, variables: { first: (n % 50) + 1 } }));

test("of two hundred questions that all wait, those without a connection are turned away within two seconds", async () => {
  await ask(question, { ...server, variables: { first: 1 } });
  const trivial = await Promise.all(burst("query ($first: Int) { __typename @skip(if: false) }"));
  /** What the sending alone takes on this machine, as busy as it is. */
  const sendingMs = Math.max(...trivial.map(({ ms }) => ms));
  // Whoever reads people waits for as long as this is held.
  await holder.query("begin; lock table actor in access exclusive mode");
  const live: number[] = [];
  const looking = setInterval(() => void healthOf(server.port, "live").then(({ status }) => live.push(status)), 200);
  let answers: Answered[];
  try {
    answers = await Promise.all(burst());
  } finally {
    clearInterval(looking);
    await holder.query("rollback");
  }
  const freed = performance.now();

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
  const told = (code: string) => answers.filter((answer) => codeOf(answer) === code);
  expect(told("OVERLOADED").length + told("TIMEOUT").length).toBe(200);
  // Ten have a connection and wait for the lock, three seconds at most; those who came late may have theirs after them.
  expect(told("TIMEOUT").length).toBeLessThanOrEqual(30);
  for (const { headers, ms } of told("OVERLOADED")) {
    expect(headers["retry-after"]).toBe("1");
    expect(ms).toBeLessThan(2_500 + 3 * sendingMs);
  }
  expect(live.length).toBeGreaterThan(3);
  expect(new Set(live)).toEqual(new Set([200]));

  await expect.poll(() => healthOf(server.port, "ready"), { timeout: 5_000 }).toMatchObject({ status: 200 });
  expect(await ask(question, { ...server, variables: { first: 1 } })).toMatchObject({ status: 200 });
  expect(performance.now() - freed).toBeLessThan(5_000);
});
