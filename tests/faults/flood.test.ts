import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const heapMegabytes = 700;
const mostGrowthMegabytes = 100;

let dataFolder: string;
let server: ReturnType<typeof spawn>;
let port: number;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

beforeAll(async () => {
  dataFolder = mkdtempSync(join(tmpdir(), "chancery-flood-"));
  const args = [`--max-old-space-size=${heapMegabytes}`, "--import", "tsx", "src/main.ts", "serve"];
  const env = { PATH: "/usr/bin:/bin", CHANCERY_DATA: dataFolder, PORT: "0", CHANCERY_LOG: "off" };
  server = spawn(process.execPath, args, { cwd: PROJECT, env, stdio: ["ignore", "pipe", "pipe"] });
  port = await new Promise((resolve, reject) => {
    let said = "";
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:(\d+)\/graphql/.exec(said)?.[1];
      if (found !== undefined) resolve(Number(found));
    };
    server.stdout?.on("data", hear);
    server.stderr?.on("data", hear);
    server.once("exit", () => reject(new Error(`it ended: ${said}`)));
  });
}, 120_000);
afterAll(async () => {
  agent.destroy();
  server.kill("SIGTERM");
  if (server.exitCode === null) await new Promise((resolve) => server.once("exit", resolve));
  rmSync(dataFolder, { recursive: true, force: true });
});

/** What a process holds in memory, in MB. */
function residentOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1_024;
}

function ask(query: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
    const asking = httpRequest(
      { host: "127.0.0.1", port, path: "/graphql", method: "POST", agent, headers },
      (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.statusCode ?? 0));
      },
    );
    asking.on("error", reject);
    asking.end(JSON.stringify({ query }));
  });
}

/** Sends documents, four at a time, and tells with which statuses they were answered. */
async function flood(count: number, make: (n: number) => string): Promise<Set<number>> {
  const statuses = new Set<number>();
  let n = 0;
  const work = async () => {
    while (n < count) statuses.add(await ask(make(n++)));
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return statuses;
}

const comment = (bytes: number) => `#${"x".repeat(bytes)}\n`;
const name = (bytes: number, n: number) => `a${n}${"y".repeat(bytes)}`;

test(
  "documents that are never twice the same leave the server alive and not a hundred megabytes larger",
  { timeout: 300_000 },
  async () => {
    const pid = server.pid ?? 0;
    // What any server grows by as it warms up, as much of each kind as keeps a heap busy.
    await flood(150, (n) => `{ __typename } ${comment(90_000)} # warm ${n}`);
    await flood(60, (n) => `{ ${name(900_000, n)}`);
    const before = residentOf(pid);
    // Valid ones, with names of their own, in the text and behind it.
    expect(await flood(1_600, (n) => `query ${name(45_000, n)} { __typename } ${comment(45_000)}`)).toEqual(
      new Set([200]),
    );
    // And such as nobody can read.
    expect(await flood(1_200, (n) => `{ ${name(900_000, n)}`)).toEqual(new Set([400]));
    expect(server.exitCode).toBeNull();
    expect(await ask("{ people(first: 1) { nodes { name } } }")).toBe(200);
    expect(residentOf(pid) - before).toBeLessThan(mostGrowthMegabytes);
  },
);
