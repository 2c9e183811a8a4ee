import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Refusal } from "../../errors.ts";

/** How to run PostgreSQL's programs: as whom, and through which command. */
export interface Account {
  /** Absent when the programs run as ourselves. */
  readonly uid?: number;
  readonly gid?: number;
  /** Put before the program: changes the account itself, and keeps the right to read what lies below closed folders. */
  readonly prefix: readonly string[];
}

const SETPRIV = "/usr/bin/setpriv";

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it as themselves; root runs it as the owner of the cluster,
 * or, for a new one, as `postgres` or `nobody`. When that account may not enter a folder above `paths` (a clone below
 * /root), `setpriv` of util-linux gives it the one right to pass, and no other.
 * @throws Refusal CONFIGURATION when root has no such way.
 */
export function chooseAccount(cluster: string, paths: readonly string[]): Account {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const { uid, gid } = ownerOf(cluster) ?? namedAccount();
  const closed = paths.map((path) => closedFolder(path, uid, gid)).find((folder) => folder !== undefined);
  if (closed === undefined) return { uid, gid, prefix: [] };
  if (!existsSync(SETPRIV)) {
    throw new Refusal(
      "CONFIGURATION",
      `PostgreSQL does not run as root, and account ${uid}, which would run it, may not enter ${closed}. Start Chancery as an ordinary user, move it to a folder that others may enter, or install util-linux (${SETPRIV}).`,
    );
  }
  const right = "+dac_read_search";
  const change = [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    "--clear-groups",
    // Programs that ask whether they may read before they read (initdb does) are told no unless the right stays theirs.
    "--securebits=+no_setuid_fixup",
    `--inh-caps=${right}`,
    `--ambient-caps=${right}`,
  ];
  return { prefix: [SETPRIV, ...change, "--"], uid, gid };
}

function ownerOf(cluster: string): { uid: number; gid: number } | undefined {
  if (!existsSync(cluster)) return undefined;
  const { uid, gid } = statSync(cluster);
  return uid === 0 ? undefined : { uid, gid };
}

function namedAccount(): { uid: number; gid: number } {
  const accounts = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const fields = accounts.find((line) => line.startsWith(`${name}:`))?.split(":");
    if (fields !== undefined) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new Refusal(
    "CONFIGURATION",
    "PostgreSQL does not run as root, and this system has neither an account `postgres` nor `nobody`. Start Chancery as an ordinary user.",
  );
}

/** The first folder above `path` that this account may not pass through, judged by its permission bits. */
function closedFolder(path: string, uid: number, gid: number): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const stat = statSync(folder);
    const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
    if ((stat.mode & bit) === 0) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
