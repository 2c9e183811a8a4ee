import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbedded } from "../../src/db/embedded/start.ts";
import { withSession } from "../../src/db/connect.ts";
import { chancery, type Running } from "../support/processes.ts";
import { ask, type Answered } from "./caller.ts";

let data: string;
let running: Running;
let port: number;
let headers: Record<string, string>;
beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), "chancery-stop-"));
  chmodSync(data, 0o755);
  const environment = { CHANCERY_DATA: data, PORT: "0", CHANCERY_LOG: "off", CHANCERY_RATE: "off" };
  const scopes = ["--scope", "read", "--scope", "contribute", "--scope", "admin", "--quiet"];
  const made = chancery(["key", "create", "Desk", ...scopes], environment);
  expect(await made.ended).toBe(0);
  headers = { authorization: `Bearer ${/pcr_\S+/.exec(made.said())?.[0] ?? ""}` };
  running = chancery(["serve"], environment);
  port = Number((await running.says(/127\.0\.0\.1:(\d+)\/graphql/))[1]);
}, 120_000);
afterAll(async () => {
  running.child.kill("SIGKILL");
  await running.ended;
  rmSync(data, { recursive: true, force: true });
});

const reading = "{ people(first: 5) { nodes { name } } }";
const writing = `mutation ($operations: [OperationInput!]!) {
  changeSetSubmit(input: { reason: "Two guests.", operations: $operations }) { __typename } }`;

/** Asks over one connection that is kept, again and again, until no answer comes; gives the answers, and why none came. */
async function askOn(client: number, send: (n: number, agent: Agent) => Promise<Answered>) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const answers: Answered[] = [];
  for (let n = 0; ; n++) {
    try {
      answers.push(await send(n, agent));
    } catch (error) {
      agent.destroy();
      return { client, answers, lost: (error as NodeJS.ErrnoException).code, last: n };
    }
  }
}

/** What a stream of changes told until it ended; null where it was cut off. */
async function listen(): Promise<string | null> {
  const query = "subscription { recordChanged(after: null) { cursor } }";
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream", ...headers },
    body: JSON.stringify({ query }),
  });
  expect(response.status).toBe(200);
  return response.text().catch(() => null);
}

test("told to stop while twenty write and read and one listens, it answers what it took, loses nothing, and ends with 0", async () => {
  const stream = listen();
  const clients = Array.from({ length: 20 }, (_, client) =>
    askOn(client, (n, agent) => {
      if (client % 2 === 1) return ask(reading, { port, agent });
      const operations = ["a", "b"].map((side) => ({
        personCreate: { key: `stop-${client}-${n}-${side}`, name: "A guest" },
      }));
      return ask(writing, { port, agent, headers, variables: { operations } });
    }),
  );
  await sleep(2_000);
  const began = performance.now();
  running.child.kill("SIGTERM");
  expect(await running.ended).toBe(0);
  expect(performance.now() - began).toBeLessThan(20_000);

  const ended = await Promise.all(clients);
  for (const { answers, lost } of ended) {
    // Nobody was answered anything but what they asked for; and then there was nobody to ask.
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    for (const { body } of answers) expect(body).not.toHaveProperty("errors");
    expect(["ECONNREFUSED", "ECONNRESET"]).toContain(lost);
  }
  const told = await stream;
  expect(told).toMatch(/recordChanged/);
  expect(told).toMatch(/RESUME_FROM/);

  const embedded = await startEmbedded({ dataFolder: data, log: () => undefined });
  try {
    const text = "select left(key, -2) as pair, count(*)::int as people from actor where key like 'stop-%' group by 1";
    const { rows } = await withSession(embedded.url, (session) =>
      session.query<{ pair: string; people: number }>(text),
    );
    const people = new Map(rows.map(({ pair, people: count }) => [pair, count]));
    for (const { client, answers, last } of ended.filter(({ client: each }) => each % 2 === 0)) {
      expect(answers.length).toBeGreaterThan(0);
      for (let n = 0; n < answers.length; n++)
        expect([client, n, people.get(`stop-${client}-${n}`)]).toEqual([client, n, 2]);
      // Who was not answered does not know; but it is both or none.
      expect([2, undefined]).toContain(people.get(`stop-${client}-${last}`));
    }
  } finally {
    await embedded.stop();
  }
}, 60_000);
