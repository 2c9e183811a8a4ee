import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readPostmaster } from "../../src/db/embedded/orphan.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

/** A program that runs beside the test. */
export interface Running {
  readonly child: ChildProcess;
  /** Everything it has said so far. */
  said(): string;
  /** Resolves with the first match in what it says; rejects when it ends without. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with its exit code or signal. */
  readonly ended: Promise<number | string>;
}

/** Runs `chancery <args>` in an environment that holds only the given variables. */
export function chancery(args: readonly string[], environment: Readonly<Record<string, string>>): Running {
  return program("src/main.ts", args, environment);
}

/** Runs a file of the project as a program, in an environment that holds only the given variables. */
export function program(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(process.execPath, ["--import", "tsx", file, ...args], {
    cwd: PROJECT,
    env: { PATH: "/usr/bin:/bin", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  const ended = new Promise<number | string>((resolve) =>
    child.once("close", (code, signal) => resolve(code ?? signal ?? "")),
  );
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return {
    child,
    ended,
    said: () => said,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(said);
          if (match !== null) resolve(match);
        };
        look();
        for (const stream of [child.stdout, child.stderr]) stream.on("data", look);
        void ended.then((end) => reject(new Error(`It ended (${end}) without saying ${String(pattern)}:\n${said}`)));
      }),
  };
}

/** The process number of the PostgreSQL that runs on a data folder. */
export function postgresOf(dataFolder: string): number {
  const pid = readPostmaster(join(dataFolder, "cluster"))?.pid;
  if (pid === undefined) throw new Error(`No PostgreSQL runs on ${dataFolder}`);
  return pid;
}

/** The account that a process runs as. */
export function accountOf(pid: number): number {
  return Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}
