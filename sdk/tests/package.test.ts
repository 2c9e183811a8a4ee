import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FaultyServer, answer, startFaultyServer } from "./support/faulty-server.ts";

const execute = promisify(execFile);
/** Runs a program; what it printed goes into the failure. */
const run = (program: string, args: readonly string[], { cwd }: { cwd: string }) =>
  execute(program, args, { cwd }).catch((error: unknown) => {
    const { message, stdout } = error as Error & { stdout: string };
    throw new Error(`${message}\n${stdout}`);
  });
const sdk = join(import.meta.dirname, "..");
const modules = join(sdk, "../node_modules");
const tool = (name: string) => join(modules, ".bin", name);
const folder = mkdtempSync(join(tmpdir(), "chancery-sdk-"));
const consumer = join(folder, "consumer");
const strict = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom", "--exactOptionalPropertyTypes"];
let server: FaultyServer;

beforeAll(async () => {
  server = await startFaultyServer(answer({ data: { positionByKey: { title: "President of Venezuela" } } }));
  // Built and packed aside, so that nothing else that runs meanwhile sees half a package.
  const packed = join(folder, "sdk");
  mkdirSync(packed);
  for (const file of ["package.json", "README.md"]) cpSync(join(sdk, file), join(packed, file));
  await run(tool("tsdown"), ["--out-dir", join(packed, "dist")], { cwd: sdk });
  await run("npm", ["pack", "--pack-destination", folder], { cwd: packed });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"))!;
  cpSync(join(sdk, "tests/support/consumer"), consumer, { recursive: true });
  await run("npm", ["install", "--offline", "--no-audit", "--no-fund", join(folder, tarball)], { cwd: consumer });
}, 120_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

test("The package has no dependencies, and says which files it holds", () => {
  const installed = join(consumer, "node_modules");
  expect(readdirSync(installed).filter((name) => !name.startsWith("."))).toEqual(["@chancery"]);
  const manifest = JSON.parse(readFileSync(join(installed, "@chancery/sdk/package.json"), "utf8")) as object;
  expect(manifest).not.toHaveProperty("dependencies");
  expect(readFileSync(join(installed, "@chancery/sdk/README.md"), "utf8")).toContain("# @chancery/sdk");
});

test("A module imports the package and asks a server", async () => {
  const { stdout } = await run(process.execPath, ["ask.mjs", server.url], { cwd: consumer });
  expect(JSON.parse(stdout)).toEqual({
    title: "President of Venezuela",
    isKnownDocument: true,
    isSchema: true,
    isTheSameErrorInBothKinds: true,
  });
});

test("A script requires the package and asks a server", async () => {
  const { stdout } = await run(process.execPath, ["ask.cjs", server.url], { cwd: consumer });
  expect(JSON.parse(stdout)).toEqual({ title: "President of Venezuela", mocks: "function" });
});

describe.each(["typescript", "typescript-6", "typescript-7"])("In %s", (compiler) => {
  const compile = (...args: string[]) =>
    run(process.execPath, [join(modules, compiler, "bin/tsc"), ...strict, ...args], { cwd: consumer });

  test("the types resolve for modules and scripts of Node", async () => {
    await compile("--module", "node16", "types.mts", "types.cts");
  }, 60_000);

  test("the types resolve for bundlers", async () => {
    await compile("--module", "esnext", "--moduleResolution", "bundler", "types.mts");
  }, 60_000);

  test("the types of a selection of one's own are read by gql.tada, once that is installed", async () => {
    const needed = ["gql.tada", "@gql.tada", "@0no-co", "graphql", "typescript"];
    for (const name of needed) symlinkSync(join(modules, name), join(consumer, "node_modules", name));
    try {
      await compile("--module", "node16", "selection.mts", "selection.cts");
      await compile("--module", "esnext", "--moduleResolution", "bundler", "selection.mts");
    } finally {
      for (const name of needed) rmSync(join(consumer, "node_modules", name));
    }
  }, 60_000);
});

test("In an editor, a field of a result and an enumeration tell what they mean", () => {
  const file = join(consumer, "hover.mts");
  const text =
    'import type { PositionByKeyQuery, ActorKind } from "@chancery/sdk"; type T = PositionByKeyQuery["positionByKey"]; export const seats = (t: NonNullable<T>) => t.seats; export type K = ActorKind;';
  writeFileSync(file, text);
  const options = { module: ts.ModuleKind.Node16, target: ts.ScriptTarget.ES2022, strict: true };
  const { fileExists, readFile, readDirectory, directoryExists, getDirectories } = ts.sys;
  const service = ts.createLanguageService({
    fileExists,
    readFile,
    readDirectory,
    directoryExists,
    getDirectories,
    getCurrentDirectory: () => consumer,
    getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => ts.ScriptSnapshot.fromString(readFileSync(name, "utf8")),
  });
  const hover = (word: string) => {
    const info = service.getQuickInfoAtPosition(file, text.lastIndexOf(word));
    return ts.displayPartsToString(info?.documentation);
  };
  expect(hover("seats")).toMatch(/^How many may rightfully hold it at one time; null where/);
  expect(hover("ActorKind")).toContain("- `BLOC`: Several states acting under one name.");
});

test("The README's programs compile", async () => {
  const readme = readFileSync(join(consumer, "node_modules/@chancery/sdk/README.md"), "utf8");
  const programs = Array.from(readme.matchAll(/^```ts\n(.*?)^```/gms), ([, program]) => program);
  expect(programs.length).toBeGreaterThan(3);
  writeFileSync(join(consumer, "readme.mts"), programs.join("\n"));
  await run(tool("tsc"), [...strict, "--module", "node20", "readme.mts"], { cwd: consumer });
}, 60_000);

test("The package with all its operations is imported in 20 ms of a processor", async () => {
  const program = `const start = process.cpuUsage(); await import("@chancery/sdk");
    const { user, system } = process.cpuUsage(start); console.log((user + system) / 1000);`;
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], { cwd: consumer });
    times.push(Number(stdout));
  }
  expect(Math.min(...times)).toBeLessThanOrEqual(20);
});
