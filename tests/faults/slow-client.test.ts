import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDb } from "../../src/db/client.ts";
import { joinEmbedded } from "../../src/db/embedded/join.ts";
import { enterCaptures } from "../../src/record/capture.ts";
import { inChangeSet } from "../../src/record/change-set.ts";
import { enterDocuments } from "../../src/record/document.ts";
import { serve } from "../../src/server.ts";
import { newUuid } from "../../src/values/ids.ts";
import { parseFuzzyDate } from "../../src/values/fuzzy-date.ts";
import { chancery, type Running } from "../support/processes.ts";
import { ask } from "./caller.ts";

/** Listens for as long as the test goes on, without a database. */
async function listen(handler: RequestListener, stallMs?: number) {
  const ready = () => Promise.resolve(true);
  const bounds = stallMs === undefined ? {} : { stallMs };
  const server = await serve({ host: "127.0.0.1", port: 0, portChosen: true, drainMs: 100, ready, handler, ...bounds });
  return { ...server, [Symbol.asyncDispose]: () => server.close() };
}

/** Asks, and then takes nothing of the answer until it is told to. */
function askAndLeave(port: number, body: string): Socket {
  const socket = connect(port, "127.0.0.1").pause();
  socket.on("error", () => undefined);
  const head = ["POST /graphql HTTP/1.1", "Host: localhost", "Content-Type: application/json"];
  socket.write([...head, `Content-Length: ${Buffer.byteLength(body)}`, "", body].join("\r\n"));
  return socket;
}

/** Takes what comes until the connection is closed, or nothing more comes for a while; answers how many bytes it was. */
async function readToEnd(socket: Socket): Promise<number> {
  let taken = 0;
  socket.setTimeout(3_000, () => socket.destroy());
  socket.on("data", (chunk: Buffer) => (taken += chunk.length)).resume();
  await new Promise((resolve) => socket.once("close", resolve));
  return taken;
}

