import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { get, type IncomingMessage, type RequestListener } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { joinEmbedded } from "../src/db/embedded/join.ts";
import { alive } from "../src/db/lock.ts";
import { serve, type Serving } from "../src/server.ts";
import { chancery, postgresOf, type Running } from "./support/processes.ts";

let scratch: string;
let started: Running[];
let serving: Serving[];

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "chancery-start-"));
  chmodSync(scratch, 0o755);
  started = [];
  serving = [];
});

afterEach(async () => {
  await Promise.all(serving.map((server) => server.close()));
  for (const { child } of started) child.kill("SIGTERM");
  await Promise.all(started.map(({ ended }) => ended));
  rmSync(scratch, { recursive: true, force: true });
});

function start(environment: Readonly<Record<string, string>> = {}, args = ["serve"]): Running {
  const running = chancery(args, { CHANCERY_DATA: join(scratch, "data"), ...environment });
  started.push(running);
  return running;
}

async function stop(running: Running): Promise<number | string> {
  running.child.kill("SIGTERM");
  return running.ended;
}

async function addressOf(running: Running): Promise<string> {
  return (await running.says(/SDK\s+createClient\(\{ url: "(.*)\/graphql" \}\)/))[1] ?? "";
}

async function listen(
  handler: RequestListener,
  options: { port?: number; drainMs?: number; stallMs?: number } = {},
): Promise<Serving> {
  const ready = () => Promise.resolve(true);
  const server = await serve({ host: "127.0.0.1", port: 0, portChosen: true, ready, handler, ...options });
  serving.push(server);
  return server;
}

function fetchOnce(port: number, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => get({ port, host: "127.0.0.1", path }, resolve).once("error", reject));
}

describe("Starting the server", () => {
  it("says where it is, is ready, and on SIGTERM stops PostgreSQL too, with exit code 0", async () => {
    const running = start({ PORT: "0", TZ: "Asia/Kolkata" });
    const address = await addressOf(running);
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect(running.said()).toMatch(/Playground\s+http:\/\/127\.0\.0\.1:\d+\/graphql/);
    const postgres = postgresOf(join(scratch, "data"));
    expect(await stop(running)).toBe(0);
    expect(alive(postgres)).toBe(false);
  });

  it("comes back after being killed: stops the PostgreSQL left behind and loses nothing", async () => {
    const first = start({ PORT: "0" });
    await addressOf(first);
    const dataFolder = join(scratch, "data");
    const client = new pg.Client({ connectionString: joinEmbedded(dataFolder) });
    client.on("error", () => undefined);
    await client.connect();
    await client.query("CREATE TABLE memory AS SELECT 'juro' AS word");
    const orphan = postgresOf(dataFolder);
    first.child.kill("SIGKILL");
    expect(await first.ended).toBe("SIGKILL");
    expect(alive(orphan)).toBe(true);

    const second = start({ PORT: "0" });
    await second.says(new RegExp(`Stopped PostgreSQL ${orphan}`));
    await addressOf(second);
    expect(alive(orphan)).toBe(false);
    const again = new pg.Client({ connectionString: joinEmbedded(dataFolder) });
    await again.connect();
    expect((await again.query("SELECT word FROM memory")).rows).toEqual([{ word: "juro" }]);
    await again.end();
    await client.end().catch(() => undefined);
  });

  it("comes back after being killed while it made its database", async () => {
    const first = start({ PORT: "0" });
    await first.says(/Creating a PostgreSQL database/);
    await sleep(200);
    first.child.kill("SIGKILL");
    await first.ended;
    await addressOf(start({ PORT: "0" }));
  });

  it("turns a second server away from the same data, and lets commands work beside the first", async () => {
    await addressOf(start({ PORT: "0" }));
    const second = start({ PORT: "0" });
    expect(await second.ended).toBe(1);
    expect(second.said()).toMatch(/in use by process \d+\. Stop that one first/);
    const beside = start({}, ["migrate"]);
    expect(await beside.ended).toBe(0);
    expect(beside.said()).toContain("up to date");
  });

  it("refuses, with exit code 78, a database made by a newer version", async () => {
    const first = start({}, ["migrate"]);
    expect(await first.ended).toBe(0);
    const second = start({ PORT: "0" });
    await addressOf(second);
    const client = new pg.Client({ connectionString: joinEmbedded(join(scratch, "data")) });
    await client.connect();
    await client.query(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('1', '', '20990101000000_later', now())",
    );
    await client.end();
    await stop(second);
    const third = start({ PORT: "0" });
    expect(await third.ended).toBe(78);
    expect(third.said()).toContain("newer Chancery (20990101000000_later)");
  });
});

