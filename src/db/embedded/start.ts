import { existsSync, renameSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import { takeLock } from "../lock.ts";
import { chooseAccount } from "./account.ts";
import { findBinaries, openToOthers } from "./binaries.ts";
import { OWNER, layout, makeCluster, makePrivateFolder, readPassword } from "./cluster.ts";
import { openFolder } from "./folder.ts";
import { stopOrphan } from "./orphan.ts";
import { runProgram, type Surroundings } from "./program.ts";
import { supervise, type Supervised } from "./supervise.ts";

/** Longest path of a Unix socket that Linux takes, in bytes; other systems take three less. */
const LONGEST_SOCKET_PATH = 103;
const LARGEST_LOG_BYTES = 10_000_000;

/** What an embedded PostgreSQL is started with. */
export interface EmbeddedOptions {
  /** Holds everything that is kept; made if absent. One server at a time. */
  readonly dataFolder: string;
  /** Told each step worth a person's notice. */
  readonly log: (line: string) => void;
  /** Further settings of postgresql.conf, over ours. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A running embedded PostgreSQL. */
export interface Embedded {
  /** Connection string of the database `chancery`, for its superuser. */
  readonly url: string;
  /** Stops PostgreSQL in good order and gives the data folder free. */
  stop(): Promise<void>;
  /** Asks PostgreSQL to stop and does not wait: for a process that must end now. */
  abandon(): void;
}

/**
 * Starts the PostgreSQL that npm installed on a data folder of its own, and keeps it running until `stop`: loopback
 * only, on a free port, with a random password, in UTF-8 and UTC whatever the host says, as an ordinary account also
 * when we are root. Recovers from what a killed server left behind: a half-made cluster, a stale lock, a PostgreSQL
 * still running.
 * @throws Refusal CONFIGURATION when the folder is in use or not ours; Error with PostgreSQL's words when it fails.
 */
export async function startEmbedded({ dataFolder, log, settings = {} }: EmbeddedOptions): Promise<Embedded> {
  const folder = resolve(dataFolder);
  const paths = layout(folder);
  openFolder(folder);
  const release = takeLock(paths.lock, `The data folder ${folder}`);
  try {
    const binaries = await findBinaries(paths.links);
    const account = chooseAccount(paths.cluster, [paths.cluster, binaries.postgres]);
    if (account.uid !== undefined) openToOthers(binaries);
    const surroundings: Surroundings = { account, environment: binaries.environment, folder };

    if (!existsSync(paths.cluster)) log(`Creating a PostgreSQL database in ${folder}`);
    await makeCluster(folder, binaries, surroundings);
    const orphan = await stopOrphan(paths.cluster, binaries, surroundings);
    if (orphan !== undefined) log(`Stopped PostgreSQL ${orphan}, which a server that was killed had left running.`);
    makePrivateFolder(paths.run, surroundings);
    turnLog(paths.log);

    const password = readPassword(folder);
    const urlOf = (port: number, database: string) => `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
    const server = await supervise({
      program: binaries.postgres,
      args: (port) => ["-D", paths.cluster, ...flags({ ...ownSettings(paths.run, port), ...settings })],
      surroundings,
      logFile: paths.log,
      log,
      answers: (port) => answers(urlOf(port, "postgres")),
      stop: () =>
        runProgram(binaries.pgCtl, ["stop", "-D", paths.cluster, "-m", "fast", "-w", "-t", "30"], surroundings, 35_000),
    });
    await makeDatabase(urlOf(server.port, "postgres"), server);
    return {
      url: urlOf(server.port, OWNER),
      abandon: () => server.abandon(),
      stop: () => server.stop().finally(release),
    };
  } catch (error) {
    release();
    throw error;
  }
}

function ownSettings(socketFolder: string, port: number): Record<string, string> {
  const socket = join(socketFolder, `.s.PGSQL.${port}`);
  return {
    port: String(port),
    listen_addresses: "127.0.0.1",
    // A comma would part the setting into two folders.
    unix_socket_directories:
      Buffer.byteLength(socket) <= LONGEST_SOCKET_PATH && !/[",]/.test(socket) ? socketFolder : "",
    unix_socket_permissions: "0700",
    timezone: "UTC",
    log_timezone: "UTC",
    logging_collector: "off",
    // Whether it recovers by itself nobody would see; it is supervised, and started again, from without.
    restart_after_crash: "off",
  };
}

function flags(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

function turnLog(path: string): void {
  if (existsSync(path) && statSync(path).size > LARGEST_LOG_BYTES) renameSync(path, `${path}.1`);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined); // the connection may break at any moment of a start; asking again is the answer
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function makeDatabase(url: string, server: Supervised): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [OWNER]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${OWNER}`);
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    await client.end();
  }
}
