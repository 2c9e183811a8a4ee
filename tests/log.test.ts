import { afterAll, beforeAll, expect, test } from "vitest";
import { makeSecret } from "../src/access/key.ts";
import { createKey } from "../src/access/register.ts";
import { openDb } from "../src/db/client.ts";
import { withSession } from "../src/db/connect.ts";
import { eventually } from "./support/eventually.ts";
import { sendHttp } from "./support/http.ts";
import { openServer, type TestServer } from "./support/server.ts";

type Line = Readonly<Record<string, unknown>>;

let server: TestServer;
const lines: string[] = [];
beforeAll(async () => {
  server = await openServer({}, (line) => void lines.push(line));
});
afterAll(() => server.close());

interface Sent {
  readonly query: string;
  readonly variables?: object;
  readonly headers?: Record<string, string>;
}

const post = ({ query, variables = {}, headers = {} }: Sent) =>
  fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
  });

/** The line of the event that belongs to a request, once its answer has ended. */
const lineOf = (reqId: string, event = "request") =>
  eventually(() => {
    const found = lines.map((line) => JSON.parse(line) as Line).filter((line) => line["reqId"] === reqId);
    const of = found.filter((line) => line["event"] === event);
    expect(of).toHaveLength(1);
    return of[0] as Line;
  });

test("A request is one line that says what it was, by whose key, and how it went", async () => {
  const db = openDb(server.databaseUrl);
  const { key, secret } = await createKey(db, { name: "Log", scopes: ["read"], expiresAt: null, createdBy: "Ana" });
  await db.close();
  const query = "query People($n: Int) { people(first: $n) { nodes { name } } }";
  const headers = { authorization: `Bearer ${secret}`, "x-request-id": "one-line" };
  expect((await post({ query, variables: { n: 2 }, headers })).status).toBe(200);
  const { at, ms, ...line } = await lineOf("one-line");
  expect(line).toEqual({
    event: "request",
    reqId: "one-line",
    keyId: key.id,
    op: "People",
    kind: "query",
    code: null,
    status: 200,
    cost: 3,
    planned: true,
  });
  expect(Math.abs(Date.now() - Date.parse(String(at)))).toBeLessThan(60_000);
  expect(ms).toBeGreaterThan(0);
});

test("No line holds a key, a variable or a word of the question, and none breaks in two", async () => {
  const { secret } = makeSecret();
  const query = "query Asked($q: String!) {\n  # innermost\n  search(query: $q) { totalCount }\n}";
  const before = lines.length;
  const said = { query, variables: { q: "the secret of Zenda\n{}" } };
  await post({ ...said, headers: { "x-request-id": "leak-1" } });
  await post({ ...said, headers: { "x-request-id": "leak-2", authorization: `Bearer ${secret}` } });
  await fetch(`${server.url}?key=${secret}&query=%7Bviewer%7D`, { headers: { "x-request-id": "leak-3" } });
  expect(await lineOf("leak-2")).toMatchObject({ keyId: null, op: null, code: "UNAUTHENTICATED", status: 401 });
  expect(await lineOf("leak-1")).toMatchObject({ op: "Asked", code: null, status: 200 });
  expect(await lineOf("leak-3")).toMatchObject({ code: "BAD_USER_INPUT", status: 400 });
  const written = lines.slice(before);
  expect(written.filter((line) => line.includes("\n"))).toEqual([]);
  expect(written.join("\n")).not.toContain(secret.slice(-43));
  expect(written.join("\n")).not.toMatch(/Zenda|innermost|totalCount/);
});

