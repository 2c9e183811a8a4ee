import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { schema } from "../src/graph/schema.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { asHolder, openRecord, type TestRecord } from "./support/record.ts";
import { watchStatements } from "./support/watched.ts";

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

const question = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Node { id }
    ... on Actor { name }
    ... on Position { title }
    ... on Recognition { stance recogniser { name } }
  }
}`;
const entities = async (representations: unknown, headers = {}) => {
  const { data, errors } = await record.ask(question, { representations }, headers);
  return { found: data?.["_entities"] as ({ id: string } | null)[] | undefined, errors };
};
const unknownId = "Person:00000000-0000-7000-8000-000000000000";
const guaidó = { __typename: "Person", key: "juan-guaido" };

/** Ids of people and of recognitions, in no order that a statement would give them. */
async function someIds(): Promise<{ people: string[]; recognitions: string[] }> {
  const { data } = await record.ask(
    "{ people(first: 5, orderBy: NAME_DESC) { nodes { id } } recognitions(first: 5) { nodes { id } } }",
  );
  const lists = data as Record<"people" | "recognitions", { nodes: { id: string }[] }>;
  const ids = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id).reverse();
  return { people: ids(lists.people), recognitions: ids(lists.recognitions) };
}
const typeOf = (id: string) => id.slice(0, id.indexOf(":"));
const refs = (ids: readonly string[]) => ids.map((id) => ({ __typename: typeOf(id), id }));

test("The subgraph that is published is the one that the server tells of itself", async () => {
  const { data } = await record.ask("{ _service { sdl } }");
  const published = readFileSync(new URL("../schema.subgraph.graphql", import.meta.url), "utf8");
  expect(data).toEqual({ _service: { sdl: published } });
});

test("The contract of the API says nothing of federation", () => {
  expect(Object.keys(schema.getQueryType()?.getFields() ?? {}).filter((name) => name.startsWith("_"))).toEqual([]);
  expect(schema.getType("_Entity")).toBeUndefined();
});

describe("A gateway is answered", () => {
  test("in the order in which it names things and facts, null for what the record does not show", async () => {
    const { people, recognitions } = await someIds();
    const asked = [people[0]!, recognitions[0]!, unknownId, people[1]!, recognitions[1]!, people[0]!];
    const { found, errors } = await entities(refs(asked));
    expect(errors).toBeUndefined();
    expect(found?.map((entity) => entity?.id ?? null)).toEqual(asked.map((id) => (id === unknownId ? null : id)));
    expect(found?.[1]).toMatchObject({ __typename: "Recognition", recogniser: { name: expect.any(String) as string } });
  });

  test("by a natural key as by the id", async () => {
    const position = { __typename: "Position", key: "president-of-venezuela" };
    const nobody = { __typename: "Person", key: "nobody" };
    const { found, errors } = await entities([guaidó, position, nobody]);
    expect(errors).toBeUndefined();
    expect(found).toMatchObject([{ name: "Juan Guaidó" }, { title: "President of Venezuela" }, null]);
    expect((await entities(refs([found![0]!.id]))).found).toEqual([found![0]]);
  });

  test("in one statement for the things of a type, and in one more for each kind of fact", async () => {
    const { people, recognitions } = await someIds();
    const counted = openRecord(database.url, null);
    const statements = watchStatements(counted.db);
    const ids = (representations: unknown) =>
      counted.ask(
        "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Node { id } } }",
        { representations },
      );
    await ids(refs(people));
    expect(statements).toHaveLength(1);
    await ids(refs([...people, ...recognitions]));
    expect(statements).toHaveLength(1 + 3);
    await counted.close();
  });
});

describe("A gateway is refused, and what it asked besides is answered,", () => {
  test.each([
    ["a type that is no entity", { __typename: "Query", id: "1" }, "is no entity of this subgraph"],
    ["an interface", { __typename: "Actor", id: unknownId }, "is no entity of this subgraph"],
    ["a type that nobody has", { __typename: "__proto__", id: "1" }, "is no entity of this subgraph"],
    ["no type", { id: unknownId }, "__typename"],
    ["a list", [unknownId], "__typename"],
    ["a text", unknownId, "__typename"],
    ["an id that is none", { __typename: "Person", id: "1; drop table actor" }, "is not an id"],
    ["the id of another type", { __typename: "State", id: unknownId }, "is the id of a Person"],
    ["a number for an id", { __typename: "Person", id: 7 }, "named by id or key"],
    ["null for a key", { __typename: "Person", key: null }, "named by id or key"],
    ["a key that names no one thing", { __typename: "Person", name: "Juan Guaidó" }, "named by id or key"],
    ["a key of facts, which is known in its crisis only", { __typename: "Recognition", key: "x" }, "named by id"],
  ])("for %s", async (_name, representation, words) => {
    const { found, errors } = await entities([guaidó, representation]);
    expect(found).toMatchObject([{ name: "Juan Guaidó" }, null]);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({ path: ["_entities", 1], extensions: { code: "BAD_USER_INPUT" } });
    expect(errors?.[0]?.message).toContain(words);
    expect(record.faults).toEqual([]);
  });

  test.each(["\0", "\ud800"])("but nothing is where a text cannot be kept as it is: %j", async (key) => {
    const { found, errors } = await entities([guaidó, { __typename: "Person", key }]);
    expect(found).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: "INVALID_TEXT" } }]);
  });

  test.each([
    ["a person asked for as a state by their key", { __typename: "State", key: "juan-guaido" }],
    ["a fact that names a record of another kind", { __typename: "Event", id: "" }],
  ])("by null for %s", async (_name, representation) => {
    const { recognitions } = await someIds();
    const forged = recognitions[0]!.replace("Recognition:", "Event:");
    const { found, errors } = await entities([
      { ...representation, ...("id" in representation ? { id: forged } : {}) },
    ]);
    expect({ found, errors }).toEqual({ found: [null], errors: undefined });
  });
});

test("101 representations are refused, 100 are answered", async () => {
  const hundred = Array.from({ length: 100 }, () => guaidó);
  expect((await entities(hundred)).found).toHaveLength(100);
  const { found, errors } = await entities([...hundred, guaidó]);
  expect(found).toBeUndefined();
  expect(errors?.[0]).toMatchObject({
    message: "_entities was given 101 representations; it takes 100 at most.",
    extensions: { code: "BAD_USER_INPUT" },
  });
});

test("What node does not show to somebody, _entities does not either", async () => {
  const reviewer = asHolder("desk", "review");
  for (const query of [`{ node(id: "${unknownId}") { id } }`, "{ _service { sdl } }"]) {
    const refused = await record.ask(query, {}, reviewer);
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN", scope: "read" });
  }
  const { errors } = await entities([guaidó], reviewer);
  expect(errors?.[0]).toMatchObject({ extensions: { code: "FORBIDDEN", scope: "read" } });
  expect(errors?.[0]?.message).toContain("_entities requires the scope read");
});
