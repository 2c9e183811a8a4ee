import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "./support/eventually.ts";
import { openServer, type TestServer } from "./support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await openServer({ CHANCERY_METRICS: "0", CHANCERY_LOG: "off" });
});
afterAll(() => server.close());

const ask = (query: string) =>
  fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query }),
  }).then((response) => response.text());
const scrape = async () => (await fetch(`http://127.0.0.1:${server.metricsPort}/metrics`)).text();
/** The value of a series; 0 where there is none yet. */
const valueOf = async (series: string) =>
  Number(
    (await scrape())
      .split("\n")
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length + 1) ?? 0,
  );
/** Expects each series to grow by so much while something is done; a request is counted when its connection is told so. */
async function expectGrowth(expected: Readonly<Record<string, number>>, act: () => Promise<unknown>): Promise<void> {
  const values = () => Promise.all(Object.keys(expected).map(valueOf));
  const before = await values();
  await act();
  await eventually(async () => {
    const grown = (await values()).map((value, i) => value - Number(before[i]));
    expect(grown).toEqual(Object.values(expected));
  });
}

const answered = 'chancery_requests_total{kind="query",code="none",status="200"}';
const refused = 'chancery_requests_total{kind="none",code="GRAPHQL_VALIDATION_FAILED",status="400"}';

test("A question is counted with its time and cost, by what answered it and which way, and whether its answer was kept", async () => {
  const question = "query Secretive { people(first: 4) { nodes { name } } }";
  const expected = {
    [answered]: 2,
    'chancery_request_duration_seconds_count{kind="query"}': 2,
    'chancery_request_cost_sum{kind="query"}': 10,
    'chancery_answers_total{by="plan"}': 2,
    'chancery_planned_answers_total{way="yoga"}': 1,
    'chancery_planned_answers_total{way="direct"}': 1,
    'chancery_kept_answers_total{found="miss"}': 1,
    'chancery_kept_answers_total{found="hit"}': 1,
  };
  await expectGrowth(expected, async () => {
    await ask(question);
    await ask(question);
  });
});

test("A refusal is counted by its code and status", async () => {
  await expectGrowth({ [refused]: 1, [answered]: 0 }, () => ask("{ nothing }"));
});

test("What no plan answers is counted by why", async () => {
  await expectGrowth({ 'chancery_answers_total{by="unplanned"}': 1 }, () => ask("{ __schema { queryType { name } } }"));
});

test("Streams are counted while they are open, and connections by what they do", async () => {
  const leaving = new AbortController();
  const response = await fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: "subscription { recordChanged { cursor } }" }),
    signal: leaving.signal,
  });
  await response.body?.getReader().read();
  expect(await valueOf("chancery_streams_open")).toBe(1);
  leaving.abort();
  await eventually(async () => expect(await valueOf("chancery_streams_open")).toBe(0));
  expect(await scrape()).toMatch(/process_cpu_seconds_total[^]*chancery_pool_connections\{state="waiting"\} 0/);
});

test("No series names an operation", async () => {
  await ask("query Secretive { __typename }");
  expect(await scrape()).not.toContain("Secretive");
});

test("The metrics stand on their own port and nothing else stands there, and that stops with the server", async () => {
  expect((await fetch(server.url.replace("/graphql", "/metrics"))).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${server.metricsPort}/graphql?query=%7B__typename%7D`)).status).toBe(404);
  const other = await openServer({ CHANCERY_METRICS: "0", CHANCERY_LOG: "off" });
  const address = `http://127.0.0.1:${other.metricsPort}/metrics`;
  expect((await fetch(address)).status).toBe(200);
  await other.close();
  await expect(fetch(address)).rejects.toThrow();
});

test("Nothing is counted unless it is asked for", async () => {
  const silent = await openServer({ CHANCERY_LOG: "off" });
  expect(silent.metricsPort).toBeUndefined();
  await silent.close();
});
