import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("..", import.meta.url));

/** A server under load. */
export interface Server {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

const own = [process.execPath, "--import", "tsx"];
const ours = [...own, "src/main.ts", "serve"];
const commands: Readonly<Record<string, (url: string, port: number) => { command: string[]; environment: object }>> = {
  chancery: (url, port) => ({ command: ours, environment: chancery(url, port, { CHANCERY_CACHE: "off" }) }),
  cached: (url, port) => ({ command: ours, environment: chancery(url, port, { CHANCERY_CACHE: "on" }) }),
  ordinary: (url, port) => ({
    command: ours,
    environment: chancery(url, port, { CHANCERY_CACHE: "off", CHANCERY_PLAN: "off" }),
  }),
  postgraphile: (url, port) => ({
    command: ["bench/node_modules/node/bin/node", "bench/peer/postgraphile.mjs", url, String(port)],
    environment: { NODE_ENV: "production", GRAPHILE_ENV: "production" },
  }),
  limit: (url, port) => ({ command: [...own, "bench/peer/limit.ts", url, String(port)], environment: {} }),
};

function chancery(url: string, port: number, switches: object): object {
  const steady = { CHANCERY_PLAYGROUND: "off", CHANCERY_RATE: "off", NODE_ENV: "production" };
  return { DATABASE_URL: url, PORT: String(port), ...steady, ...switches };
}

/** Starts one of the servers on a free port, and waits until it answers. Throws with what it said when it ends first. */
export async function start(name: string, url: string): Promise<Server> {
  const port = await freePort();
  const { command, environment } = commands[name]?.(url, port) ?? { command: [], environment: {} };
  const [program, ...args] = command;
  const child = spawn(program ?? "", args, {
    cwd: PROJECT,
    env: { PATH: process.env["PATH"] ?? "", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  await ready(child, name);
  return {
    name,
    port,
    pid: child.pid ?? 0,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

function ready(child: ChildProcess, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.once("exit", (code) => reject(new Error(`${name} ended with ${code}: ${said}`)));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        said = (said + chunk.toString("utf8")).slice(-4_000);
        if (/\bready\b/.test(said)) resolve();
      });
    }
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