test("five hundred clients that send a header a second are all told 408 within ten seconds, and others are answered", async () => {
  await using server = await listen((_request, response) => void response.end("here"));
  const began = performance.now();
  const told = Array.from({ length: 500 }, () => {
    const socket = connect(server.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write("POST /graphql HTTP/1.1\r\nHost: localhost\r\n");
    const dripping = setInterval(() => socket.write("x-more: and more\r\n"), 1_000);
    let heard = "";
    socket.on("data", (chunk: Buffer) => (heard += chunk.toString()));
    return new Promise<string>((resolve) =>
      socket.once("close", () => {
        clearInterval(dripping);
        resolve(heard.split(" ")[1] ?? "");
      }),
    );
  });
  expect(await (await fetch(`http://127.0.0.1:${server.port}/`)).text()).toBe("here");
  expect(new Set(await Promise.all(told))).toEqual(new Set(["408"]));
  expect(performance.now() - began).toBeLessThan(10_000);
}, 20_000);

test("who sends a byte of a body a second is told 408 within twenty seconds", async () => {
  await using server = await listen((request, response) => void request.resume().once("end", () => response.end()));
  const began = performance.now();
  const socket = connect(server.port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write("POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n");
  const dripping = setInterval(() => socket.write("x"), 1_000);
  let heard = "";
  socket.on("data", (chunk: Buffer) => (heard += chunk.toString()));
  await new Promise((resolve) => socket.once("close", resolve));
  clearInterval(dripping);
  expect(heard).toMatch(/^HTTP\/1\.1 408 /);
  expect(performance.now() - began).toBeLessThan(20_000);
}, 30_000);

test("who takes nothing of an answer is cut once the connection has stood still for its time, and who reads slowly is not", async () => {
  const answer = Buffer.alloc(9_000_000, "x");
  const ended: number[] = [];
  const handler: RequestListener = (_request, response) => {
    const began = performance.now();
    response.once("close", () => ended.push(performance.now() - began));
    response.end(answer);
  };
  const stallMs = 1_500;
  await using server = await listen(handler, stallMs);
  const left = askAndLeave(server.port, "{}");
  await expect.poll(() => ended).toHaveLength(1);
  expect(ended[0]).toBeGreaterThanOrEqual(stallMs);
  expect(await readToEnd(left)).toBeLessThan(answer.length);

  // Little at a time, and a rest after it that is far shorter than it may be.
  const slow = askAndLeave(server.port, "{}");
  let [taken, next] = [0, 0];
  slow.on("data", (chunk: Buffer) => {
    taken += chunk.length;
    if (taken > next) slow.pause();
  });
  while (taken < answer.length) {
    next = taken + 200_000;
    slow.resume();
    await sleep(100);
    expect(slow.destroyed).toBe(false);
  }
  await expect.poll(() => ended[1]).toBeGreaterThan(stallMs);
  slow.destroy();
}, 40_000);

describe("Twenty clients that ask for nine million bytes each and take none of them", () => {
  const documents = 10;
  const clients = 20;
  let data: string;
  let running: Running;
  let port: number;

  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), "chancery-slow-"));
    chmodSync(data, 0o755);
    // In a small heap, little of what is over and done with is kept.
    const NODE_OPTIONS = "--max-old-space-size=250";
    running = chancery(["serve"], {
      NODE_OPTIONS,
      CHANCERY_DATA: data,
      PORT: "0",
      CHANCERY_LOG: "off",
      CHANCERY_RATE: "off",
    });
    port = Number((await running.says(/127\.0\.0\.1:(\d+)\/graphql/))[1]);
    const db = openDb(joinEmbedded(data) ?? "");
    const text = "The throne is vacant. ".repeat(41_000);
    await inChangeSet(db, { author: "the clerk", reason: "Long papers." }, (tx, set) => {
      const papers = Array.from({ length: documents }, (_, n) => ({ id: newUuid(), key: `paper-${n}` }));
      const said = { title: "A paper", publisher: "The Gazette", authors: [], url: null, language: "en", note: null };
      const at = new Date("1894-01-01T12:00:00Z");
      const when = { published: parseFuzzyDate("1894"), publishedAt: at, reportedFrom: at, licence: "CC0-1.0" };
      enterDocuments(
        tx,
        set,
        papers.map((paper) => ({ ...paper, kind: "ARTICLE" as const, ...said, ...when })),
      );
      const taken = { text, textPublic: true, mediaType: "text/plain", capturedAt: at };
      enterCaptures(
        tx,
        set,
        papers.map(({ id }) => ({ id: newUuid(), documentId: id, ...taken })),
      );
      return Promise.resolve();
    });
    await db.close();
  }, 120_000);
  afterAll(async () => {
    running.child.kill("SIGTERM");
    await running.ended;
    rmSync(data, { recursive: true, force: true });
  });

  /** No two are the same, so that none is given the answer of another. */
  const question = (n: number) => `query q${n} { documents(first: ${documents}) { nodes { captures { text } } } }`;

  /** What the server holds in memory, in MB. */
  const resident = () =>
    Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${running.child.pid}/status`, "utf8"))?.[1]) / 1_024;

  /** The most that the server holds in memory while twenty are asked for, two at once, in MB. */
  async function peakOf(first: number, send: (query: string) => Promise<unknown>): Promise<number> {
    let most = 0;
    const looking = setInterval(() => (most = Math.max(most, resident())), 50);
    try {
      for (let n = first; n < first + clients; n += 2) {
        await Promise.all([send(question(n)), send(question(n + 1))]);
      }
    } finally {
      clearInterval(looking);
    }
    return most;
  }

  test("hold no more of it than a few answers; others read theirs to the end", async () => {
    const read = await peakOf(0, (query) => ask(query, { port }));
    const left: Socket[] = [];
    const unread = await peakOf(clients, (query) => {
      const socket = askAndLeave(port, JSON.stringify({ query }));
      left.push(socket);
      return once(socket, "readable");
    });
    const other = await ask(question(2 * clients), { port });
    expect([other.status, JSON.stringify(other.body).length > 9_000_000]).toEqual([200, true]);
    // Whose answer was not cut gets it, once they read.
    const whole = (await Promise.all(left.map(readToEnd))).filter((taken) => taken > 9_000_000).length;
    expect(whole).toBeGreaterThan(0);
    expect(whole).toBeLessThan(10);
    // What waits, twice over, and what a collector of garbage leaves; were all kept, it would be more than four hundred.
    expect(unread - read).toBeLessThan(150);
  }, 90_000);
});
