import { readdirSync, readFileSync } from "node:fs";

const TICKS_A_SECOND = 100;

/** The fields of /proc/<pid>/stat behind the name, from the state on; null where the process has ended. */
function stat(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return null;
  }
}

/** Seconds of processor that a process and all it started have used so far, those that have ended included. */
export function cpuSeconds(root: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const parent = stat(Number(name))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const family = [root];
  for (const member of family) for (const [pid, parent] of parents) if (parent === member) family.push(pid);
  const ticks = family.map((pid) => {
    const fields = stat(pid);
    const used = (pid === root ? [11, 12, 13, 14] : [11, 12]).map((i) => Number(fields?.[i] ?? 0));
    return used.reduce((sum, each) => sum + each, 0);
  });
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_A_SECOND;
}

/** Resident memory of a process, now and at its most, in megabytes. */
export function readMemory(pid: number): { megabytes: number; most: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const of = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
  return { megabytes: of("VmRSS"), most: of("VmHWM") };
}
