import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Refusal } from "../../errors.ts";
import type { Binaries } from "./binaries.ts";
import { runProgram, type Surroundings } from "./program.ts";

const UNFINISHED = "cluster.unfinished.";
const INITDB_TIMEOUT_MS = 120_000;

/** The superuser of an embedded cluster, and the name of its database. */
export const OWNER = "chancery";

/** Where the parts of an embedded PostgreSQL lie in a data folder. */
export function layout(dataFolder: string) {
  const cluster = join(dataFolder, "cluster");
  return {
    cluster,
    password: join(cluster, "chancery.password"),
    /** Holds the socket. */
    run: join(dataFolder, "run"),
    links: join(dataFolder, "lib"),
    lock: join(dataFolder, "server.lock"),
    log: join(dataFolder, "postgres.log"),
  };
}

/** Whether a name in a data folder is that of a cluster that was never finished. */
export function isDraft(name: string): boolean {
  return name.startsWith(UNFINISHED);
}

/**
 * Makes the cluster unless it exists. It appears whole, password included, or not at all: what was killed in the
 * middle is thrown away by the next attempt. Text is UTF-8 sorted by code point whatever the host's locale says.
 */
export async function makeCluster(dataFolder: string, binaries: Binaries, surroundings: Surroundings): Promise<void> {
  for (const name of readdirSync(dataFolder)) {
    if (isDraft(name)) rmSync(join(dataFolder, name), { recursive: true, force: true, maxRetries: 5 });
  }
  const { cluster } = layout(dataFolder);
  if (existsSync(cluster)) return;

  const draft = join(dataFolder, `${UNFINISHED}${randomBytes(6).toString("hex")}`);
  const passwordFile = `${draft}.password`;
  writeFileSync(passwordFile, randomBytes(24).toString("base64url"), { mode: 0o600 });
  giveTo(surroundings, passwordFile);
  mkdirSync(draft, { mode: 0o700 });
  giveTo(surroundings, draft);
  const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const access = ["--auth=scram-sha-256", `--username=${OWNER}`, `--pwfile=${passwordFile}`];
  await runProgram(
    binaries.initdb,
    [`--pgdata=${draft}`, ...locale, ...access, "--data-checksums", "--set=timezone=UTC", "--set=log_timezone=UTC"],
    surroundings,
    INITDB_TIMEOUT_MS,
  ).catch(explain);
  renameSync(passwordFile, join(draft, "chancery.password"));
  renameSync(draft, cluster);
}

function explain(error: unknown): never {
  if (error instanceof Error && error.message.includes("could not look up effective user ID")) {
    throw new Refusal(
      "CONFIGURATION",
      `PostgreSQL needs an account with a name, and ${process.getuid?.()} has none in /etc/passwd. Start Chancery as a named account, or use a server of your own: DATABASE_URL=postgresql://user:password@host:5432/database`,
      {},
      error,
    );
  }
  throw error;
}

/** Makes a folder that only the account running PostgreSQL may use. */
export function makePrivateFolder(path: string, surroundings: Surroundings): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  giveTo(surroundings, path);
}

/** The password of the cluster's superuser. */
export function readPassword(dataFolder: string): string {
  return readFileSync(layout(dataFolder).password, "utf8");
}

function giveTo({ account }: Surroundings, path: string): void {
  if (account.uid !== undefined) chownSync(path, account.uid, account.gid ?? account.uid);
}
