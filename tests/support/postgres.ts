import { execFileSync, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { chooseAccount } from "../../src/db/embedded/account.ts";
import { findBinaries } from "../../src/db/embedded/binaries.ts";
import { layout } from "../../src/db/embedded/cluster.ts";
import { startProgram, type Surroundings } from "../../src/db/embedded/program.ts";
import { startEmbedded } from "../../src/db/embedded/start.ts";

/** A PostgreSQL as an operator runs one: nobody starts it again, unless the test does, and then on the same port. */
export interface OwnPostgres {
  readonly url: string;
  /** Starts it, or starts it again, and waits until it answers. */
  start(): Promise<void>;
  /** Kills it, and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** Makes a cluster of its own that keeps every promise, as a server wants it, and starts it. */
export async function openPostgres(environment: Readonly<Record<string, string>> = {}): Promise<OwnPostgres> {
  const dataFolder = mkdtempSync(join(tmpdir(), "chancery-postgres-"));
  chmodSync(dataFolder, 0o755);
  const made = await startEmbedded({ dataFolder, log: () => undefined });
  const url = new URL(made.url);
  await made.stop();
  const { cluster, links } = layout(dataFolder);
  const binaries = await findBinaries(links);
  const account = chooseAccount(cluster, [cluster, binaries.postgres]);
  const surroundings: Surroundings = {
    account,
    environment: { ...binaries.environment, ...environment },
    folder: dataFolder,
  };
  url.port = String(await freePort());
  const args = ["-D", cluster, "-c", `port=${url.port}`, "-c", "unix_socket_directories="];
  let child: ChildProcess | undefined;
  const kill = async () => {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  const start = async () => {
    child = startProgram(binaries.postgres, args, surroundings, "ignore");
    const until = Date.now() + 20_000;
    while (!(await answers(url.href))) {
      if (Date.now() > until) throw new Error("PostgreSQL does not answer.");
      // What is left of one that was killed keeps the next from its shared memory for a moment.
      if (child.exitCode !== null) child = startProgram(binaries.postgres, args, surroundings, "ignore");
      await sleep(50);
    }
  };
  await start();
  return {
    url: url.href,
    start,
    kill,
    remove: async () => {
      child?.kill("SIGINT");
      await sleep(300);
      await kill();
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return port;
}

/**
 * Lets no file of a running PostgreSQL grow beyond so many bytes, and none of its new processes; null for as long as it
 * will. To PostgreSQL it is a quota that is used up.
 */
export function limitFiles(postmaster: number, bytes: number | null): void {
  const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, "utf8").trim().split(" ");
  for (const pid of [String(postmaster), ...children].filter(Boolean)) {
    try {
      execFileSync("prlimit", ["--pid", pid, `--fsize=${bytes ?? "unlimited"}:unlimited`], accountOf(pid));
    } catch (error) {
      if (existsSync(`/proc/${pid}`)) throw error; // some come and go
    }
  }
}

/** Whose a process is: nobody else may bind it, in some containers not even root. */
function accountOf(pid: string): { uid: number; gid: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const idOf = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]);
  return { uid: idOf("Uid"), gid: idOf("Gid") };
}