test("A question that no plan answers is told by the names of the schema alone", async () => {
  const { secret } = makeSecret();
  const word = "Zenda";
  const query = `query ${word}Asked($${word}Var: String = "${secret} ${word}", $yes: Boolean = true) {
    _service @include(if: $yes) { ${word}Alias: sdl }
    ...${word}Fragment @skip(if: false)
    actors(first: 1, filter: { or: [{ key: { in: ["${secret}"] } }, { name: { contains: $${word}Var } }] }) {
      nodes { ... on Person { key } designations(first: 77) { totalCount } }
    }
  } fragment ${word}Fragment on Query { people(filter: { key: { eq: """${secret} ${word}""" } }) { totalCount } }`;
  const before = lines.length;
  expect((await post({ query, headers: { "x-request-id": "unplanned" } })).status).toBe(200);
  await lineOf("unplanned");
  const written = lines.slice(before).map((line) => JSON.parse(line) as Line);
  const plan = written.filter(({ event }) => event === "plan");
  expect(plan).toHaveLength(1);
  expect(String(plan[0]?.["operation"]).replaceAll(/\s+/g, " ")).toBe(
    "{ _service @include(if: _) { sdl } ...fragment @skip(if: _) actors(first: _, filter: _) { nodes { ... on Person { key } designations(first: _) { totalCount } } } }",
  );
  const rest = written.filter(({ event }) => event !== "request").map(({ at: _, ...said }) => said);
  for (const found of [word, secret.slice(-43), "77"]) expect(JSON.stringify(rest)).not.toContain(found);
});

test("A long question that no plan answers is told as far as 500 characters", async () => {
  const fields = "name ".repeat(400);
  const before = lines.length;
  await post({ query: `{ __schema { queryType { ${fields} } } }`, headers: { "x-request-id": "long-unplanned" } });
  await lineOf("long-unplanned");
  const plan = lines
    .slice(before)
    .map((line) => JSON.parse(line) as Line)
    .filter(({ event }) => event === "plan");
  expect(plan.map(({ operation }) => String(operation).length)).toEqual([500]);
});

test("A name is told as far as 64 characters, and none for what was refused before it was read", async () => {
  await post({ query: `query ${"N".repeat(80)} { __typename }`, headers: { "x-request-id": "long-name" } });
  expect(await lineOf("long-name")).toMatchObject({ op: "N".repeat(64), code: null });
  await post({ query: "query Wrong { nothing }", headers: { "x-request-id": "wrong" } });
  expect(await lineOf("wrong")).toMatchObject({ op: null, kind: null, code: "GRAPHQL_VALIDATION_FAILED", cost: null });
});

test("A fault has a line of its own, found by the id that its asker was told", async () => {
  const rename = (from: string, to: string) =>
    withSession(server.ownerUrl, (session) => session.query(`alter table ${from} rename to ${to}`));
  await rename("document", "document_away");
  try {
    const response = await post({ query: "{ documents(first: 7) { nodes { id } } }" });
    const told = JSON.stringify(await response.json());
    const id = String(response.headers.get("x-request-id"));
    expect(told).toContain(`"code":"INTERNAL_SERVER_ERROR"`);
    expect(told).toContain(`"requestId":"${id}"`);
    expect(told).not.toContain("does not exist");
    expect(await lineOf(id)).toMatchObject({ code: "INTERNAL_SERVER_ERROR", planned: false });
    expect((await lineOf(id, "fault"))["fault"]).toMatch(/does not exist[^]*\n\s+at /);
  } finally {
    await rename("document_away", "document");
  }
});

test("What is refused for its Host is logged, and a look at the health is not", async () => {
  await sendHttp({ port: server.port, headers: { host: "evil.example", "x-request-id": "foreign" } });
  await fetch(server.url.replace("/graphql", "/health/live"), { headers: { "x-request-id": "health" } });
  expect(await lineOf("foreign")).toMatchObject({ status: 421, code: "BAD_USER_INPUT", op: null });
  expect(lines.join("\n")).not.toContain("health");
});

test("A stream is logged when it ends", async () => {
  const leaving = new AbortController();
  const response = await fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream", "x-request-id": "stream" },
    body: JSON.stringify({ query: "subscription Follow { recordChanged { cursor } }" }),
    signal: leaving.signal,
  });
  await response.body?.getReader().read();
  expect(lines.join("\n")).not.toContain('"stream"');
  leaving.abort();
  expect(await lineOf("stream")).toMatchObject({ op: "Follow", kind: "subscription", status: 200, planned: null });
});

test("CHANCERY_LOG=off logs no request", async () => {
  const said: string[] = [];
  const silent = await openServer({ CHANCERY_LOG: "off" }, (line) => void said.push(line));
  await (await fetch(`${silent.url}?query=%7B__typename%7D`)).text();
  await silent.close();
  expect(said).toEqual([]);
});
