import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readExpiry } from "../src/access/expiry.ts";
import { digestOf, isSecret, makeSecret } from "../src/access/key.ts";
import { createKey, findKey, listKeys, revokeKey, type KeyOrder } from "../src/access/register.ts";
import { openDb, type Db } from "../src/db/client.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await cloneDatabase();
  db = openDb(database.url);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const order = (more: Partial<KeyOrder>): KeyOrder => ({
  name: "Desk",
  scopes: ["read"],
  expiresAt: null,
  createdBy: "Ana",
  ...more,
});

const refused = (sql: string, values: unknown[] = []) =>
  db.pool.query(sql, values).then(
    () => "accepted",
    (error: unknown) => (error as { code: string }).code,
  );

test("A secret names its key, has 256 random bits, and is told from what is none", () => {
  const { id, secret } = makeSecret();
  expect(secret).toMatch(new RegExp(`^pcr_${id}_[\\w-]{43}$`));
  expect(makeSecret().secret).not.toBe(secret);
  expect(isSecret(secret)).toBe(true);
  for (const other of [
    "",
    "pcr_",
    secret.slice(1),
    `${secret}A`,
    secret.slice(0, -1),
    secret.toUpperCase(),
    ` ${secret}`,
  ]) {
    expect([other, isSecret(other)]).toEqual([other, false]);
  }
});

describe("The register", () => {
  test("keeps the digest of a secret and nothing that the secret could be had from", async () => {
    const { key, secret } = await createKey(db, order({ name: "Night desk", scopes: ["contribute", "read"] }));
    expect(key).toMatchObject({
      name: "Night desk",
      scopes: ["read", "contribute"],
      createdBy: "Ana",
      lastUsedAt: null,
    });
    expect(await findKey(db, digestOf(secret))).toEqual(key);
    const { rows } = await db.pool.query("select to_jsonb(k)::text as row from api_key k where id = $1", [key.id]);
    expect(JSON.stringify(rows)).toContain(digestOf(secret));
    expect(JSON.stringify(rows)).not.toContain(secret.slice(-43));
  });

  test("gives a name to one key at a time, also when two are made at one moment", async () => {
    const made = await Promise.allSettled([1, 2, 3, 4].map(() => createKey(db, order({ name: "Archive" }))));
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const reasons = made.flatMap((each) => (each.status === "rejected" ? [each.reason as Error] : []));
    expect(reasons.map((reason) => reason.message)).toEqual(
      Array<string>(3).fill("A key called Archive exists; choose another name, or revoke that one first."),
    );
    const first = await revokeKey(db, "Archive");
    const { key } = await createKey(db, order({ name: "Archive" }));
    expect(key.id).not.toBe(first.id);
    expect((await revokeKey(db, "Archive")).id).toBe(key.id);
  });

  test("revokes a key once, by its name or id, and says of an unknown one that there is none", async () => {
    const { key } = await createKey(db, order({ name: "Stringer" }));
    const revoked = await revokeKey(db, key.id);
    expect(revoked.revokedAt).toBeInstanceOf(Date);
    expect(await revokeKey(db, "Stringer")).toEqual(revoked);
    await expect(revokeKey(db, "Nobody's")).rejects.toThrow("There is no key Nobody's.");
    await expect(revokeKey(db, makeSecret().id)).rejects.toThrow(/There is no key .*chancery key list/);
  });

  test.each([
    ["no name", { name: " " }, "1 to 100 characters"],
    ["a name without end", { name: "x".repeat(101) }, "1 to 100 characters"],
    ["a name of two lines", { name: "a\nb" }, "on one line"],
    ["a name that looks like an id", { name: makeSecret().id }, "must not look like an id"],
    ["a name with half a character", { name: "a\ud800" }, "lone surrogate"],
    ["no scope", { scopes: [] }, "needs a scope: read, contribute, review, admin"],
    ["an expiry that has passed", { expiresAt: new Date("2019-02-06") }, "choose a later time"],
  ])("refuses %s", async (_what, more, told) => {
    const before = (await listKeys(db)).length;
    await expect(createKey(db, order(more))).rejects.toThrow(told);
    expect(await listKeys(db)).toHaveLength(before);
  });

  test("is never edited, not even by its owner", async () => {
    const { key } = await createKey(db, order({ name: "Wire", scopes: ["read"] }));
    await revokeKey(db, key.id);
    await db.pool.query("update api_key set last_used_at = now() where id = $1", [key.id]);
    for (const change of [
      "scopes = '{READ,ADMIN}'",
      "name = 'Other'",
      "expires_at = now() + interval '1 day'",
      "revoked_at = null",
      "revoked_at = now()",
      "last_used_at = null",
      "last_used_at = now() - interval '1 day'",
    ]) {
      expect([change, await refused(`update api_key set ${change} where id = $1`, [key.id])]).toEqual([
        change,
        "23001",
      ]);
    }
    expect(await refused("delete from api_key where id = $1", [key.id])).toBe("23001");
    expect(
      await refused(
        "insert into api_key (id, name, digest, scopes, created_by) select gen_random_uuid(), 'Z', repeat('0', 64), '{}', 'z'",
      ),
    ).toBe("23514");
  });
});

describe("An expiry", () => {
  const now = new Date("2026-11-25T18:00:00Z");
  test("is a number of days from now, or the last day on which the key is accepted", () => {
    expect(readExpiry("90d", now)).toEqual(new Date("2027-02-23T18:00:00Z"));
    expect(readExpiry("2027-01-31", now)).toEqual(new Date("2027-02-01T00:00:00Z"));
    expect(readExpiry("2026-11-25", now)).toEqual(new Date("2026-11-26T00:00:00Z"));
  });

  test.each(["2026-11-24", "0d", "36501d", "90", "90 days", "-1d", "2027-02-30", "9999-12-31", "soon", ""])(
    "of %j is refused, with what would be right",
    (text) => expect(() => readExpiry(text, now)).toThrow("such as 90d, or the last day, such as 2027-01-31"),
  );
});
