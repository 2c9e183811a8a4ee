import { inspect } from "node:util";
import { expect, test, vi } from "vitest";
import { createClient } from "../src/client.ts";
import { type ApiError, isApiError } from "../src/errors.ts";
import type { ResponseInfo } from "../src/options.ts";
import { answer, hang, html, refuse, reset, startFaultyServer } from "./support/faulty-server.ts";
import { Claimants, Limits, Retract } from "./support/question.ts";

const limits = { limits: { first: 100 } };
const whole = answer({ data: limits });

/** The ApiError that something ends with; anything else fails the test. */
async function failureOf(work: Promise<unknown>): Promise<ApiError> {
  const outcome = await work.then(
    () => "no failure at all",
    (error: unknown) => error,
  );
  if (!isApiError(outcome)) throw new Error(`Expected an ApiError, got ${inspect(outcome)}`);
  return outcome;
}

test("A question carries its name, text, variables and key, and its answer is the data", async () => {
  await using server = await startFaultyServer(whole);
  const client = createClient({ url: server.url, token: "pcr_1", headers: { "x-desk": "caracas" } });
  expect(await client.run(Limits)).toEqual(limits);
  const [seen] = server.seen;
  expect(seen?.body).toEqual({ operationName: "Limits", query: Limits.text });
  expect(seen?.headers).toMatchObject({
    authorization: "Bearer pcr_1",
    "content-type": "application/json",
    accept: "application/graphql-response+json, application/json",
    "x-desk": "caracas",
  });
  expect(seen?.headers).not.toHaveProperty("idempotency-key");
});

test("A key that is a function is asked again before each attempt", async () => {
  await using server = await startFaultyServer(refuse("OVERLOADED", 503), whole);
  const token = vi.fn().mockResolvedValueOnce("old").mockResolvedValueOnce("new");
  await createClient({ url: server.url, token }).run(Limits);
  expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(["Bearer old", "Bearer new"]);
});

test.for([
  ["503 with words of the server", refuse("DB_UNAVAILABLE", 503)],
  ["200 with RATE_LIMITED", refuse("RATE_LIMITED")],
  ["a gateway's page", html(502)],
  ["a reset before the answer", reset()],
  ["a reset in the middle of the answer", reset('{"data":{"limits":')],
] as const)("%s and then an answer is an answer", async ([, fault]) => {
  await using server = await startFaultyServer(fault, whole);
  expect(await createClient({ url: server.url }).run(Limits)).toEqual(limits);
  expect(server.seen).toHaveLength(2);
});

test("A fault that stays is thrown after the attempts allowed, with what the server said", async () => {
  await using server = await startFaultyServer(refuse("OVERLOADED", 503, { "x-request-id": "r-17" }));
  const failure = await failureOf(createClient({ url: server.url, retries: 1 }).run(Limits));
  expect(failure).toMatchObject({
    code: "OVERLOADED",
    status: 503,
    requestId: "r-17",
    attempts: 2,
    retryable: true,
    operation: "Limits",
  });
  expect(failure.message).toBe("Limits: refused: OVERLOADED (OVERLOADED, HTTP 503, r-17)");
  expect(failure.errors).toEqual([{ message: "refused: OVERLOADED", extensions: { code: "OVERLOADED" } }]);
});

test.for([429, 200])("The Retry-After of a refusal with HTTP %i, in seconds, is waited out", async (status) => {
  await using server = await startFaultyServer(refuse("RATE_LIMITED", status, { "retry-after": "1" }), whole);
  await createClient({ url: server.url }).run(Limits);
  expect(server.seen[1]!.at - server.seen[0]!.at).toBeGreaterThanOrEqual(995);
});

test("A Retry-After that is a date is waited for", async () => {
  const soon = () => new Date(Date.now() + 2_000).toUTCString();
  await using server = await startFaultyServer(
    (response, seen) => refuse("OVERLOADED", 503, { "retry-after": soon() })(response, seen),
    whole,
  );
  await createClient({ url: server.url }).run(Limits);
  // Dates are cut to whole seconds.
  expect(server.seen[1]!.at - server.seen[0]!.at).toBeGreaterThanOrEqual(950);
});

