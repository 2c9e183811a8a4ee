import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDb } from "../../src/db/client.ts";
import { joinEmbedded } from "../../src/db/embedded/join.ts";
import { startEmbedded } from "../../src/db/embedded/start.ts";
import { migrate } from "../../src/db/migrate.ts";
import { enterActors } from "../../src/record/actor.ts";
import { inChangeSet } from "../../src/record/change-set.ts";
import { verifyRecord } from "../../src/record/verify.ts";
import { newUuid } from "../../src/values/ids.ts";
import { newPerson } from "../support/person.ts";
import { chancery, postgresOf, type Running } from "../support/processes.ts";
import { openDesk, wrongs, type Acknowledged } from "./desk.ts";

/** How often each is killed: FAULT_ROUNDS; `npm run faults` has it 20. */
const asked = process.env["FAULT_ROUNDS"];
const rounds = Number(asked ?? 2);
/** What is promised; among the other tests, which keep the machine busy, thrice that. */
const readyWithinMs = asked === undefined ? 30_000 : 10_000;
const guests = 2_000;

let scratch: string;
let data: string;
let key: string;
let started: Running[];
const acknowledged: Acknowledged = new Map();

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), "chancery-faults-"));
  chmodSync(scratch, 0o755);
  data = join(scratch, "data");
  started = [];
  acknowledged.clear();
  const made = run(["key", "create", "Desk", "--scope", "contribute", "--scope", "admin", "--quiet"]);
  expect([await made.ended, made.said()]).toEqual([0, expect.stringContaining("pcr_")]);
  key = /pcr_\S+/.exec(made.said())?.[0] ?? "";
});
afterEach(async () => {
  for (const { child } of started) child.kill("SIGTERM");
  await Promise.all(started.map(({ ended }) => ended));
  rmSync(scratch, { recursive: true, force: true });
});

function run(args: readonly string[]): Running {
  const running = chancery(args, { CHANCERY_DATA: data, PORT: "0", CHANCERY_LOG: "off" });
  started.push(running);
  return running;
}

/** Starts the server and answers where it is, once it is ready: in time, unless it enters the founding dossier first. */
async function serveReady(first = false): Promise<{ running: Running; address: string }> {
  const began = Date.now();
  const running = run(["serve"]);
  const [, address = ""] = await running.says(/SDK\s+createClient\(\{ url: "(.*)\/graphql" \}\)/);
  expect((await fetch(`${address}/health/ready`)).status).toBe(200);
  if (!first) expect(Date.now() - began).toBeLessThan(readyWithinMs);
  return { running, address };
}

async function becomesReady(address: string): Promise<void> {
  const began = Date.now();
  for (;;) {
    const status = await fetch(`${address}/health/ready`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) break;
    expect(Date.now() - began).toBeLessThan(readyWithinMs);
    await sleep(50);
  }
}

/** Waits until more is acknowledged, then a little that differs from round to round. */
async function amidWork(round: number): Promise<void> {
  const before = acknowledged.size;
  await expect.poll(() => acknowledged.size, { timeout: 20_000, interval: 10 }).toBeGreaterThan(before + 3);
  await sleep((round * 37) % 113);
}

/** Begins to enter a dossier of many people beside the server. */
function beginImport(round: number): { running: Running; prefix: string } {
  const prefix = `crowd-${round}`;
  const people = Array.from(
    { length: guests },
    (_, i) => `  - { key: ${prefix}-${i}, kind: PERSON, name: Guest ${i} }`,
  );
  const path = join(scratch, `${prefix}.yaml`);
  const crisis = `crisis: { key: ${prefix}, title: A coronation, summary: Everybody came. }`;
  writeFileSync(path, `dossier: 1\n${crisis}\ndocuments: []\nactors:\n${people.join("\n")}\nassertions: []\n`);
  return { running: run(["import", path]), prefix };
}

/** How many people of an import are there. */
async function countOf(prefix: string): Promise<number> {
  const client = new pg.Client({ connectionString: joinEmbedded(data) });
  await client.connect();
  const { rows } = await client.query<{ count: number }>("select count(*)::int from actor where key like $1", [
    `${prefix}-%`,
  ]);
  await client.end();
  return rows[0]?.count ?? -1;
}

/** Looks through everything, once it has come back. */
async function expectWhole(): Promise<void> {
  expect(await wrongs(data, acknowledged)).toEqual([]);
}