describe("The port", () => {
  it("is the next free one when nobody chose it, and a refusal with the way out when somebody did", async () => {
    const { port } = await listen((_request, response) => void response.end());
    const options = { host: "127.0.0.1", port, handler: () => undefined, ready: () => Promise.resolve(true) };
    const beside = await serve({ ...options, portChosen: false });
    serving.push(beside);
    expect(beside.port).toBeGreaterThan(port);
    await expect(serve({ ...options, portChosen: true })).rejects.toMatchObject({
      code: "CONFIGURATION",
      message: expect.stringMatching(new RegExp(`Port ${port} .* taken .* PORT=${port + 1} npm start`)) as string,
    });
  });
});

describe("An address that is not this machine's", () => {
  it("is refused before anything is made for it", async () => {
    const server = start({ HOST: "nowhere.invalid", PORT: "0" });
    expect(await server.ended).toBe(1);
    expect(server.said()).toContain("is no address of this machine");
    expect(existsSync(join(scratch, "data"))).toBe(false);
  });
});

describe("A connection on which nothing moves", () => {
  it("stays while its answer is worked on, and is cut when the answer is not taken or nothing is asked", async () => {
    const much = Buffer.alloc(50_000_000);
    const cut: string[] = [];
    const server = await listen(
      ({ url = "", socket }, response) => {
        socket.once("close", () => cut.push(url));
        if (url === "/late") setTimeout(() => response.end("done"), 700);
        else response.end(much);
      },
      { stallMs: 200 },
    );
    expect(await (await fetch(`http://127.0.0.1:${server.port}/late`)).text()).toBe("done");

    const unread = connect(server.port, "127.0.0.1", () => {
      unread.pause().write("GET /much HTTP/1.1\r\nHost: localhost\r\n\r\n");
    });
    unread.on("error", () => undefined);
    await expect.poll(() => cut, { timeout: 3_000 }).toContain("/much");
    unread.destroy();

    const silent = connect(server.port, "127.0.0.1");
    await new Promise((resolve) => silent.once("close", resolve).resume());
  });
});

describe("Stopping the server", () => {
  it("finishes the request in flight, and takes no other", async () => {
    let finish: (() => void) | undefined;
    const server = await listen((_request, response) => {
      finish = () => response.end("finished");
    });
    const answer = fetch(`http://127.0.0.1:${server.port}/slow`);
    await expect.poll(() => finish).toBeDefined();
    let closed = false;
    const closing = server.close().then(() => (closed = true));
    await expect(fetchOnce(server.port, "/late")).rejects.toThrow("ECONNREFUSED");
    expect(closed).toBe(false);
    finish?.();
    expect(await (await answer).text()).toBe("finished");
    const began = Date.now();
    await closing;
    expect(Date.now() - began).toBeLessThan(1_000);
  });

  it("cuts what takes longer than it may", async () => {
    const server = await listen(() => undefined, { drainMs: 100 });
    const answer = fetchOnce(server.port, "/endless");
    const cut = expect(answer).rejects.toThrow("socket hang up");
    await sleep(50);
    await server.close();
    await cut;
  });
});

describe("A client that never finishes its question", () => {
  it("is sent away after five seconds", async () => {
    const server = await listen((_request, response) => void response.end());
    const began = Date.now();
    const socket = connect(server.port, "127.0.0.1");
    socket.write("GET / HTTP/1.1\r\nHost: h\r\n");
    let heard = "";
    socket.on("data", (chunk: Buffer) => (heard += chunk.toString()));
    await new Promise((resolve) => socket.once("close", resolve));
    expect(heard).toMatch(/^HTTP\/1.1 408 /);
    expect(Date.now() - began).toBeLessThan(9_000);
  });
});

describe("The environment", () => {
  it("is not needed", () => {
    const config = readConfig({ DATABASE_URL: "", PORT: " " });
    expect(config).toMatchObject({ host: "127.0.0.1", port: 4000, portChosen: false, playground: true, debug: false });
    expect(config.databaseUrl).toBeUndefined();
    expect(config.dataFolder).toMatch(/\/\.chancery$/);
  });

  it.each([
    ["PORT", "70000", "a number from 0 to 65535"],
    ["PORT", "4000x", "a number from 0 to 65535"],
    ["HOST", "http://localhost", "127.0.0.1 (this machine only)"],
    ["DATABASE_URL", "mysql://clerk:hush@h/record", "postgresql://user:password@host:5432/database"],
    ["DATABASE_URL", "postgresql://clerk:hush@h", "names no database"],
    ["CHANCERY_PLAYGROUND", "maybe", "Set it to on or off"],
  ])("with %s=%s is refused, saying what would be right", (name, value, words) => {
    expect(() => readConfig({ [name]: value })).toThrow(words);
    expect(() => readConfig({ [name]: value })).not.toThrow("hush");
  });
});