test.for([
  ["3600", 3_600_000],
  ["99999999999999999999", 1e23],
])("A wait longer than a minute is left to the caller: %s", async ([said, retryAfterMs]) => {
  await using server = await startFaultyServer(refuse("RATE_LIMITED", 429, { "retry-after": String(said) }));
  const failure = await failureOf(createClient({ url: server.url }).run(Limits));
  expect(failure).toMatchObject({ code: "RATE_LIMITED", retryAfterMs, attempts: 1, retryable: true });
});

test.for([
  ["a negative number", { "retry-after": "-5" }, {}],
  ["a day gone by", { "retry-after": "Wed, 06 Feb 2019 12:00:00 GMT" }, {}],
  ["a word", { "retry-after": "soon" }, {}],
  ["a word in the answer", {}, { retryAfterMs: "soon" }],
  ["a negative number in the answer", {}, { retryAfterMs: -1 }],
] as const)("%s is no time to wait, and the client's own is taken", async ([, headers, extensions]) => {
  const refused = refuse("OVERLOADED", 503, headers, extensions);
  await using server = await startFaultyServer(refused, refused, whole);
  const client = createClient({ url: server.url });
  expect(await failureOf(client.run(Limits, {}, { retries: 0 }))).toMatchObject({ retryAfterMs: undefined });
  expect(await client.run(Limits)).toEqual(limits);
  expect(server.seen).toHaveLength(3);
});

test.for(["BAD_USER_INPUT", "FORBIDDEN", "QUERY_TOO_COMPLEX", "INTERNAL_SERVER_ERROR"] as const)(
  "%s is thrown at once under the server's own code",
  async (code) => {
    await using server = await startFaultyServer(refuse(code, 400));
    expect(await failureOf(createClient({ url: server.url }).run(Limits))).toMatchObject({ code, attempts: 1 });
    expect(server.seen).toHaveLength(1);
  },
);

test("What the server says of retrying outweighs the status", async () => {
  await using server = await startFaultyServer(refuse("STORAGE_FULL", 503, {}, { retryable: false }));
  expect(await failureOf(createClient({ url: server.url }).run(Limits))).toMatchObject({ attempts: 1 });
});

test("Data beside errors is no answer, but it is kept", async () => {
  const errors = [{ message: "lost", path: ["b"], extensions: { code: "INTERNAL_SERVER_ERROR", requestId: "r-1" } }];
  await using server = await startFaultyServer(answer({ data: { a: 1, b: null }, errors }));
  const failure = await failureOf(createClient({ url: server.url }).run(Limits));
  expect(failure).toMatchObject({ data: { a: 1, b: null }, requestId: "r-1", errors });
});

test.for([
  ["a page of a proxy", html(200), "Limits: not a GraphQL answer: text/html (BAD_RESPONSE, HTTP 200)"],
  ["JSON of another kind", answer({ hello: 1 }), undefined],
  ["an answer without data", answer({ data: null }), undefined],
  ["a number for data", answer({ data: 5 }), undefined],
  ["no answer at all", answer("", 204), undefined],
  ["an error that is null", answer({ data: {}, errors: [null] }), undefined],
  ["errors that are words", answer({ data: {}, errors: ["lost"] }), undefined],
  ["errors that are no list", answer({ data: {}, errors: "lost" }), undefined],
  ["an error without a code", answer({ errors: [{ message: "?" }] }, 400), undefined],
] as const)("Of %s it is said that it is not this API", async ([, act, message]) => {
  await using server = await startFaultyServer(act);
  const failure = await failureOf(createClient({ url: server.url }).run(Limits));
  expect(failure).toMatchObject({ code: "BAD_RESPONSE", attempts: 1 });
  if (message) expect(failure.message).toBe(message);
});

