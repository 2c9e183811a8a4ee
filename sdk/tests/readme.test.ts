import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compile } from "./support/compile.ts";
import { type Installed, installSdk } from "./support/installed.ts";
import { type StartedServer, startServer } from "./support/started-server.ts";

let installed: Installed;
let server: StartedServer;
beforeAll(async () => {
  installed = await installSdk(join(import.meta.dirname, "support/consumer"));
  installed.linkTada();
  server = await startServer();
}, 120_000);
afterAll(async () => {
  await installed[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

test("The README's programs compile, and say what the README promises when they are run", async () => {
  const readme = readFileSync(join(installed.folder, "node_modules/@chancery/sdk/README.md"), "utf8");
  const programs = Array.from(readme.matchAll(/^```ts\n(.*?)^```/gms), ([, program]) => program);
  const whole = programs.join("\n");
  const key = await server.makeKey("desk", "read", "contribute", "admin");
  const asked = whole.replaceAll("http://127.0.0.1:4000/graphql", server.url).replace("pcr_your_key", key);
  writeFileSync(join(installed.folder, "readme.mts"), asked);
  for (const compiler of ["typescript", "typescript-6", "typescript-7"])
    await compile(installed, compiler, "--module", "node20", "readme.mts");

  const said = (await installed.run("readme.mjs")).replaceAll(/\s+/g, " ");
  for (const expected of [
    "Juan Guaidó DE_JURE [",
    "Nicolás Maduro DE_FACTO [",
    "United Kingdom RECOGNISES_AS_INTERIM Juan Guaidó",
    / 21 [\w-]{40,} /,
    /up to \S+ nothing new/,
    "REJECTS RecognitionSubmitted changed meanwhile, to ",
    "BAD_USER_INPUT 200",
    "President of Venezuela 1",
    "[ { operation: 'contest', variables: { key: 'president-of-venezuela', asOf: {} } } ]",
  ])
    expect(said).toMatch(expected);
}, 240_000);
