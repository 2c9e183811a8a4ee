import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { Refusal } from "../../errors.ts";
import { alive } from "../lock.ts";
import type { Binaries } from "./binaries.ts";
import { runProgram, type Surroundings } from "./program.ts";

/** What PostgreSQL tells about itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/** Reads `postmaster.pid` of a cluster; undefined when there is none, or it is not written to its end. */
export function readPostmaster(cluster: string): Postmaster | undefined {
  const path = join(cluster, "postmaster.pid");
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, "utf8").split("\n");
  const postmaster = { pid: Number(lines[0]), port: Number(lines[3]) };
  return postmaster.pid > 0 && postmaster.port > 0 ? postmaster : undefined;
}

/**
 * Stops the PostgreSQL that a killed server left running on this cluster, and clears a `postmaster.pid` whose number
 * now belongs to another program. Only for the holder of the data folder's lock.
 * @returns the process number of what it stopped, if anything.
 * @throws Refusal DB_UNAVAILABLE when it cannot tell whose process that is.
 */
export async function stopOrphan(
  cluster: string,
  binaries: Binaries,
  surroundings: Surroundings,
): Promise<number | undefined> {
  const pid = readPostmaster(cluster)?.pid;
  if (pid === undefined || !alive(pid)) return undefined; // PostgreSQL itself replaces a file whose process is gone
  const owner = identify(pid, cluster);
  if (owner === "another program") {
    rmSync(join(cluster, "postmaster.pid"), { force: true });
    return undefined;
  }
  if (owner === "unknown") {
    throw new Refusal(
      "DB_UNAVAILABLE",
      `Process ${pid} may be a PostgreSQL that still uses ${cluster}, but it cannot be looked at. If it is, stop it with "kill -INT ${pid}"; if it is not, remove ${join(cluster, "postmaster.pid")}.`,
    );
  }
  const stop = (mode: string) =>
    runProgram(binaries.pgCtl, ["stop", "-D", cluster, "-m", mode, "-w", "-t", "20"], surroundings, 25_000);
  try {
    await stop("fast");
  } catch {
    await stop("immediate"); // the write-ahead log makes this safe; the next start only takes longer
  }
  return pid;
}

function identify(pid: number, cluster: string): "ours" | "another program" | "unknown" {
  try {
    const program = basename(readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ""));
    // PostgreSQL works from inside its cluster, so the working folder says which cluster it serves.
    const folder = readlinkSync(`/proc/${pid}/cwd`);
    return program === "postgres" && folder === realpathSync(cluster) ? "ours" : "another program";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && process.platform === "linux") return "another program"; // it ended meanwhile
    if (code === "ENOENT" || code === "EACCES" || code === "EPERM") return "unknown";
    throw error;
  }
}
