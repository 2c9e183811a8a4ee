import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import type { Account } from "./account.ts";

/** What every run of a PostgreSQL program has in common. */
export interface Surroundings {
  readonly account: Account;
  readonly environment: Readonly<Record<string, string>>;
  /** A folder that the account may enter. */
  readonly folder: string;
}

/**
 * Starts a program under the account. It leads a process group of its own, so that Ctrl-C in a terminal reaches the
 * server, which then decides when PostgreSQL stops, and not PostgreSQL directly.
 */
export function startProgram(
  program: string,
  args: readonly string[],
  { account, environment, folder }: Surroundings,
  stdio: StdioOptions,
): ChildProcess {
  const [command = program, ...rest] = [...account.prefix, program, ...args];
  const identity =
    account.prefix.length > 0 || account.uid === undefined ? {} : { uid: account.uid, gid: account.gid ?? account.uid };
  return spawn(command, rest, { ...identity, cwd: folder, env: environment, stdio, detached: true, windowsHide: true });
}

/** Runs a program to its end and returns what it said. Throws, with its words, when it fails or cannot be started. */
export async function runProgram(
  program: string,
  args: readonly string[],
  surroundings: Surroundings,
  timeoutMs: number,
): Promise<string> {
  const child = startProgram(program, args, surroundings, ["ignore", "pipe", "pipe"]);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const timer = setTimeout(() => child.kill("SIGKILL"), timeoutMs);
  try {
    const ended = await new Promise<string>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code, signal) => resolve(code === 0 ? "" : (signal ?? `exit code ${code}`)));
    });
    if (ended !== "") throw new Error(`${program} failed (${ended}): ${said.trim()}`);
    return said;
  } finally {
    clearTimeout(timer);
  }
}
