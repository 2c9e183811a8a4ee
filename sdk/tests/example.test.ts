import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createClient } from "../src/client.ts";
import { changeSets, personCreate, recognitionsAsOf } from "../src/generated/operations.ts";
import { type Installed, installSdk } from "./support/installed.ts";
import { type StartedServer, startServer } from "./support/started-server.ts";

let installed: Installed;
let server: StartedServer;
let key: string;
beforeAll(async () => {
  installed = await installSdk(join(import.meta.dirname, "../../examples/sdk"));
  server = await startServer();
  key = await server.makeKey("desk", "read", "contribute", "admin");
}, 120_000);
afterAll(async () => {
  await installed[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

/** Runs a program of the examples against the server, as the holder of the key. */
const run = (program: string, ...args: string[]) =>
  installed.run(program, args, { CHANCERY_URL: server.url, CHANCERY_KEY: key });

describe("recognitions.mjs", () => {
  test("prints who recognises whom on a day, in columns", async () => {
    const [head, rule, ...rows] = (await run("recognitions.mjs", "2019-02-06")).trimEnd().split("\n");
    expect(head).toMatch(/^who +stance +towards +how sure *$/);
    expect(rule).toMatch(/^-+ {2}-+ {2}-+ {2}-+$/);
    const british = rows.filter((row) => row.startsWith("United Kingdom"));
    expect(british.join("\n")).toMatch(/^United Kingdom +recognises as interim +Juan Guaidó +certain *$/m);
    expect(rows.every((row) => row.length === head?.length)).toBe(true);
  });

  test("says what is wrong with a day or an office that does not exist", async () => {
    await expect(run("recognitions.mjs", "2019-02-31")).rejects.toThrow(/BAD_USER_INPUT/);
    await expect(run("recognitions.mjs", "2019-02-06", "pope")).rejects.toThrow(/no office with the key pope/);
  });
});

describe("contribute.mjs", () => {
  test("enters the change sets of its file, tells how far it is, and enters nothing twice", async () => {
    const first = await run("contribute.mjs", "change-sets.json");
    expect(first.trimEnd().split("\n")).toEqual([
      "1 of 2  change set 2, 4 items  The source: a gazette of Ruritania.",
      "2 of 2  change set 3, 6 items  What the gazette says of the throne.",
    ]);
    const question = { key: "king-of-ruritania", asOf: { validAt: "1894-06-01" } };
    const stances: string[] = [];
    for await (const { recogniser, stance } of createClient({ url: server.url }).iterate(recognitionsAsOf, question))
      stances.push(`${recogniser.name} ${stance}`);
    expect(stances).toEqual(["Gallia RECOGNISES"]);

    expect(await run("contribute.mjs", "change-sets.json")).toBe(first);
    const { changeSets: log } = await createClient({ url: server.url }).run(changeSets, { first: 1 });
    expect(log.nodes.map(({ number }) => number)).toEqual([3]);
  });

  test("stops at a change set that is refused, and says where it is wrong", async () => {
    const text = readFileSync(join(installed.folder, "change-sets.json"), "utf8");
    const [, second] = JSON.parse(text) as [object, { operations: object[] }];
    const says = { title: "A feast", eventKind: "OTHER", eventStatus: "OCCURRED", evidence: [] };
    const wrong = { eventAssert: { crisis: { key: "ruritania-1894" }, key: "feast", says } };
    writeFileSync(
      join(installed.folder, "wrong.json"),
      JSON.stringify([{ reason: "A feast.", operations: [wrong] }, second]),
    );
    const told = await run("contribute.mjs", "wrong.json").catch((error: unknown) => String(error));
    expect(told).toMatch(/1 of 2 {2}REFUSED {2}A feast\./);
    expect(told).not.toContain("2 of 2");
    expect(told).toMatch(/operations\.0\.eventAssert/);
  });
});

describe("follow.mjs", () => {
  const file = () => join(installed.folder, "changes.jsonl");
  const kept = () =>
    readFileSync(file(), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { change: { thing?: { key: string } } | null }).change?.thing?.key)
      .filter(Boolean);
  const enter = async (name: string) => {
    const client = createClient({ url: server.url, token: key });
    const { personCreate: told } = await client.run(personCreate, { input: { reason: "News.", key: name, name } });
    expect(told.__typename).toBe("PersonSubmitted");
  };
  /** Follows until `done`; then is told to stop, and must have ended well. */
  const following = async (done: () => Promise<void>) => {
    const child = installed.start("follow.mjs", ["changes.jsonl"], { CHANCERY_URL: server.url, CHANCERY_KEY: key });
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    try {
      await done();
    } finally {
      child.kill("SIGTERM");
    }
    expect(await ended).toBe(0);
  };

  test("keeps every change, also those that were made while it was stopped, and none twice", async () => {
    await following(async () => {
      await vi.waitFor(() => expect(readFileSync(file(), "utf8")).toContain("\n"), { timeout: 20_000 });
      await enter("first-guest");
      await vi.waitFor(() => expect(kept()).toEqual(["first-guest"]), { timeout: 20_000 });
    });
    await enter("second-guest");
    // What a crash leaves of the line that it was writing.
    appendFileSync(file(), '{"cursor":"half');
    await following(async () => {
      await enter("third-guest");
      await vi.waitFor(() => expect(kept()).toHaveLength(3), { timeout: 20_000 });
    });
    expect(kept()).toEqual(["first-guest", "second-guest", "third-guest"]);
  }, 90_000);
});
