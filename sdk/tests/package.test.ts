import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FaultyServer, answer, startFaultyServer } from "./support/faulty-server.ts";
import { type Installed, installSdk } from "./support/installed.ts";

let installed: Installed;
let server: FaultyServer;

beforeAll(async () => {
  server = await startFaultyServer(answer({ data: { positionByKey: { title: "President of Venezuela" } } }));
  installed = await installSdk(join(import.meta.dirname, "support/consumer"));
}, 120_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await installed[Symbol.asyncDispose]();
});

test("The package has no dependencies, and says which files it holds", () => {
  const modules = join(installed.folder, "node_modules");
  expect(readdirSync(modules).filter((name) => !name.startsWith("."))).toEqual(["@chancery"]);
  const manifest = JSON.parse(readFileSync(join(modules, "@chancery/sdk/package.json"), "utf8")) as object;
  expect(manifest).not.toHaveProperty("dependencies");
  expect(readFileSync(join(modules, "@chancery/sdk/README.md"), "utf8")).toContain("# @chancery/sdk");
});

test("A module imports the package and asks a server", async () => {
  expect(JSON.parse(await installed.run("ask.mjs", [server.url]))).toEqual({
    title: "President of Venezuela",
    isKnownDocument: true,
    isSchema: true,
    isTheSameErrorInBothKinds: true,
  });
});

test("A script requires the package and asks a server", async () => {
  expect(JSON.parse(await installed.run("ask.cjs", [server.url]))).toEqual({
    title: "President of Venezuela",
    mocks: "function",
    gql: "function",
  });
});

test("The package with all its operations is imported in 20 ms of a processor", async () => {
  const program = `const start = process.cpuUsage(); await import("@chancery/sdk");
    const { user, system } = process.cpuUsage(start); console.log((user + system) / 1000);`;
  const times: number[] = [];
  for (let round = 0; round < 5; round++)
    times.push(Number(await installed.run("--input-type=module", ["--eval", program])));
  expect(Math.min(...times)).toBeLessThanOrEqual(20);
});
