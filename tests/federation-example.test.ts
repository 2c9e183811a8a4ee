import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { program } from "./support/processes.ts";

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "chancery-federation-"));
  chmodSync(scratch, 0o755);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const start = "examples/federation/start.ts";

/** Whether anything answers at an address. */
const answers = (url: string) =>
  fetch(url).then(
    () => true,
    () => false,
  );

test("One command starts the record, the desk and the gateway, and one signal stops them", async () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  expect(scripts["example:federation"]).toBe(`node --import tsx ${start}`);
  expect(read("examples/federation/README.md")).toContain("    npm run example:federation\n");

  const running = program(start, [], { CHANCERY_DATA: join(scratch, "data") });
  try {
    await running.says(/^All three run/m);
    const [record = "", desk = "", gateway = ""] = ["Record", "Desk", "Gateway"].map(
      (name) => new RegExp(`^${name} +(http\\S+)$`, "m").exec(running.said())?.[1],
    );
    const response = await fetch(gateway, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: read("examples/federation/joined.graphql"), operationName: "JoinedFromTheDesk" }),
    });
    const { data } = (await response.json()) as { data: { notes: { nodes: { about: { name: string } }[] } } };
    expect(data.notes.nodes.map(({ about }) => about.name)).toEqual([
      "United Kingdom",
      "Juan Guaidó",
      "Vladimir Padrino",
    ]);

    running.child.kill("SIGTERM");
    expect(await running.ended).toBe(0);
    expect(await Promise.all([record, desk, gateway].map(answers))).toEqual([false, false, false]);
  } finally {
    running.child.kill("SIGTERM");
    await running.ended;
  }
}, 120_000);

test("It says what is wrong where there is no record to join", async () => {
  const running = program(start, ["http://127.0.0.1:9/graphql"]);
  expect(await running.ended).toBe(1);
  expect(running.said()).toMatch(/http:\/\/127\.0\.0\.1:9\/graphql cannot be asked/);
}, 60_000);
