import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { importCommand } from "../src/command/import.ts";
import { makeHelp } from "../src/command/help.ts";
import { readConfig, type Environment } from "../src/config.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** The variables that the configuration is read from, but for npm's own. */
function variables(): string[] {
  const read = new Set<string>();
  const environment = new Proxy<Environment>(
    {},
    {
      get: (_, name) => {
        read.add(String(name));
        return undefined;
      },
    },
  );
  readConfig(environment);
  return [...read].filter((name) => !name.startsWith("npm_")).toSorted();
}

test("the help names every variable that is read, and no other", async () => {
  const said: string[] = [];
  await makeHelp(() => []).run([], { config: readConfig({}), say: (line) => said.push(line) });
  const named = said.slice(said.findIndex((line) => line.includes("Environment")) + 1);
  const names = named.flatMap((line) => /^ {2}(.*?) {2}/.exec(line)?.[1]?.split(", ") ?? []);
  expect(names.toSorted()).toEqual(variables());
});

test("the README's table names every variable that is read, and no other", () => {
  const names = [...readme.matchAll(/^\| `([A-Z_]+)` +\|/gm)].map(([, name]) => name);
  expect(names.toSorted()).toEqual(variables());
});

test("the README names every metric, and no other", () => {
  const source = readFileSync(new URL("../src/server/metric.ts", import.meta.url), "utf8");
  const kept = [...source.matchAll(/"(chancery_[a-z_]+)"/g)].map(([, name]) => name);
  const named = [...readme.matchAll(/`(chancery_(?!app)[a-z_]+)`/g)].map(([, name]) => name);
  expect(kept.length).toBeGreaterThan(5);
  expect(named.toSorted()).toEqual(kept.toSorted());
});

test("an import without a file is told of both kinds", async () => {
  const run = importCommand.run([], { config: readConfig({}), say: () => undefined });
  await expect(run).rejects.toThrow(/dossier\.yaml.*\.ndjson/);
});
