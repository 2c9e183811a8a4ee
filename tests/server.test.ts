import type { IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withSession } from "../src/db/connect.ts";
import { sendHttp } from "./support/http.ts";
import { openServer, type TestServer } from "./support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await openServer({
    CHANCERY_ALLOWED_HOSTS: "record.example.org, .chancery.example",
    CHANCERY_ALLOWED_ORIGINS: "https://friend.example",
    CHANCERY_LOG: "off",
  });
});
afterAll(() => server.close());

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

async function send({ headers = {}, ...sent }: Sent): Promise<Answered> {
  const accept = { accept: "application/graphql-response+json" };
  const usual = { ...accept, ...((sent.method ?? "POST") === "POST" ? { "content-type": "application/json" } : {}) };
  const { bytes, ...told } = await sendHttp({
    port: server.port,
    method: "POST",
    ...sent,
    headers: { ...usual, ...headers },
  });
  return { ...told, text: bytes.toString() };
}

/** Writes bytes to the port and gives all that comes back until the connection closes. */
function sendRaw(...parts: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(server.port, "127.0.0.1", () => parts.forEach((part) => socket.write(part)));
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

const codeOf = ({ text }: { text: string }) =>
  (JSON.parse(text) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code;
const question = JSON.stringify({ query: "{ people(first: 1) { nodes { name } } }" });
const changeSets = () =>
  withSession(
    server.databaseUrl,
    async (session) => (await session.query<{ n: number }>("select count(*)::int as n from change_set")).rows,
  );

describe("a request addressed to", () => {
  test.each([
    "localhost:4000",
    "127.0.0.1",
    "[::1]:80",
    "192.0.2.7",
    "record.example.org",
    "RECORD.example.org.",
    "a.chancery.example",
  ])("%s is answered", async (host) => {
    expect((await send({ body: question, headers: { host } })).status).toBe(200);
  });

  test.each([
    "evil.example",
    "localhost.evil.example",
    "record.example.org.evil.example",
    "chancery.example",
    "127.0.0.1.nip.io",
  ])("%s is not this server's: 421", async (host) => {
    for (const path of ["/graphql", "/health/live"]) {
      const refused = await send({ body: question, path, headers: { host } });
      expect({ status: refused.status, code: codeOf(refused) }).toEqual({ status: 421, code: "BAD_USER_INPUT" });
    }
  });
});

describe("a page of", () => {
  const preflight = (origin: string) =>
    send({ method: "OPTIONS", headers: { origin, "access-control-request-method": "POST" } });

  test("an allowed origin may ask and read", async () => {
    const origin = "https://friend.example";
    const { headers, status } = await preflight(origin);
    expect({ status, allowed: headers["access-control-allow-origin"] }).toEqual({ status: 204, allowed: origin });
    expect(headers).not.toHaveProperty("access-control-allow-credentials");
    const answer = await send({ body: question, headers: { origin } });
    expect(answer.headers["access-control-allow-origin"]).toBe(origin);
    expect(answer.headers["vary"]).toMatch(/origin/i);
  });

  test.each(["https://evil.example", "null", "https://friend.example.evil.example", "http://friend.example"])(
    "%s may not",
    async (origin) => {
      expect((await preflight(origin)).status).toBe(405);
      for (const answer of [await preflight(origin), await send({ body: question, headers: { origin } })]) {
        expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
      }
    },
  );
});

describe("a body", () => {
  const spaces = (length: number) => `${question.slice(0, -1)}${" ".repeat(length - question.length)}}`;

  test("of a million bytes is read, of one more refused, whether its length is told or not", async () => {
    for (const headers of [{}, { "transfer-encoding": "chunked" }] as Record<string, string>[]) {
      expect((await send({ body: spaces(1_000_000), headers })).status).toBe(200);
      const refused = await send({ body: spaces(1_000_001), headers });
      expect({ status: refused.status, code: codeOf(refused) }).toEqual({ status: 413, code: "PAYLOAD_TOO_LARGE" });
    }
  });

  test("is refused by its length before it is sent", async () => {
    const head = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: 900000000\r\n\r\n`;
    expect(await sendRaw(head)).toMatch(/^HTTP\/1\.1 413 .*PAYLOAD_TOO_LARGE/s);
  });

  test("longer than it says is cut at what it says, and the rest is no request", async () => {
    const head = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${question.length}\r\n\r\n`;
    const answer = await sendRaw(head, `${question}${"x".repeat(2_000)}`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 .*"data":\{"people"[^\n]*$/s);
  });

  test("that is compressed is refused", async () => {
    const refused = await send({ body: question, headers: { "content-encoding": "gzip" } });
    expect({ status: refused.status, code: codeOf(refused) }).toEqual({ status: 415, code: "UNSUPPORTED_ENCODING" });
  });

  test("that is an array is refused, and nothing in it answered", async () => {
    const refused = await send({ body: `[${question},${question}]` });
    expect({ status: refused.status, code: codeOf(refused) }).toEqual({ status: 400, code: "BATCHING_DISABLED" });
    expect(refused.text).not.toContain('"data"');
  });

  test.each([
    ["a form", "application/x-www-form-urlencoded", "query=%7B__typename%7D"],
    [
      "parts",
      "multipart/form-data; boundary=x",
      '--x\r\nContent-Disposition: form-data; name="query"\r\n\r\n{__typename}\r\n--x--',
    ],
    ["plain text", "text/plain", question],
    ["bare GraphQL", "application/graphql", "{ __typename }"],
    ["something else", "application/xml", question],
  ])("that comes as %s is refused", async (_name, type, body) => {
    const before = await changeSets();
    const refused = await send({ body, headers: { "content-type": type } });
    expect({ status: refused.status, code: codeOf(refused) }).toEqual({ status: 415, code: "BAD_USER_INPUT" });
    expect(await changeSets()).toEqual(before);
  });

  test.each([
    ["nothing", "", "BAD_USER_INPUT"],
    ["no JSON", "{query:1}", "BAD_USER_INPUT"],
    ["null", "null", "BAD_USER_INPUT"],
    ["a number", "7", "BAD_USER_INPUT"],
    ["no query", "{}", "BAD_USER_INPUT"],
    ["a key twice", '{"query":"{ __typename }","query":"{ people { totalCount } }"}', "BAD_USER_INPUT"],
    ["a prototype", '{"query":"{ __typename }","variables":{"__proto__":{"polluted":1}}}', "BAD_USER_INPUT"],
    ["a number beyond a double", '{"query":"{ __typename }","variables":{"n":9007199254740993}}', "BAD_USER_INPUT"],
    ["infinity", '{"query":"{ __typename }","variables":{"n":1e400}}', "BAD_USER_INPUT"],
    [
      "levels without end",
      `{"query":"{ __typename }","variables":{"n":${"[".repeat(99_000)}${"]".repeat(99_000)}}}`,
      "BAD_USER_INPUT",
    ],
    ["half a character", '{"query":"{ __typename }","variables":{"t":"\\ud800"}}', "INVALID_TEXT"],
    ["NUL", '{"query":"{ __typename }","variables":{"t":["a\\u0000"]}}', "INVALID_TEXT"],
    ["NUL in a literal", JSON.stringify({ query: '{ stateBy(by: { key: "\\u0000" }) { name } }' }), "INVALID_TEXT"],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), "INVALID_TEXT"],
  ])("that holds %s is refused", async (_name, body, code) => {
    const refused = await send({ body });
    expect({ status: refused.status, code: codeOf(refused) }).toEqual({ status: 400, code });
    expect(refused.text.length).toBeLessThan(1_000);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("a GET", () => {
  const get = (params: Record<string, string>, headers = {}) =>
    send({ method: "GET", path: `/graphql?${new URLSearchParams(params).toString()}`, headers });

  test("asks a query, and never a mutation", async () => {
    expect((await get({ query: "{ __typename }" })).status).toBe(200);
    const refused = await get({ query: "mutation { __typename }" });
    expect({ status: refused.status, allow: refused.headers.allow }).toEqual({ status: 405, allow: "POST" });
  });

  test("with a type of its own is refused", async () => {
    expect((await get({ query: "{ __typename }" }, { "content-type": "text/plain" })).status).toBe(415);
  });

  test("whose address is no UTF-8 is refused", async () => {
    expect(codeOf(await send({ method: "GET", path: "/graphql?query=%7B__typename%7D&operationName=%ff" }))).toBe(
      "INVALID_TEXT",
    );
  });
});

describe("every answer", () => {
  const visible = /^[\x21-\x7e]{1,64}$/;

  test.each([
    ["an answer", {}],
    ["a refusal", { body: "{" }],
    ["nothing there", { path: "/nowhere" }],
    ["the playground", { method: "GET", headers: { accept: "text/html" } }],
    ["health", { method: "GET", path: "/health/live" }],
    ["a foreign name", { headers: { host: "evil.example" } }],
  ] as [string, Sent][])("has an id and lets no page sniff or frame it: %s", async (_name, sent) => {
    const { headers } = await send({ ...(sent.method === "GET" ? {} : { body: question }), ...sent });
    expect(headers["x-request-id"]).toMatch(visible);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  });

  test("has the id that the request came with, if a log may repeat it", async () => {
    expect((await send({ body: question, headers: { "x-request-id": "abc-1" } })).headers["x-request-id"]).toBe(
      "abc-1",
    );
    for (const id of ["a b", "x".repeat(65), "é"]) {
      const told = (await send({ body: question, headers: { "x-request-id": id } })).headers["x-request-id"];
      expect(told).toMatch(visible);
      expect(told).not.toBe(id);
    }
  });

  test.each([
    ["no JSON", { body: "{" }],
    ["no GraphQL", { body: '{"query":"{"}' }],
    ["an unknown field", { body: '{"query":"{ nothing }"}' }],
    ["a wrong variable", { body: '{"query":"query($n: Int!) { people(first: $n) { totalCount } }","variables":{}}' }],
    ["what is asked without a key for it", { body: '{"query":"{ viewer { name } proposals { totalCount } }"}' }],
    ["an unknown key", { headers: { authorization: `Bearer pcr_${"a".repeat(60)}` } }],
    ["a form", { headers: { "content-type": "text/plain" } }],
    ["nothing there", { path: "/nowhere" }],
    ["a foreign name", { headers: { host: "evil.example" } }],
  ] as [string, Sent][])(
    "that refuses %s says in which request that was, and that it does not pass",
    async (_name, sent) => {
      const { headers, text } = await send({ body: question, ...sent });
      const { errors } = JSON.parse(text) as { errors: { extensions: object }[] };
      expect(errors.length).toBeGreaterThan(0);
      for (const { extensions } of errors)
        expect(extensions).toMatchObject({ requestId: headers["x-request-id"], retryable: false });
    },
  );

  test("is remembered for nobody else: two who ask the same wrong document are told their own requests", async () => {
    const ids = ["first", "second"];
    const told = [];
    for (const id of ids) {
      const { text } = await send({ body: '{"query":"{ nothing }"}', headers: { "x-request-id": id } });
      told.push(/"requestId":"(\w+)"/.exec(text)?.[1]);
    }
    expect(told).toEqual(ids);
  });

  test("comes in its turn: of two requests that are sent at once on one connection both are answered", async () => {
    const head = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
    const body = (query: string) => JSON.stringify({ query });
    const one = (query: string, more = "") =>
      `${head}${more}Content-Length: ${body(query).length}\r\n\r\n${body(query)}`;
    const answer = await sendRaw(
      one("{ people(first: 50) { nodes { name timeline(first: 10) { nodes { id } } } } }") +
        one("{ __typename }") +
        one("{ crises(first: 1) { totalCount } }", "Connection: close\r\n"),
    );
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 200"]);
    expect(answer).toMatch(/"people".*"__typename":"Query".*"crises"/s);
  });

  test.each([
    ["http://localhost/graphql?query={__typename}", 200],
    ["http://evil.example/graphql?query={__typename}", 421],
    ["http://localhost", 404],
    ["http://", 400],
    ["*", 400],
    ["//evil.example/graphql", 400],
    ["graphql", 400],
  ])("to a request line that asks for %s is %i, and tells nothing of the server", async (target, status) => {
    const answer = await sendRaw(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(Number(answer.split(" ")[1])).toBe(status);
    expect(answer).not.toMatch(/node_modules|TypeError/);
  });

  test.each(["//graphql", "/health/live", "/nowhere"])(
    "to a request for %s is the only one, whatever comes behind it on its connection",
    async (path) => {
      const answer = await sendRaw(`OPTIONS ${path} HTTP/1.1\r\nHost: evil.example\r\n\r\n{"query":"{ people }"}`);
      expect(answer.match(/^HTTP\/1\.1 \d+/gm)).toHaveLength(1);
    },
  );

  test("to what is no HTTP is a refusal too", async () => {
    expect(await sendRaw("NONSENSE\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 .*x-request-id: .*BAD_USER_INPUT/s);
    expect(await sendRaw(`GET / HTTP/1.1\r\nHost: localhost\r\nx: ${"y".repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431/,
    );
  });
});

test("a request that does not arrive is given up within ten seconds", async () => {
  const started = performance.now();
  const answers = await Promise.all(Array.from({ length: 50 }, () => sendRaw("POST /graphql HTTP/1.1\r\nHost: loc")));
  expect(performance.now() - started).toBeLessThan(10_000);
  for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 408/);
});

describe("whatever is refused is told in one form:", () => {
  const head = "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\nx-request-id: form-1\r\n";
  const subscription = JSON.stringify({ query: "subscription { recordChanged { cursor } }" });
  const asked = (body: string, ...more: string[]) =>
    `${head}content-type: application/json\r\nconnection: close\r\ncontent-length: ${body.length}\r\n${more.map((each) => `${each}\r\n`).join("")}\r\n${body}`;
  test.each([
    ["a type that no answer has", 406, asked(question, "accept: image/png")],
    ["a charset that no answer has", 406, asked(question, "accept: application/json; charset=latin1")],
    ["a subscription whose events are not taken", 406, asked(subscription, "accept: application/json")],
    ["a subscription in parts", 406, asked(subscription, "accept: multipart/mixed")],
    ["an expectation", 417, asked(question, "expect: 200-ok")],
    ["a change of the health", 405, `${head.replace("/graphql", "/health/live")}connection: close\r\n\r\n`],
  ])("%s", async (_what, status, sent) => {
    const answer = await sendRaw(sent);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toMatch(/^x-request-id: form-1\r$/im);
    const body = /\{.*\}/s.exec(answer)?.[0] ?? "";
    expect(JSON.parse(body)).toMatchObject({
      errors: [{ extensions: { code: "BAD_USER_INPUT", retryable: false, requestId: "form-1" } }],
    });
  });

  test("what is not taken is not done", async () => {
    const query = 'mutation { placeCreate(input: { key: "untaken", name: "x", reason: "x" }) { __typename } }';
    const before = await changeSets();
    expect(await sendRaw(asked(JSON.stringify({ query }), "accept: image/png"))).toMatch(/^HTTP\/1.1 406 /);
    expect(await changeSets()).toEqual(before);
  });

  test("a subscription that is not taken holds no stream", async () => {
    for (let i = 0; i < 25; i += 1) {
      const [accept] = i % 2 ? ["application/json"] : ["multipart/mixed"];
      expect(await sendRaw(asked(subscription, `accept: ${accept}`))).toMatch(/^HTTP\/1.1 406 /);
    }
    const taken = new AbortController();
    const headers = { "content-type": "application/json", accept: "text/event-stream" };
    const response = await fetch(server.url, { method: "POST", headers, body: subscription, signal: taken.signal });
    const { value } = (await response.body?.getReader().read()) ?? {};
    expect(new TextDecoder().decode(value)).not.toContain("RATE_LIMITED");
    taken.abort();
  });
});

describe("what is followed by rubbish on its connection", () => {
  const whole = (id: string) =>
    `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\nx-request-id: ${id}\r\naccept: application/json\r\ncontent-type: application/json\r\ncontent-length: ${question.length}\r\n\r\n${question}`;

  test.each([1, 3])("is answered first: %i of them", async (count) => {
    const ids = Array.from({ length: count }, (_, i) => `whole-${count}-${i}`);
    const answer = await sendRaw(`${ids.map(whole).join("")}GARBAGE\r\n\r\n`);
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(ids.map(() => "HTTP/1.1 200"));
    expect(answer.match(/(?<=^x-request-id: ).*(?=\r$)/gim)).toEqual(ids);
    expect(answer.match(/"data":\{"people"/g)).toHaveLength(count);
    expect(answer.match(/(?<=^connection: ).*(?=\r$)/gim)?.at(-1)).toBe("close");
  });

  test("also where the rubbish is the body of the next, which is then refused", async () => {
    const broken = whole("broken")
      .replace(/content-length: \d+/, "transfer-encoding: chunked")
      .replace(question, "zz\r\n");
    const answer = await sendRaw(`${whole("whole-and-broken")}${broken}`);
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 400"]);
    expect(answer).toMatch(/"data":\{"people"[^]*"code":"BAD_USER_INPUT"/);
  });
});
