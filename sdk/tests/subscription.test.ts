import { expect, test, vi } from "vitest";
import { createClient } from "../src/client.ts";
import { COMPLETE, answer, event, html, refuse, startFaultyServer, stream } from "./support/faulty-server.ts";
import { Changed, Heard } from "./support/question.ts";

const change = (cursor: string) => event({ recordChanged: { cursor, what: "recognition" } });

/** The cursors of all events until the subscription ends. */
async function cursorsOf(events: AsyncIterable<{ readonly recordChanged: { readonly cursor: string } }>) {
  const cursors: string[] = [];
  for await (const { recordChanged } of events) cursors.push(recordChanged.cursor);
  return cursors;
}

test("Events come one by one until the server completes, however the bytes are cut", async () => {
  const text = `: keep-alive\r\n\r\n${change("1")}${change("2").replaceAll("\n", "\r\n")}${COMPLETE}`;
  await using server = await startFaultyServer(stream(Array.from(text)));
  expect(await cursorsOf(createClient({ url: server.url }).subscribe(Changed))).toEqual(["1", "2"]);
  expect(server.seen[0]?.headers.accept).toBe("text/event-stream");
});

test("A letter of two bytes that is cut in half arrives whole", async () => {
  await using server = await startFaultyServer((response) => {
    const bytes = Buffer.from(event({ heard: "Guaidó" }) + COMPLETE);
    const cut = bytes.indexOf(0xc3) + 1;
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(bytes.subarray(0, cut));
    setTimeout(() => response.end(bytes.subarray(cut)), 20);
  });
  expect((await createClient({ url: server.url }).subscribe(Heard).next()).value).toEqual({ heard: "Guaidó" });
});

test("A stream that breaks in the middle of an event is resumed after the last whole one", async () => {
  await using server = await startFaultyServer(
    stream([change("1"), change("2"), change("3").slice(0, -20)], "break"),
    html(502),
    stream([change("3"), COMPLETE]),
  );
  const client = createClient({ url: server.url, retries: 0 });
  expect(await cursorsOf(client.subscribe(Changed, { after: "0" }))).toEqual(["1", "2", "3"]);
  expect(server.seen.map(({ body }) => body.variables)).toEqual([{ after: "0" }, { after: "2" }, { after: "2" }]);
});

test("An event that lost its cursor leaves the one before it", async () => {
  const lost = event({ recordChanged: { what: "recognition" } });
  await using server = await startFaultyServer(stream([change("1"), lost], "break"), stream([COMPLETE]));
  await cursorsOf(createClient({ url: server.url }).subscribe(Changed));
  expect(server.seen.map(({ body }) => body.variables?.after)).toEqual([undefined, "1"]);
});

test("An event of many megabytes in small parts arrives in seconds", async () => {
  await using server = await startFaultyServer(async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const [head, tail] = event({ heard: "*" }).split("*");
    response.write(head);
    for (let part = 0; part < 1_000; part++)
      if (!response.write("y".repeat(16_384))) await new Promise((resolve) => response.once("drain", resolve));
    response.end(`${tail}${COMPLETE}`);
  });
  const { value } = (await createClient({ url: server.url }).subscribe(Heard).next()) as { value: { heard: string } };
  expect(value.heard).toHaveLength(16_384_000);
}, 15_000);

test("A mark at the beginning of a stream and a media type in capitals are no matter", async () => {
  await using server = await startFaultyServer((response) => {
    response.writeHead(200, { "content-type": "Text/Event-Stream; charset=utf-8" });
    response.end(`\ufeff${event({ heard: "one" })}${COMPLETE}`);
  });
  expect(await createClient({ url: server.url }).subscribe(Heard).next()).toMatchObject({ value: { heard: "one" } });
});

