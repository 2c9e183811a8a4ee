import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { digestOf, isSecret } from "../src/access/key.ts";
import { findKey, listKeys } from "../src/access/register.ts";
import { keyCommand } from "../src/command/key.ts";
import { readConfig } from "../src/config.ts";
import { openDb, type Db } from "../src/db/client.ts";
import { joinEmbedded } from "../src/db/embedded/join.ts";
import { chancery, type Running } from "./support/processes.ts";

let scratch: string;
let server: Running;
let api: string;
let db: Db;
vi.setConfig({ testTimeout: 120_000 });

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "chancery-key-"));
  chmodSync(scratch, 0o755);
  server = chancery(["serve"], { CHANCERY_DATA: scratch, PORT: "0" });
  api = (await server.says(/url: "(.*)" \}/))[1]!;
  db = openDb(joinEmbedded(scratch)!);
});
afterAll(async () => {
  await db.close();
  server.child.kill("SIGTERM");
  await server.ended;
  rmSync(scratch, { recursive: true, force: true });
});

/** Runs `chancery key` beside the server. */
async function run(...args: string[]): Promise<{ code: number | string; said: string }> {
  const running = chancery(["key", ...args], { CHANCERY_DATA: scratch });
  return { code: await running.ended, said: running.said() };
}

test("makes a key whose secret stands alone on the last line, lists it and revokes it", async () => {
  const made = await run("create", "Field office", "--scope", "read", "--scope", "contribute", "--expires", "90d");
  expect(made.code).toBe(0);
  const secret = made.said.trimEnd().split("\n").at(-1)!;
  const key = await findKey(db, digestOf(secret));
  expect(key).toMatchObject({ name: "Field office", scopes: ["read", "contribute"], revokedAt: null });
  const listed = await run("list");
  expect(listed.said).toMatch(new RegExp(`${key!.id}  Field office +read,contribute +valid until 20.*never`));
  expect(listed.said).not.toContain(secret.slice(-43));
  const revoked = await run("revoke", "Field office");
  expect(revoked).toMatchObject({ code: 0, said: expect.stringMatching(/was revoked at .* within 5 s/) as string });
  expect(await findKey(db, digestOf(secret))).toBeNull();
  expect((await listKeys(db)).find(({ id }) => id === key!.id)?.revokedAt).toBeInstanceOf(Date);
});

test("a key made beside a running server opens it, is dead there within 5 s of being revoked, and is in no log", async () => {
  const made = await run("create", "Courier", "--scope", "contribute");
  const secret = made.said.trimEnd().split("\n").at(-1)!;
  const ask = (query: string, variables = {}) =>
    fetch(api, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${secret}` },
      body: JSON.stringify({ query, variables }),
    });
  const answer = await ask("{ viewer { name scopes } }");
  expect(await answer.json()).toMatchObject({ data: { viewer: { name: "Courier", scopes: ["CONTRIBUTE"] } } });
  await ask("{ people { totalCount } }", { secret });
  await ask("{ nobody }");
  expect((await fetch(`${api}?query={__typename}&token=${secret}`)).status).toBe(400);
  await run("revoke", "Courier");
  await vi.waitFor(async () => expect((await ask("{ viewer { name } }")).status).toBe(401), { timeout: 5_000 });
  expect(server.said()).not.toContain(secret.slice(-43));
});

test("prints with --quiet nothing but the secret", async () => {
  const running = chancery(["key", "create", "Script", "--scope", "read", "--quiet"], { CHANCERY_DATA: scratch });
  let out = "";
  running.child.stdout!.on("data", (chunk: Buffer) => (out += chunk.toString()));
  expect(await running.ended).toBe(0);
  expect(isSecret(out.replace(/\n$/, ""))).toBe(true);
});

test.each([
  [["create", "A", "--scope", "write"], 'There is no scope "write"; there are read, contribute, review, admin.'],
  [["create", "A"], "Give the key a --scope"],
  [["create", "--scope", "read"], "Name the key."],
  [["create", "A", "B", "--scope", "read"], "in quotes"],
  [["create", "A", "--scope", "read", "--expires", "2019-02-06"], "2019-02-06 has passed"],
  [["create", "A", "--scope", "read", "--forever"], "Unknown option '--forever'. Usage: chancery key create"],
  [["list", "A"], '"A" is too much. Usage: chancery key list'],
  [["revoke"], "Name the key, or give its id."],
  [["revoke", "Nobody's"], "There is no key Nobody's."],
  [["mint"], '"mint" is not understood. Usage:'],
  [[], "Say what to do with keys."],
])("chancery key %j is refused in words", async (args, told) => {
  const config = readConfig({ CHANCERY_DATA: scratch });
  await expect(keyCommand.run(args, { config, say: () => undefined })).rejects.toThrow(told);
});
