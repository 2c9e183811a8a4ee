import { afterAll, beforeAll, expect, expectTypeOf, test } from "vitest";
import type { VariablesOf } from "../src/types.ts";
import { cloneSeeded, type TestDatabase } from "../../tests/support/database.ts";
import { openRecord, type TestRecord } from "../../tests/support/record.ts";
import { gql } from "../src/gql.ts";

let database: TestDatabase;
let record: TestRecord;
beforeAll(async () => {
  database = await cloneSeeded();
  record = openRecord(database.url);
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

const Holder = gql("fragment Holder on Occupancy { claimType holder { name } }");
const Rivals = gql(
  `# Who contests an office.
  query Rivals($key: String!, $on: Date) {
    positionByKey(key: $key) { title contest(validAt: $on) { occupancies { ...Holder } } }
  }`,
  { fragments: [Holder] },
);
const Titles = gql(
  "query Titles($first: Int, $after: String) { positions(first: $first, after: $after) { nodes { title } pageInfo { hasNextPage endCursor } } }",
  { connection: ["positions"] },
);

test("A selection of one's own has the types of its variables and of its result", async () => {
  const { positionByKey } = await record.client.run(Rivals, { key: "president-of-venezuela", on: "2019-02-06" });
  expectTypeOf(positionByKey?.title).toEqualTypeOf<string | undefined>();
  const rivals = positionByKey?.contest?.occupancies.map(({ holder, claimType }) => [holder.name, claimType]);
  expectTypeOf(rivals).not.toBeAny();
  expect(rivals).toContainEqual(["Nicolás Maduro", "DE_FACTO"]);

  expectTypeOf<VariablesOf<typeof Rivals>>().toEqualTypeOf<{ key: string; on?: string | null }>();
  // @ts-expect-error: the key is required
  await expect(record.client.run(Rivals)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  // @ts-expect-error: a day is text
  await expect(record.client.run(Rivals, { key: "x", on: 20190206 })).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  // @ts-expect-error: it was not selected
  expect(positionByKey?.seats).toBeUndefined();
});

test("A list of one's own is walked page by page", async () => {
  const titles: string[] = [];
  for await (const { title } of record.client.iterate(Titles, { first: 1 })) titles.push(title);
  expect(titles).toContain("President of Venezuela");
  expect(titles.length).toBeGreaterThan(1);
  // @ts-expect-error: no list was named
  expect(() => record.client.iterate(Rivals, { key: "x" })).not.toThrow();
});

test("Fragments go along once, with those that they spread themselves", () => {
  const Name = gql("fragment Name on Actor { name }");
  const Held = gql("fragment Held on Occupancy { holder { ...Name } }", { fragments: [Name] });
  const Both = gql("query Both { people { nodes { ...Name } } occupancies { nodes { ...Held } } }", {
    fragments: [Name, Held],
  });
  expect(Both.text.match(/fragment Name on/g)).toHaveLength(1);
  expect(Both.text.match(/fragment Held on/g)).toHaveLength(1);
  expect([Both.kind, Both.name]).toEqual(["query", "Both"]);
});

test("An operation without a name is refused, since logs and mocks could not tell it", () => {
  expect(() => gql("query { __typename }")).toThrow("Name what you ask: query Name { ... }");
});