test("An error of a stream that is none of GraphQL does not break the reader", async () => {
  await using server = await startFaultyServer(stream(['event: next\ndata: {"errors":[null]}\n\n']));
  const first = createClient({ url: server.url }).subscribe(Heard).next();
  await expect(first).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test("A stream whose key does not come ends at once when it is left", async () => {
  const client = createClient({ url: "http://127.0.0.1:9/graphql", token: () => new Promise(() => undefined) });
  const events = client.subscribe(Changed);
  const first = events.next();
  await events.return?.();
  expect(await first).toEqual({ done: true, value: undefined });
});

test("A stream that ends without saying so, and one that falls silent, are resumed", async () => {
  await using server = await startFaultyServer(
    stream([change("1")]),
    stream([change("2")], "silence"),
    stream([COMPLETE]),
  );
  const client = createClient({ url: server.url });
  expect(await cursorsOf(client.subscribe(Changed, {}, { idleTimeoutMs: 80 }))).toEqual(["1", "2"]);
  expect(server.seen.map(({ body }) => body.variables?.after)).toEqual([undefined, "1", "2"]);
  expect(server.closed).toEqual(["Changed"]);
});

test("Keep-alives keep a stream; a slow reader does not lose it", async () => {
  const pieces = [change("1"), ...Array.from({ length: 40 }, () => ":\n\n"), change("2"), COMPLETE];
  await using server = await startFaultyServer(stream(pieces));
  const cursors: string[] = [];
  for await (const { recordChanged } of createClient({ url: server.url }).subscribe(
    Changed,
    {},
    { idleTimeoutMs: 100 },
  )) {
    cursors.push(recordChanged.cursor);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  expect(cursors).toEqual(["1", "2"]);
  expect(server.seen).toHaveLength(1);
});

test("A subscription without a cursor says that it broke instead of leaving a gap", async () => {
  await using server = await startFaultyServer(stream([event({ heard: "one" })], "break"));
  const events = createClient({ url: server.url }).subscribe(Heard);
  expect(await events.next()).toMatchObject({ value: { heard: "one" } });
  await expect(events.next()).rejects.toMatchObject({ code: "NETWORK" });
  expect(server.seen).toHaveLength(1);
});

test("Without reconnecting, a break is thrown", async () => {
  await using server = await startFaultyServer(stream([change("1")], "break"));
  const events = createClient({ url: server.url }).subscribe(Changed, {}, { reconnect: false });
  await events.next();
  await expect(events.next()).rejects.toMatchObject({ code: "NETWORK", operation: "Changed" });
});

test("A refusal is thrown under the server's code, in the answer or as the first event of a stream", async () => {
  const refused = `event: next\ndata: ${JSON.stringify({ errors: [{ message: "too old", extensions: { code: "INVALID_CURSOR" } }] })}\n\n`;
  await using server = await startFaultyServer(refuse("UNAUTHENTICATED", 401), stream([refused, COMPLETE]));
  const client = createClient({ url: server.url });
  await expect(client.subscribe(Changed).next()).rejects.toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
  await expect(client.subscribe(Changed).next()).rejects.toMatchObject({ code: "INVALID_CURSOR", attempts: 1 });
});

test("A stream that cannot be opened at all is given up after the attempts allowed", async () => {
  const limited = `event: next\ndata: ${JSON.stringify({ errors: [{ message: "later", extensions: { code: "OVERLOADED" } }] })}\n\n`;
  await using server = await startFaultyServer(html(502), stream([limited, COMPLETE]));
  const first = createClient({ url: server.url, retries: 1 }).subscribe(Changed).next();
  await expect(first).rejects.toMatchObject({ code: "OVERLOADED", attempts: 2 });
});

test("A server that answers a subscription like a query does not speak this API", async () => {
  await using server = await startFaultyServer(answer({ data: { recordChanged: { cursor: "1", what: "x" } } }));
  const first = createClient({ url: server.url }).subscribe(Changed).next();
  await expect(first).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test("break, return and the caller's signal each end the stream and its connection", async () => {
  await using server = await startFaultyServer(stream([change("1")], "silence"));
  const client = createClient({ url: server.url });
  for await (const { recordChanged } of client.subscribe(Changed)) if (recordChanged.cursor === "1") break;
  await vi.waitUntil(() => server.closed.length === 1, { timeout: 10_000 });

  const waiting = client.subscribe(Changed);
  await waiting.next();
  const pending = waiting.next();
  await waiting.return?.();
  expect(await pending).toEqual({ done: true, value: undefined });
  await vi.waitUntil(() => server.closed.length === 2, { timeout: 10_000 });

  const controller = new AbortController();
  const stopped = client.subscribe(Changed, {}, { signal: controller.signal });
  await stopped.next();
  const rest = stopped.next();
  controller.abort("desk closed");
  await expect(rest).rejects.toMatchObject({ code: "ABORTED", cause: "desk closed" });
  await vi.waitUntil(() => server.closed.length === 3, { timeout: 10_000 });
});

test("A subscription begins with its hash too", async () => {
  await using server = await startFaultyServer(refuse("PERSISTED_QUERY_NOT_FOUND"), stream([change("1"), COMPLETE]));
  const client = createClient({ url: server.url, persisted: true, retries: 0 });
  expect(await cursorsOf(client.subscribe(Changed))).toEqual(["1"]);
  expect(server.seen.map(({ body }) => body.query !== undefined)).toEqual([false, true]);
});
