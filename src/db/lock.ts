import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { Refusal } from "../errors.ts";

/** Who holds a lock: a process, told apart from a later one of the same number by the moment it began. */
interface Holder {
  readonly pid: number;
  readonly began: string;
}

/**
 * Takes the lock file at `path` for this process and returns what releases it.
 * A lock left by a process that has ended is taken over.
 * @throws Refusal CONFIGURATION when a living process holds it.
 */
export function takeLock(path: string, subject: string): () => void {
  const own = JSON.stringify({ pid: process.pid, began: beginning(process.pid) } satisfies Holder);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, own, { mode: 0o600 });
  try {
    // A link appears whole or not at all, so nobody can read a lock that is half written.
    while (!linked(draft, path)) setAside(path, subject);
  } finally {
    rmSync(draft, { force: true });
  }
  return () => {
    if (read(path) === own) rmSync(path, { force: true });
  };
}

/** The process number of the living holder of the lock at `path`, if there is one. */
export function lockHolder(path: string): number | undefined {
  const text = read(path);
  return text === undefined ? undefined : livingHolder(text);
}

function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function setAside(path: string, subject: string): void {
  const seen = read(path);
  if (seen === undefined) return;
  const pid = livingHolder(seen);
  if (pid !== undefined) {
    throw new Refusal(
      "CONFIGURATION",
      `${subject} is in use by process ${pid}. Stop that one first, or give this one a folder of its own: CHANCERY_DATA=<folder>.`,
      { pid, lock: path },
    );
  }
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  // Between reading and renaming, another process may have taken the stale lock over: then this is its lock.
  if (read(aside) !== seen) linked(aside, path);
  rmSync(aside, { force: true });
}

function livingHolder(text: string): number | undefined {
  let holder: Partial<Holder>;
  try {
    holder = JSON.parse(text) as Partial<Holder>;
  } catch {
    return undefined; // not written by takeLock, which writes whole files only
  }
  const { pid, began } = holder;
  if (typeof pid !== "number" || !alive(pid)) return undefined;
  return beginning(pid) === began ? pid : undefined;
}

/** Whether a process of this number runs; one that has ended and only waits for its parent to notice does not. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return statOf(pid)?.[0] !== "Z";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** When the process began, as Linux tells it (boot, then clock ticks since); elsewhere unknown, "". */
function beginning(pid: number): string {
  const stat = statOf(pid);
  return stat === undefined ? "" : `${read("/proc/sys/kernel/random/boot_id")?.trim()}:${stat[19]}`;
}

/** What Linux tells of a process, from its state on: its number and name, which may hold spaces, are left out. */
function statOf(pid: number): string[] | undefined {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
}
