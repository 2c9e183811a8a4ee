import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { viewer } from "../sdk/src/index.ts";
import { makeSecret } from "../src/access/key.ts";
import { createKey, readKeys, revokeKey } from "../src/access/register.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { bearer, issue, openGuarded, type Guarded } from "./support/guarded.ts";

let database: TestDatabase;
let open: Guarded;
let shut: Guarded;
beforeAll(async () => {
  database = await cloneSeeded();
  open = openGuarded(database.url);
  shut = openGuarded(database.url, { publicRead: false });
});
afterAll(async () => {
  await open.close();
  await shut.close();
  await database.drop();
});

const who = "{ viewer { keyId name scopes expiresAt } }";
const codeOf = async (response: Response) =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

let addresses = 0;
/** A network that nobody asked from before. */
const elsewhere = () => {
  const n = ++addresses;
  return { "x-request-id": "same", "x-forwarded-for": `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}` };
};
const post = (record: Guarded, body: string, headers: Record<string, string>) =>
  record.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", ...elsewhere(), ...headers },
    body,
  });
const asking = (record: Guarded, headers: Record<string, string>) =>
  post(record, JSON.stringify({ query: who }), headers);

describe("With a key", () => {
  test("its holder has exactly its scopes, and can see them", async () => {
    const expiresAt = new Date(Date.now() + 86_400_000);
    const order = { name: "Desk", scopes: ["contribute", "review"] as const, expiresAt, createdBy: "Ana" };
    const { key, secret } = await createKey(open.db, order);
    expect(await open.ask(who, secret)).toMatchObject({
      data: {
        viewer: { keyId: key.id, name: "Desk", scopes: ["CONTRIBUTE", "REVIEW"], expiresAt: expiresAt.toISOString() },
      },
    });
    const { errors } = await open.ask("{ people { totalCount } }", secret);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN", scope: "read" });
    expect(errors?.[0]?.message).toContain("this key has: contribute, review");
  });

  test("the SDK asks as its holder", async () => {
    const { key, secret } = await issue(shut.db, "Newsroom", "read");
    const answer = await shut.clientOf(secret).run(viewer, {});
    expect(answer.viewer).toEqual({ keyId: key.id, name: "Newsroom", scopes: ["READ"], expiresAt: null });
    const { secret: foreign } = makeSecret();
    const refused = await shut
      .clientOf(foreign)
      .run(viewer, {})
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
    expect(JSON.stringify([refused, (refused as Error).message, (refused as Error).stack])).not.toContain(
      foreign.slice(-43),
    );
  });

  test("the word Bearer may be written in any case", async () => {
    const { secret } = await issue(open.db, "Case", "read");
    for (const word of ["bearer", "BEARER", "Bearer "]) {
      expect((await asking(open, { authorization: `${word} ${secret}` })).status).toBe(200);
    }
  });

  test("its use is noted, in batches and at most once a minute", async () => {
    const record = openGuarded(database.url);
    const { key, secret } = await issue(record.db, "Clerk", "read");
    const used = async () => (await readKeys(record.db, [key.id]))[0]!.lastUsedAt;
    await Promise.all([1, 2, 3].map(() => record.ask(who, secret)));
    expect(await used()).toBeNull();
    await vi.waitFor(async () => expect(await used()).not.toBeNull(), { timeout: 8_000, interval: 200 });
    const noted = await used();
    expect(Date.now() - noted!.getTime()).toBeLessThan(15_000);
    await record.ask(who, secret);
    await record.close();
    expect((await readKeys(open.db, [key.id]))[0]!.lastUsedAt).toEqual(noted);
    expect(record.faults).toEqual([]);
  });
});