test("A server that hangs is given up in time, attempt by attempt", async () => {
  await using server = await startFaultyServer(hang, hang, whole);
  expect(await createClient({ url: server.url, timeoutMs: 60 }).run(Limits)).toEqual(limits);
  expect(server.seen).toHaveLength(3);
  const failure = await failureOf(
    createClient({ url: server.url, fetch: () => new Promise(() => undefined) }).run(
      Limits,
      {},
      {
        timeoutMs: 20,
        retries: 0,
      },
    ),
  );
  expect(failure).toMatchObject({ code: "TIMEOUT", attempts: 1 });
  expect(failure.status).toBeUndefined();
});

test.for([Infinity, 2 ** 31, 0])("A time allowed of %d is no limit", async (timeoutMs) => {
  await using server = await startFaultyServer((response, seen) => {
    setTimeout(() => void whole(response, seen), 60);
  });
  expect(await createClient({ url: server.url, timeoutMs, retries: 0 }).run(Limits)).toEqual(limits);
});

test("A key that does not come is given up in time, and when the caller says stop", async () => {
  const token = () => new Promise<string>(() => undefined);
  const client = createClient({ url: "http://127.0.0.1:9/graphql", token, timeoutMs: 30, retries: 1 });
  expect(await failureOf(client.run(Limits))).toMatchObject({ code: "TIMEOUT", attempts: 2 });
  const signal = AbortSignal.timeout(30);
  expect(await failureOf(client.run(Limits, {}, { signal, timeoutMs: 0 }))).toMatchObject({ code: "ABORTED" });
});

test("What the caller's own functions throw comes as it is, and is not tried again", async () => {
  await using server = await startFaultyServer(whole);
  const lost = new Error("no key in the vault");
  const token = vi.fn().mockRejectedValue(lost);
  await expect(createClient({ url: server.url, token }).run(Limits)).rejects.toBe(lost);
  expect(token).toHaveBeenCalledOnce();
  const told = new Error("disk full");
  const onResponse = () => {
    throw told;
  };
  await expect(createClient({ url: server.url, onResponse }).run(Limits)).rejects.toBe(told);
  expect(server.seen).toHaveLength(1);
});

test.for([301, 302, 303, 307, 308])("A redirect with HTTP %i is not followed with the key", async (status) => {
  await using elsewhere = await startFaultyServer(whole);
  await using server = await startFaultyServer((response) => {
    response.writeHead(status, { location: elsewhere.url }).end();
  });
  const client = createClient({ url: server.url, headers: { "x-desk-key": "secret" } });
  expect(await failureOf(client.run(Retract, { id: "1", reason: "x" }))).toMatchObject({
    code: "BAD_RESPONSE",
    status,
    attempts: 1,
    message: expect.stringContaining(`not a GraphQL answer: ${elsewhere.url}`) as string,
  });
  expect(elsewhere.seen).toEqual([]);
});

test("A port where nobody listens is NETWORK, with the platform's reason as the cause", async () => {
  const server = await startFaultyServer(whole);
  await server[Symbol.asyncDispose]();
  const failure = await failureOf(createClient({ url: server.url, retries: 0 }).run(Limits));
  expect(failure.code).toBe("NETWORK");
  expect(inspect(failure.cause)).toContain("ECONNREFUSED");
});

test("The caller's signal stops a request under way, the wait before a retry, and one not begun", async () => {
  await using server = await startFaultyServer(hang, refuse("OVERLOADED", 503, { "retry-after": "30" }));
  const client = createClient({ url: server.url });
  for (const expected of [1, 2]) {
    const controller = new AbortController();
    const failure = failureOf(client.run(Limits, {}, { signal: controller.signal }));
    await vi.waitUntil(() => server.seen.length === expected, { timeout: 10_000 });
    await new Promise((resolve) => setTimeout(resolve, 30));
    controller.abort(new Error("no longer of interest"));
    expect(await failure).toMatchObject({ code: "ABORTED", cause: new Error("no longer of interest") });
  }
  const never = await failureOf(client.run(Limits, {}, { signal: AbortSignal.abort() }));
  expect(never.code).toBe("ABORTED");
  expect(server.seen).toHaveLength(2);
});