test(
  `the server, killed ${rounds} times in the middle of mutations and an import, loses nothing that it acknowledged`,
  async () => {
    let { running, address } = await serveReady(true);
    let cutShort = 0;
    for (let round = 0; round < rounds; round++) {
      const desk = openDesk(address, key, acknowledged);
      const crowd = beginImport(round);
      await amidWork(round);
      if (round % 2 === 0) await crowd.running.says(/Importing/);
      await sleep((round * 53) % 400);
      for (const each of [running, crowd.running]) each.child.kill("SIGKILL");
      const [, entered] = await Promise.all([running.ended, crowd.running.ended]);
      await desk.stop();
      ({ running, address } = await serveReady());
      await expectWhole();
      const count = await countOf(crowd.prefix);
      expect(entered === 0 ? [guests] : [0, guests]).toContain(count);
      if (count === 0) cutShort += 1;
    }
    expect(cutShort).toBeGreaterThan(0);
    expect(acknowledged.size).toBeGreaterThan(rounds * 3);
    expect((await verifyRecord(joinEmbedded(data) ?? "")).faults).toEqual([]);
  },
  rounds * 60_000,
);

test(
  `PostgreSQL, killed ${rounds} times in the middle of mutations and an import, comes back by itself and has lost nothing`,
  async () => {
    let { running, address } = await serveReady(true);
    for (let round = 0; round < rounds; round++) {
      const desk = openDesk(address, key, acknowledged);
      const crowd = beginImport(round);
      await amidWork(round);
      if (round % 2 === 0) await crowd.running.says(/Importing/);
      await sleep((round * 53) % 400);
      const before = postgresOf(data);
      process.kill(before, "SIGKILL");
      await expect.poll(() => running.said(), { timeout: readyWithinMs }).toMatch(/PostgreSQL ended/);
      await becomesReady(address);
      await amidWork(round);
      await desk.stop();
      const entered = await crowd.running.ended;
      await expectWhole();
      expect(await countOf(crowd.prefix)).toBe(entered === 0 ? guests : 0);
      // Each crash in a row is waited after for longer, so a server sees three.
      if (round % 3 === 2 && round < rounds - 1) {
        running.child.kill("SIGTERM");
        expect(await running.ended).toBe(0);
        ({ running, address } = await serveReady());
      }
    }
    expect((await verifyRecord(joinEmbedded(data) ?? "")).faults).toEqual([]);
  },
  rounds * 60_000,
);

test("the server, stopped in good order under load, tells everybody what became of what they sent", async () => {
  const { running, address } = await serveReady(true);
  const desk = openDesk(address, key, acknowledged, 8);
  await amidWork(0);
  running.child.kill("SIGTERM");
  expect(await running.ended).toBe(0);
  await desk.stop();
  const again = await serveReady();
  await expectWhole();
  const client = new pg.Client({ connectionString: joinEmbedded(data) });
  await client.connect();
  const { rows } = await client.query<{ count: number }>("select count(*)::int from actor where key like 'pair-%'");
  await client.end();
  expect(rows[0]?.count).toBe(2 * acknowledged.size);
  again.running.child.kill("SIGTERM");
}, 120_000);

describe("Whether PostgreSQL waits for the disk", () => {
  /** How many change sets are lost that a writer took for entered, when PostgreSQL is killed at once. */
  async function lostWith(synchronous: "on" | "off"): Promise<number> {
    const settings = { synchronous_commit: synchronous, wal_writer_delay: "10s" };
    const dataFolder = join(scratch, synchronous);
    const embedded = await startEmbedded({ dataFolder, log: () => undefined, settings });
    const entered: Acknowledged = new Map();
    try {
      await migrate(embedded.url);
      const db = openDb(embedded.url);
      for (let i = 0; i < 10; i++) {
        const { changeSet } = await inChangeSet(db, { author: "the clerk", reason: "A guest." }, (tx, set) => {
          enterActors(tx, set, [newPerson(`guest-${newUuid()}`, "A guest")]);
          return Promise.resolve();
        });
        const set = await db.prisma.changeSet.findUniqueOrThrow({ where: { number: changeSet ?? 0 } });
        entered.set(set.number, set.hash);
      }
      process.kill(postgresOf(dataFolder), "SIGKILL");
      await db.close().catch(() => undefined);
      const until = Date.now() + 20_000;
      for (;;) {
        try {
          return (await wrongs(dataFolder, entered)).length;
        } catch (error) {
          if (Date.now() > until) throw error;
          await sleep(100);
        }
      }
    } finally {
      await embedded.stop();
    }
  }

  test("is what the tests above rest on: where it does not, they would fail", async () => {
    expect(await lostWith("on")).toBe(0);
    expect(await lostWith("off")).toBeGreaterThan(0);
  }, 180_000);
});