describe("Without a valid key", () => {
  test("everybody may read where reading is public", async () => {
    expect(await open.ask(who, null)).toMatchObject({
      data: { viewer: { keyId: null, name: "anybody", scopes: ["READ"], expiresAt: null } },
    });
  });

  test("the answer is the same to the byte whatever is the matter with the key, and whatever was asked", async () => {
    const { key, secret } = await issue(open.db, "Gone", "read");
    await revokeKey(open.db, key.id);
    const soon = new Date(Date.now() + 300);
    const expired = await createKey(open.db, { name: "Late", scopes: ["read"], expiresAt: soon, createdBy: "Ana" });
    await pause(350);
    const keys = [secret, expired.secret, makeSecret().secret, "pcr_", "x", `${secret}x`, secret.slice(0, -1)];
    const headers = [
      ...keys.map(bearer),
      { authorization: "Basic YTpi" },
      { authorization: "Bearer" },
      { authorization: secret },
      { authorization: "" },
    ];
    const bodies = ['{"query":"{ viewer { name } }"}', '{"query":"{ nothing"}', "{", "[]", ""];
    const seen = new Set<string>();
    for (const record of [open, shut]) {
      for (const header of headers) {
        for (const body of bodies) {
          const response = await post(record, body, header);
          const told = [...response.headers].filter(([name]) => name !== "x-request-id");
          seen.add(JSON.stringify([response.status, await response.text(), told]));
        }
      }
    }
    expect(seen.size).toBe(1);
    expect([...seen][0]).toMatch(/^\[401,.*UNAUTHENTICATED.*"www-authenticate","Bearer"/);
  });

  test("nothing at all is told where reading is not public, but that a key is needed", async () => {
    const query = (text: string) => post(shut, JSON.stringify({ query: text }), {});
    const get = (path: string, headers: Record<string, string> = {}) =>
      shut.fetch(path, { headers: { ...elsewhere(), ...headers } });
    const answers = await Promise.all([
      query("{ people { totalCount } }"),
      query("{ nobody }"),
      query("{ __schema { types { name } } }"),
      query("{ _service { sdl } }"),
      query("{ __typename }"),
      query("{ peeple { name } }"),
      query("mutation { a }"),
      post(shut, "no JSON", {}),
      post(shut, '{"documentId":"sha256:0"}', {}),
      post(shut, "{}", { "content-type": "text/plain" }),
      post(shut, "{}", { "content-encoding": "gzip" }),
      post(shut, "{}", { accept: "text/event-stream" }),
      get("/graphql?query={__typename}"),
      get("/graphql", { accept: "text/html" }),
      get("/graphql/assets/start.js"),
      get("/elsewhere"),
      shut.fetch("/graphql", { method: "DELETE", headers: elsewhere() }),
    ]);
    const seen = new Set(await Promise.all(answers.map(async (each) => `${each.status} ${await each.text()}`)));
    expect([...seen]).toEqual([expect.stringMatching(/^401 .*UNAUTHENTICATED/)]);
    expect((await open.fetch("/graphql", { headers: { accept: "text/html" } })).status).toBe(200);
  });

  test("a key in an address is refused, and the answer does not repeat it", async () => {
    const { secret } = await issue(open.db, "Careless", "read");
    const { authorization } = bearer(secret);
    for (const record of [open, shut]) {
      for (const path of [
        `/graphql?query={__typename}&token=${secret}`,
        `/graphql?query={__typename}&access_token=abc`,
        `/graphql?${encodeURIComponent(`query={__typename}&q=${secret}`)}`,
        `/graphql/${secret}`,
        `/graphql?query=%7B__typename%7D&x=%70cr_${secret.slice(4)}`,
      ]) {
        const response = await record.fetch(path, { headers: { authorization } });
        const body = await response.text();
        expect([path, response.status, body.includes("BAD_USER_INPUT")]).toEqual([path, 400, true]);
        expect(body).not.toContain(secret.slice(-43));
      }
    }
    const harmless = await open.fetch(
      `/graphql?query=${encodeURIComponent('{ stateBy(by: { key: "pcr_x" }) { name } }')}`,
    );
    expect(harmless.status).toBe(200);
  });

  test("who fails eleven times in a minute has to wait, and locks no neighbour out", async () => {
    const { secret } = await issue(open.db, "Neighbour", "read");
    const from = (address: string, key: string) => asking(open, { "x-forwarded-for": address, ...bearer(key) });
    for (let n = 0; n < 10; n++) expect((await from("2001:db8:1:2::7", makeSecret().secret)).status).toBe(401);
    const refused = await from("2001:db8:1:2:ffff::8", "pcr_");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(Number(refused.headers.get("retry-after"))).toBeLessThanOrEqual(6);
    expect(await codeOf(refused)).toBe("RATE_LIMITED");
    expect((await from("2001:db8:1:2::7", secret)).status).toBe(200);
    expect((await from("2001:db8:1:3::7", "pcr_")).status).toBe(401);
    expect(
      (await open.fetch("/graphql?query={__typename}", { headers: { "x-forwarded-for": "2001:db8:1:2::7" } })).status,
    ).toBe(200);
  });

  test("a key that cannot be looked up is neither accepted nor said to be wrong", async () => {
    const lost = openGuarded("postgresql://nobody:none@127.0.0.1:9/none");
    const response = await asking(lost, bearer(makeSecret().secret));
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("1");
    expect(await codeOf(response)).toBe("DB_UNAVAILABLE");
    expect(lost.faults).toHaveLength(1);
    await lost.close();
  });
});