test("A mutation is repeated under one idempotency key, and each mutation has its own", async () => {
  const done = answer({ data: { assertionRetract: { __typename: "AssertionRetracted", id: "1" } } });
  await using server = await startFaultyServer(reset(), done);
  const client = createClient({ url: server.url });
  await client.run(Retract, { id: "1", reason: "misread" });
  await client.run(Retract, { id: "2", reason: "misread" });
  await client.run(Retract, { id: "3", reason: "misread" }, { idempotencyKey: "mine", retries: 0 });
  await client.run(Retract, { id: "4", reason: "misread" }, { retries: 0 });
  const keys = server.seen.map(({ headers }) => headers["idempotency-key"]);
  expect(keys[0]).toMatch(/^[\d-]{10,}$/);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
  expect(keys.slice(3)).toEqual(["mine", undefined]);
});

test("A refusal that a mutation's result can name is a result", async () => {
  const conflict = { __typename: "ConflictError", message: "Changed since.", currentVersion: 4 };
  await using server = await startFaultyServer(answer({ data: { assertionRetract: conflict } }));
  const { assertionRetract } = await createClient({ url: server.url }).run(Retract, { id: "1", reason: "x" });
  expect(assertionRetract.__typename === "ConflictError" && assertionRetract.currentVersion).toBe(4);
});

test("Hashes go first; the text follows only where the server does not know the hash", async () => {
  await using server = await startFaultyServer(refuse("PERSISTED_QUERY_NOT_FOUND"), whole, whole);
  const client = createClient({ url: server.url, persisted: true, retries: 0 });
  await client.run(Limits);
  const id = `sha256:${Limits.sha256!}`;
  expect(server.seen.map(({ body }) => body)).toEqual([
    { operationName: "Limits", documentId: id },
    { operationName: "Limits", query: Limits.text },
  ]);
});

test("A client that may send hashes only does not send a text", async () => {
  await using server = await startFaultyServer(refuse("PERSISTED_QUERY_NOT_FOUND"));
  const failure = await failureOf(createClient({ url: server.url, persisted: "only" }).run(Limits));
  expect(failure).toMatchObject({ code: "PERSISTED_QUERY_NOT_FOUND", attempts: 1 });
  expect(server.seen.map(({ body }) => body.query)).toEqual([undefined]);
});

test("Each answer is reported, with its headers", async () => {
  const cost = { "x-cost": "12", "x-request-id": "r-2" };
  await using server = await startFaultyServer(refuse("OVERLOADED", 503), answer({ data: limits }, 200, cost));
  const reports: ResponseInfo[] = [];
  await createClient({ url: server.url, onResponse: (report) => reports.push(report) }).run(Limits);
  expect(reports.map(({ status, attempt }) => [status, attempt])).toEqual([
    [503, 1],
    [200, 2],
  ]);
  expect(reports[1]).toMatchObject({ operation: "Limits", requestId: "r-2" });
  expect(reports[1]?.headers.get("x-cost")).toBe("12");
});

test("No error tells the key or the variables", async () => {
  const faults = [html(500), reset(), hang, refuse("FORBIDDEN", 403), answer({ data: { record: null } })];
  for (const fault of faults) {
    await using server = await startFaultyServer(fault);
    const client = createClient({ url: server.url, token: "pcr_secret", retries: 0, timeoutMs: 50 });
    const failure = await failureOf(client.iterate(Claimants, { asOf: "witness-name" }).next());
    expect(inspect(failure, { depth: 20, showHidden: true })).not.toMatch(/pcr_secret|witness-name/);
  }
  const broken = createClient({ url: "http://127.0.0.1:1", token: "pcr_sec\nret" }).run(Limits);
  await expect(broken).rejects.toThrow(/^A header or the token holds a character/);
  expect(inspect(await broken.catch((error: unknown) => error))).not.toContain("pcr_sec");
});
