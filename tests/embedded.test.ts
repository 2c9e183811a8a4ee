import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withDatabase, withSettings, withoutPassword } from "../src/db/connection-string.ts";
import { chooseAccount } from "../src/db/embedded/account.ts";
import { joinEmbedded } from "../src/db/embedded/join.ts";
import { runProgram } from "../src/db/embedded/program.ts";
import { startEmbedded, type Embedded } from "../src/db/embedded/start.ts";
import { alive } from "../src/db/lock.ts";
import { eventually } from "./support/eventually.ts";
import { accountOf, postgresOf } from "./support/processes.ts";

const SETTINGS = { fsync: "off" };
let scratch: string;
let dataFolder: string;
let lines: string[];
let running: Embedded[];

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "chancery-embedded-"));
  chmodSync(scratch, 0o755);
  dataFolder = join(scratch, "data");
  lines = [];
  running = [];
});

afterEach(async () => {
  for (const server of running) await server.stop();
  rmSync(scratch, { recursive: true, force: true });
});

async function start(folder = dataFolder): Promise<Embedded> {
  const server = await startEmbedded({ dataFolder: folder, log: (line) => lines.push(line), settings: SETTINGS });
  running.push(server);
  return server;
}

async function stop(server: Embedded): Promise<void> {
  running = running.filter((each) => each !== server);
  await server.stop();
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe("The embedded PostgreSQL", () => {
  it("keeps UTF-8 and UTC whatever the host says, and listens to this machine alone", async () => {
    const before = { LANG: process.env["LANG"], TZ: process.env["TZ"], PGTZ: process.env["PGTZ"] };
    Object.assign(process.env, { TZ: "Asia/Kolkata", PGTZ: "Asia/Kolkata", LANG: "de_DE.ISO-8859-1" });
    try {
      const { url } = await start();
      const shown = `SELECT current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS timezone,
        current_setting('log_timezone') AS log_timezone, current_setting('listen_addresses') AS addresses,
        current_setting('data_checksums') AS checksums, datlocprovider AS provider, datcollate AS collation, datname AS name
        FROM pg_database WHERE datname = current_database()`;
      expect(await ask(url, shown)).toEqual([
        {
          encoding: "UTF8",
          timezone: "UTC",
          log_timezone: "UTC",
          addresses: "127.0.0.1",
          checksums: "on",
          provider: "b",
          collation: "C",
          name: "chancery",
        },
      ]);
    } finally {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  });

  it("asks for its password, which only its owner can read, on every way in", async () => {
    const { url } = await start();
    const wrong = new URL(url);
    wrong.password = "password";
    await expect(ask(wrong.href, "SELECT 1")).rejects.toThrow("password authentication failed");
    const socket = `${withDatabase(wrong.href, "chancery")}?host=${join(dataFolder, "run")}`;
    await expect(ask(socket, "SELECT 1")).rejects.toThrow("password authentication failed");
    const file = join(dataFolder, "cluster", "chancery.password");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).toBe(new URL(url).password);
    expect(readdirSync(dataFolder).filter((name) => name.includes("unfinished"))).toEqual([]);
  });

  it("keeps what it was given from one start to the next", async () => {
    const first = await start();
    await ask(first.url, "CREATE TABLE memory (word text); INSERT INTO memory VALUES ('juro')");
    await stop(first);
    await expect(ask(first.url, "SELECT 1")).rejects.toThrow();
    expect(await ask((await start()).url, "SELECT word FROM memory")).toEqual([{ word: "juro" }]);
  });

  it("begins again after being killed while making the database", async () => {
    const half = join(dataFolder, "cluster.unfinished.0123");
    mkdirSync(half, { recursive: true });
    writeFileSync(join(half, "PG_VERSION"), "18\n");
    writeFileSync(`${half}.password`, "half");
    await ask((await start()).url, "SELECT 1");
    expect(readdirSync(dataFolder).filter((name) => name.includes("unfinished"))).toEqual([]);
  });

  it("is started again on the same port when it is killed", async () => {
    const { url } = await start();
    const pid = postgresOf(dataFolder);
    process.kill(pid, "SIGKILL");
    await eventually(() => ask(url, "SELECT 1"));
    expect(postgresOf(dataFolder)).not.toBe(pid);
    expect(lines.join("\n")).toMatch(/PostgreSQL ended \(SIGKILL\); starting it again in 0.25 s/);
  });

  it("ends when one of its sessions is killed, and is started again by whoever watches it", async () => {
    const { url } = await start();
    const session = new pg.Client(url);
    session.on("error", () => undefined);
    await session.connect();
    const { rows } = await session.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    process.kill(rows[0]?.pid ?? 0, "SIGKILL");
    await eventually(() => expect(lines.join("\n")).toMatch(/PostgreSQL ended \(exit code \d+\); starting it again/));
    await eventually(() => ask(url, "SELECT 1"));
  });

  it("belongs to one server at a time, and a command beside it may join", async () => {
    const { url } = await start();
    await expect(start()).rejects.toMatchObject({
      code: "CONFIGURATION",
      message: expect.stringMatching(/in use by process \d+.*CHANCERY_DATA/) as string,
    });
    expect(joinEmbedded(dataFolder)).toBe(url);
    await ask(url, "SELECT 1");
  });

  it("goes into no folder that holds something else, and leaves it as it was", async () => {
    mkdirSync(dataFolder, { recursive: true });
    writeFileSync(join(dataFolder, "letters.txt"), "dear sir");
    const message = expect.stringMatching(/holds letters\.txt.*CHANCERY_DATA/) as string;
    await expect(start()).rejects.toMatchObject({ code: "CONFIGURATION", message });
    expect(readdirSync(dataFolder)).toEqual(["letters.txt"]);
  });

  it.skipIf(process.platform !== "linux")("says at once that a folder cannot be made where none can", async () => {
    const nowhere = startEmbedded({ dataFolder: "/proc/chancery/data", log: () => undefined });
    await expect(nowhere).rejects.toMatchObject({ code: "CONFIGURATION" });
  });

  it("is nobody's after its server stopped, so that nothing is joined", async () => {
    await stop(await start());
    expect(joinEmbedded(dataFolder)).toBeUndefined();
  });

  it("leaves alone a program that got the number of a PostgreSQL long gone", async () => {
    await stop(await start());
    const stale = [process.pid, join(dataFolder, "cluster"), 1548200000, 5432, "", "127.0.0.1", "", "ready"].join("\n");
    writeFileSync(join(dataFolder, "cluster", "postmaster.pid"), stale);
    writeFileSync(join(dataFolder, "server.lock"), JSON.stringify({ pid: process.pid, began: "before the last boot" }));
    await ask((await start()).url, "SELECT 1");
    expect(alive(process.pid)).toBe(true);
  });

  it("works in a folder whose path is too long for a socket or holds strange signs", async () => {
    const { url } = await start(join(scratch, `a folder, with "signs" & ünïcode`, "x".repeat(90)));
    expect(await ask(url, "SHOW unix_socket_directories")).toEqual([{ unix_socket_directories: "" }]);
  });

  it("says what PostgreSQL said when it cannot start", async () => {
    await stop(await start());
    const failing = startEmbedded({ dataFolder, log: () => undefined, settings: { shared_buffers: "a lot" } });
    await expect(failing).rejects.toThrow(/did not start \(exit code 1\)[^]*shared_buffers.*a lot/);
    await ask((await start()).url, "SELECT 1");
  });

  it.runIf(process.getuid?.() === 0)(
    "never runs as root, not even below a folder that only root may enter",
    async () => {
      chmodSync(scratch, 0o700);
      const { url } = await start();
      await ask(url, "SELECT 1");
      const pid = postgresOf(dataFolder);
      expect(accountOf(pid)).not.toBe(0);
      // One right and no other: to pass through folders and read, bit 2 of Linux's capabilities.
      expect(readFileSync(`/proc/${pid}/status`, "utf8")).toMatch(/^CapPrm:\s+0000000000000004$/m);
      const account = chooseAccount(join(dataFolder, "cluster"), [join(scratch, "any")]);
      const asked = runProgram(
        "/usr/bin/test",
        ["-r", join(scratch, ".")],
        { account, environment: {}, folder: "/" },
        5_000,
      );
      await expect(asked).resolves.toBe("");
    },
  );
});

describe("A connection string", () => {
  it("keeps the settings it brings along, and ours count", () => {
    const given = "postgresql://clerk:hu%20sh@h/record?options=-c%20work_mem%3D8MB&sslmode=require";
    const settled = new URL(withSettings(given, { TimeZone: "UTC", lock_timeout: 3000 }));
    expect(settled.searchParams.get("options")).toBe("-c work_mem=8MB -c TimeZone=UTC -c lock_timeout=3000");
    expect(settled.search).not.toContain("+");
    expect(settled.password).toBe("hu%20sh");
    expect(settled.searchParams.get("sslmode")).toBe("require");
  });

  it("is shown without its password, wherever that stands", () => {
    expect(withoutPassword("postgresql://clerk:hush@h/record")).toBe("postgresql://clerk:***@h/record");
    expect(withoutPassword("postgresql:///record?host=/run&password=hush")).not.toContain("hush");
  });
});
