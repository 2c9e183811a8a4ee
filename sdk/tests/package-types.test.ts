import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile } from "./support/compile.ts";
import { type Installed, installSdk } from "./support/installed.ts";

let installed: Installed;
beforeAll(async () => {
  installed = await installSdk(join(import.meta.dirname, "support/consumer"));
}, 120_000);
afterAll(() => installed[Symbol.asyncDispose]());

const node = ["--noEmit", "--module", "node16"];
const bundler = ["--noEmit", "--module", "esnext", "--moduleResolution", "bundler"];
const compilers = ["typescript", "typescript-6", "typescript-7"];

describe.each(compilers)("In %s", (compiler) => {
  test("the types resolve for modules and scripts of Node", async () => {
    await compile(installed, compiler, ...node, "types.mts", "types.cts");
  }, 60_000);

  test("the types resolve for bundlers", async () => {
    await compile(installed, compiler, ...bundler, "types.mts");
  }, 60_000);
});

describe("Once gql.tada is installed", () => {
  beforeAll(() => {
    installed.linkTada();
  });

  test.each(compilers)(
    "a selection of one's own has its types in %s",
    async (compiler) => {
      await compile(installed, compiler, ...node, "selection.mts", "selection.cts");
      await compile(installed, compiler, ...bundler, "selection.mts");
    },
    120_000,
  );
});

test("In an editor, a field of a result and an enumeration tell what they mean", () => {
  const file = join(installed.folder, "hover.mts");
  const text = `import type { PositionByKeyQuery, ActorKind } from "@chancery/sdk";
    type Position = NonNullable<PositionByKeyQuery["positionByKey"]>;
    export const see = (position: Position, kind: ActorKind) => [position.seats, kind];`;
  writeFileSync(file, text);
  const options = { module: ts.ModuleKind.Node16, target: ts.ScriptTarget.ES2022, strict: true };
  const service = ts.createLanguageService({
    fileExists: (path) => ts.sys.fileExists(path),
    readFile: (path) => ts.sys.readFile(path),
    getCurrentDirectory: () => installed.folder,
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
