import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloneSeeded, type TestDatabase } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { bearer, issue } from "../support/guarded.ts";
import { cases } from "./request.ts";
import { openWay, type Sent, type Way } from "./way.ts";

let database: TestDatabase;
const keys: Record<string, string> = {};
beforeAll(async () => {
  database = await cloneSeeded();
  const way = await openWay(database.url, { direct: false });
  for (const scope of ["read", "contribute", "review", "admin"] as const) {
    keys[scope] = (await issue(way.db, scope, scope)).secret;
  }
  await way.close();
});
afterAll(() => database.drop());

/** Sends a request twice both ways, expects everything that can be seen of it to be the same, and tells which was direct. */
async function compare([direct, yoga]: readonly [Way, Way], sent: Sent): Promise<readonly boolean[]> {
  const ways: boolean[] = [];
  for (let time = 0; time < 2; time += 1) {
    const before = direct.direct();
    const [one, other] = [await direct.send(sent), await yoga.send(sent)];
    expect(one).toEqual(other);
    await eventually(() => expect(direct.noted).toHaveLength(yoga.noted.length));
    expect(direct.noted.at(-1)).toEqual(yoga.noted.at(-1));
    expect(direct.counted()).toEqual(yoga.counted());
    ways.push(direct.direct() > before);
  }
  expect(direct.faults.map(String)).toEqual(yoga.faults.map(String));
  expect(yoga.direct()).toBe(0);
  return ways;
}

describe.each([
  { where: "where all may read", publicRead: true, cacheBytes: 0 },
  { where: "where none may read without a key", publicRead: false, cacheBytes: 0 },
  { where: "where answers are kept", publicRead: true, cacheBytes: 1_000_000 },
])("Both ways, $where,", ({ publicRead, cacheBytes }) => {
  const setting = { publicRead, cacheBytes };
  let both: readonly [Way, Way];
  beforeAll(async () => {
    both = [
      await openWay(database.url, { ...setting, direct: true }),
      await openWay(database.url, { ...setting, direct: false }),
    ];
  });
  afterAll(async () => {
    for (const way of both) await way.close();
  });

  test.each(cases)("answer $name alike", async ({ name: _of, direct, ...sent }) => {
    const asker = publicRead || sent.headers?.["authorization"] ? {} : bearer(keys["read"] ?? "");
    const ways = await compare(both, { ...sent, headers: { ...asker, ...sent.headers } });
    expect(ways[1]).toBe(direct);
  });

  // What a key may not read is refused, and what no plan expresses is executed: both are Yoga's to answer.
  test.each(["read", "contribute", "review", "admin"])("answer a holder of %s alike, the same way", async (scope) => {
    const headers = bearer(keys[scope] ?? "");
    const asked = {
      "{ crises { totalCount } }": scope === "read",
      "query ($n: Int) { people(first: $n) { nodes { name claims { nodes { id } } } } }": scope === "read",
      "{ people(first: 1) { nodes { name } } viewer { name scopes } }": scope === "read",
      "{ viewer { keyId name scopes expiresAt } }": true,
      "{ proposals { totalCount } }": scope === "review",
      "{ __schema { description } }": false,
    };
    for (const [query, direct] of Object.entries(asked)) {
      const ways = await compare(both, { body: JSON.stringify({ query }), headers });
      expect([query, ways[1]]).toEqual([query, direct]);
    }
  });

  test("answer alike who asks without a key", async () => {
    const headers = { "x-forwarded-for": "192.0.2.200" };
    const ways = await compare(both, { body: JSON.stringify({ query: "{ crises { totalCount } }" }), headers });
    expect(ways[1]).toBe(publicRead);
  });
});

test("Both ways charge alike, and refuse alike who asks for more than is left", async () => {
  const both = [
    await openWay(database.url, { direct: true, perMinute: 3_000 }),
    await openWay(database.url, { direct: false, perMinute: 3_000 }),
  ] as const;
  const body = JSON.stringify({
    query: "query($n: Int) { people(first: $n) { nodes { claims: timeline(first: 10) { nodes { id } } } } }",
    variables: { n: 100 },
  });
  const ways: boolean[] = [];
  for (let time = 0; time < 2; time += 1) ways.push(...(await compare(both, { body })));
  const wrong = JSON.stringify({
    query: "query($n: Int) { people(first: $n) { nodes { name } } }",
    variables: { n: "x" },
  });
  for (let time = 0; time < 2; time += 1)
    await compare(both, { body: wrong, headers: { "x-forwarded-for": "192.0.2.7" } });
  for (const way of both) await way.close();
  expect(ways).toEqual([false, true, false, false]);
  expect(both[0].noted.map(({ status }) => status)).toEqual([200, 200, 429, 429, 200, 200, 200, 200]);
});
