import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { chancery, postgresOf, type Running } from "../support/processes.ts";
import { openPostgres } from "../support/postgres.ts";
import { ask, codeOf, healthOf, type Answered } from "./caller.ts";

/** What is promised, in ms; the machine may be busy with other tests. */
const promised = { answer: 2_000, ready: 10_000 };
const margin = 2;

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

/** Serves, and answers at which port. */
async function serve(environment: Readonly<Record<string, string>>): Promise<{ running: Running; port: number }> {
  const running = chancery(["serve"], { PORT: "0", CHANCERY_LOG: "off", CHANCERY_CACHE: "off", ...environment });
  ending.push(() => (running.child.kill("SIGTERM"), running.ended));
  return { running, port: Number((await running.says(/127\.0\.0\.1:(\d+)\/graphql/))[1]) };
}

/** Asks without a pause, for eight, until it is told to stop; and keeps every answer, or why there was none. */
function load(port: number) {
  const answers: Answered[] = [];
  const lost: unknown[] = [];
  let open = true;
  const work = async () => {
    while (open) {
      const first = 1 + (answers.length % 50);
      const query = "query ($first: Int!) { people(first: $first) { nodes { name } } }";
      await ask(query, { port, variables: { first } }).then(
        (answer) => answers.push(answer),
        (error: unknown) => lost.push(error),
      );
      await sleep(10);
    }
  };
  const working = Promise.all(Array.from({ length: 8 }, work));
  return { answers, lost, stop: () => ((open = false), working) };
}

/** Looks until it is ready, and answers how long that took, in ms; or fails after a while. */
async function readyAfter(port: number): Promise<number> {
  const began = performance.now();
  await expect
    .poll(() => healthOf(port, "ready"), { timeout: margin * promised.ready, interval: 50 })
    .toMatchObject({ status: 200 });
  return performance.now() - began;
}

/** What must hold of the answers that were given while the database was away and came back. */
function expectHonest({ answers, lost }: ReturnType<typeof load>): void {
  expect(lost).toEqual([]);
  const told = answers.map((answer) => `${answer.status} ${codeOf(answer)}`);
  expect(new Set(told)).toEqual(new Set(["200 null", "503 DB_UNAVAILABLE"]));
  for (const answer of answers) {
    expect(answer.ms).toBeLessThan(margin * promised.answer);
    if (answer.status === 200) expect(answer.body).toHaveProperty("data.people.nodes");
    else expect(answer.headers["retry-after"]).toBe("1");
  }
}

describe("When PostgreSQL is killed under load, everybody is told within two seconds, and later answered", () => {
  test("where it is the server's own, which starts it again", async () => {
    const data = mkdtempSync(join(tmpdir(), "chancery-gone-"));
    chmodSync(data, 0o755);
    ending.push(() => rmSync(data, { recursive: true, force: true }));
    const { running, port } = await serve({ CHANCERY_DATA: data });
    const asked = load(port);
    await expect.poll(() => asked.answers.length).toBeGreaterThan(50);
    const before = postgresOf(data);
    process.kill(before, "SIGKILL");
    await running.says(/PostgreSQL ended/);
    const away = await healthOf(port, "ready");
    expect(away.ms).toBeLessThan(margin * promised.answer);
    await running.says(/PostgreSQL answers again/);
    expect(await readyAfter(port)).toBeLessThan(margin * promised.ready);
    const until = asked.answers.length + 50;
    await expect.poll(() => asked.answers.length).toBeGreaterThan(until);
    await asked.stop();
    expectHonest(asked);
    expect(asked.answers.at(-1)?.status).toBe(200);
    expect(postgresOf(data)).not.toBe(before);
  }, 120_000);

  test("where it is somebody else's, who starts it again later", async () => {
    const postgres = await openPostgres();
    ending.push(() => postgres.remove());
    const { port } = await serve({ DATABASE_URL: postgres.url });
    const asked = load(port);
    await expect.poll(() => asked.answers.length).toBeGreaterThan(50);
    await postgres.kill();
    for (let n = 0; n < 4; n++) {
      const away = await healthOf(port, "ready");
      expect(away.status).toBe(503);
      expect(away.ms).toBeLessThan(margin * promised.answer);
      expect((await healthOf(port, "live")).status).toBe(200);
      await sleep(250);
    }
    await postgres.start();
    expect(await readyAfter(port)).toBeLessThan(margin * promised.ready);
    const until = asked.answers.length + 50;
    await expect.poll(() => asked.answers.length).toBeGreaterThan(until);
    await asked.stop();
    expectHonest(asked);
    expect(asked.answers.at(-1)?.status).toBe(200);
  }, 120_000);
});
