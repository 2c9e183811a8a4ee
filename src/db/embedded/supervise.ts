import type { ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { startProgram, type Surroundings } from "./program.ts";

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
/** After this long, a crash is taken for a new trouble and not for the old one going on. */
const STEADY_MS = 30_000;

/** What to keep running, and how to see that it runs. */
export interface Task {
  readonly program: string;
  /** The arguments, given the port to listen on. */
  readonly args: (port: number) => readonly string[];
  readonly surroundings: Surroundings;
  readonly logFile: string;
  readonly log: (line: string) => void;
  /** Whether it answers on this port. */
  readonly answers: (port: number) => Promise<boolean>;
  /** Asks it to stop in good order and waits until it has. */
  readonly stop: () => Promise<unknown>;
}

/** A PostgreSQL that is kept running. */
export interface Supervised {
  readonly port: number;
  /** Stops it in good order; resolves when it has ended. */
  stop(): Promise<void>;
  /** Asks it to stop and does not wait. */
  abandon(): void;
}

interface Run {
  readonly child: ChildProcess;
  readonly since: number;
  readonly ended: Promise<string>;
  over: boolean;
}

/**
 * Starts PostgreSQL on a free port, waits until it answers (60 s at most), and from then on starts it again on the same
 * port when it ends by itself, after a pause of 0.25 s that doubles up to 10 s.
 * @throws Error with the end of its log when it does not start.
 */
export async function supervise(task: Task): Promise<Supervised> {
  const stopping = new AbortController();
  let port = await freePort();
  let run = launch(task, port);
  for (let attempt = 1; !(await isUp(task, run, port)); attempt++) {
    const trouble = await end(run);
    const tail = tailOf(task.logFile);
    if (!tail.includes("Address already in use") || attempt === 5) {
      throw new Error(`PostgreSQL did not start (${trouble}). The end of ${task.logFile}:\n${tail}`);
    }
    port = await freePort(); // somebody took the port between our looking and PostgreSQL's binding
    run = launch(task, port);
  }
  const watching = keepUp();

  function leaving(): boolean {
    return stopping.signal.aborted;
  }

  async function keepUp(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      const reason = await run.ended;
      if (leaving()) return;
      if (Date.now() - run.since > STEADY_MS) pause = FIRST_PAUSE_MS;
      task.log(`PostgreSQL ended (${reason}); starting it again in ${pause / 1000} s. Its log: ${task.logFile}`);
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (leaving()) return;
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      run = launch(task, port);
      if (await isUp(task, run, port)) task.log("PostgreSQL answers again.");
      else if (!leaving()) await end(run);
    }
  }

  return {
    port,
    abandon: () => {
      stopping.abort();
      if (!run.over) run.child.kill("SIGINT");
    },
    stop: async () => {
      stopping.abort();
      if (!run.over) {
        await task.stop().catch((error: unknown) => task.log(`PostgreSQL did not stop as asked: ${String(error)}`));
        await end(run);
      }
      await watching;
    },
  };
}

function launch(task: Task, port: number): Run {
  const log = openSync(task.logFile, "a", 0o600);
  try {
    const child = startProgram(task.program, task.args(port), task.surroundings, ["ignore", log, log]);
    const ended = new Promise<string>((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    const run: Run = { child, since: Date.now(), ended, over: false };
    void ended.then(() => (run.over = true));
    return run;
  } finally {
    closeSync(log);
  }
}

async function isUp(task: Task, run: Run, port: number): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!run.over && Date.now() < deadline) {
    if (await task.answers(port)) return !run.over;
    await sleep(50);
  }
  return false;
}

function isRunning({ over }: Run): boolean {
  return !over;
}

/** Waits for the end, then insists: first on an immediate shutdown, then on any. */
async function end(run: Run): Promise<string> {
  for (const signal of ["SIGQUIT", "SIGKILL"] as const) {
    if (!isRunning(run)) break;
    const patience = signal === "SIGQUIT" ? 1_000 : STOP_TIMEOUT_MS / 3;
    await Promise.race([run.ended, sleep(patience, undefined, { ref: false })]);
    if (isRunning(run)) run.child.kill(signal);
  }
  return run.ended;
}

function tailOf(path: string): string {
  return readFileSync(path, "utf8").slice(-4_000).trim().split("\n").slice(-20).join("\n");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
