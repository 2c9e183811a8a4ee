import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);
const sdk = join(import.meta.dirname, "../..");
/** Where the packages of this checkout are: compilers, and what gql.tada needs. */
export const modules = join(sdk, "../node_modules");

/** A folder of its own, in which nothing but the packed SDK is installed. */
export interface Installed extends AsyncDisposable {
  readonly folder: string;
  /** Runs a program of Node in the folder and gives what it printed; what it printed goes into the failure too. */
  run(file: string, args?: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  /** Begins a program of Node in the folder, which goes on beside the test. */
  start(file: string, args?: readonly string[], env?: Readonly<Record<string, string>>): ChildProcess;
  /** Lets the folder have gql.tada and what that needs. */
  linkTada(): void;
}

/** Builds and packs the SDK as it stands, and installs it beside the files of `source`, without a network. */
export async function installSdk(source: string): Promise<Installed> {
  const scratch = mkdtempSync(join(tmpdir(), "chancery-sdk-"));
  const folder = join(scratch, "consumer");
  // Built and packed aside, so that nothing else that runs meanwhile sees half a package.
  const packed = join(scratch, "sdk");
  mkdirSync(packed);
  for (const file of ["package.json", "README.md"]) cpSync(join(sdk, file), join(packed, file));
  await run(join(modules, ".bin/tsdown"), ["--out-dir", join(packed, "dist")], sdk);
  await run("npm", ["pack", "--pack-destination", scratch], packed);
  const tarball = readdirSync(scratch).find((name) => name.endsWith(".tgz")) ?? "";
  cpSync(source, folder, { recursive: true });
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", join(scratch, tarball)], folder);
  return {
    folder,
    run: (file, args = [], env = {}) => run(process.execPath, [file, ...args], folder, env),
    start: (file, args = [], env = {}) =>
      spawn(process.execPath, [file, ...args], { cwd: folder, env: { ...process.env, ...env }, stdio: "inherit" }),
    linkTada: () => {
      for (const name of ["gql.tada", "@gql.tada", "@0no-co", "graphql", "typescript"])
        symlinkSync(join(modules, name), join(folder, "node_modules", name));
    },
    [Symbol.asyncDispose]: () => rm(scratch, { recursive: true, force: true }),
  };
}

async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  try {
    const { stdout } = await execute(program, args, { cwd, env: { ...process.env, ...env } });
    return stdout;
  } catch (error) {
    const { message, stdout } = error as Error & { stdout: string };
    throw new Error(`${message}\n${stdout}`, { cause: error });
  }
}
