import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { schema } from "../../src/graph/schema.ts";
import { entityKeys } from "../../src/graph/federation/key.ts";
import { watchStatements } from "../support/watched.ts";
import { expectSame } from "./compare.ts";
import { openCompared, type Compared } from "./ground.ts";

let compared: Compared;
beforeAll(async () => {
  compared = await openCompared();
}, 120_000);
afterAll(() => compared.close());

const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename
  ... on Node { id } ... on Person { name names { text } } ... on State { name }
  ... on Recognition { key stance claimant { name } evidence { passage { exact } } } ... on Document { title key } } }`;

/** Asks both ways in one statement, and gives the entities. */
async function entities(representations: readonly object[]): Promise<(Record<string, unknown> | null)[]> {
  const { fellBack } = compared.plans.report;
  const before = { ...fellBack };
  const body = await expectSame(compared, { query, variables: { representations } }, 2);
  expect(fellBack).toEqual(before);
  return (JSON.parse(body.slice(4)) as { data: { _entities: (Record<string, unknown> | null)[] } }).data._entities;
}

describe("What a gateway names is planned", () => {
  test("by the id of every type, in its order, and null for one that is not there", async () => {
    const some = [...entityKeys(schema).keys()].flatMap((type) => (compared.known.ids[type] ?? []).slice(0, 2));
    const named = some.map((id) => ({ __typename: id.split(":")[0], id })).slice(0, 98);
    const nobody = { __typename: "Person", id: "Person:01890000-0000-7000-8000-000000000000" };
    const found = await entities([nobody, ...named.reverse(), nobody]);
    expect(found.map((each) => each?.["id"] ?? null)).toEqual([null, ...named.map(({ id }) => id), null]);
    expect(new Set(found.map((each) => each?.["__typename"])).size).toBeGreaterThan(25);
  });

  test("by natural keys beside ids, of its type alone", async () => {
    const found = await entities([
      { __typename: "Person", key: "michael" },
      { __typename: "State", key: "michael" },
      { __typename: "Document", key: "gazette" },
      { __typename: "Document", id: compared.known.ids["Document"]?.[0] },
      { __typename: "Person", key: "it's ñ \\ 👑" },
    ]);
    expect(found.map((each) => each?.["__typename"] ?? null)).toEqual(["Person", null, "Document", "Document", null]);
  });

  test("by the id where a representation has a key too, and none by none", async () => {
    const [id] = compared.known.ids["Document"] ?? [];
    const found = await entities([{ __typename: "Document", key: "gazette", id }]);
    expect(found.map((each) => each?.["id"])).toEqual([id]);
    expect(await entities([])).toEqual([]);
    const literals = `{ _entities(representations: [{ __typename: "Person", key: "michael" }, { __typename: "Event", id: "Event:01890000-0000-7000-8000-000000000000" }]) { ... on Person { key } } }`;
    expect(await expectSame(compared, { query: literals })).toContain('[{"key":"michael"},null]');
  });

  test("one type after another by one document, however many it has been asked for", async () => {
    const document = `query ($of: [_Any!]!) { _entities(representations: $of) { __typename
      ... on Actor { names { text } a: timeline(first: 1) { nodes { id evidence { passage { exact capture { document { title } } } } } }
        b: timeline(first: 1) { nodes { crisis { states { name } } evidence { passage { exact capture { document { title } } } } } } }
      ... on Assertion { crisis { title states { names { text } } } evidence { passage { exact capture { document { title } } } }
        history { change assertion { evidence { passage { exact } } } } recorded { from { number } to { number review { reviewer } } } } } }`;
    const types = [...entityKeys(schema).keys()].filter((type) => compared.known.ids[type]);
    const { fellBack } = compared.plans.report;
    const before = { ...fellBack };
    for (const type of types) {
      const of = [{ __typename: type, id: compared.known.ids[type]?.[0] }];
      await expectSame(compared, { query: document, variables: { of } });
    }
    expect(types.length).toBeGreaterThan(25);
    expect(fellBack).toEqual(before);
    // All at once they are too many for one statement.
    const of = types.map((type) => ({ __typename: type, id: compared.known.ids[type]?.[0] }));
    const lines = compared.lines.length;
    for (let time = 1; time <= 3; time += 1) {
      await expectSame(compared, { query: document, variables: { of } });
      expect(fellBack).toEqual({ ...before, unplanned: before.unplanned + time });
    }
    expect(compared.lines.length).toBe(lines + 1);
    // What is planned anew is written as it was, so that it need not be prepared anew.
    const statements = watchStatements(compared.planned.db);
    for (let time = 1; time <= 2; time += 1) {
      for (const type of types) {
        const one = [{ __typename: type, id: compared.known.ids[type]?.[0] }];
        await expectSame(compared, { query: document, variables: { of: one } });
      }
    }
    const texts = statements.map(({ text }) => text);
    expect(texts).toHaveLength(2 * types.length);
    expect(texts.slice(types.length)).toEqual(texts.slice(0, types.length));
  });

  test("and what a part is refused for is told each time, and is not that it is too much", async () => {
    const asked = `query ($id: ID!, $with: Boolean = true) { node(id: $id) { id ... on Person { key @include(if: $with) } } }`;
    const { fellBack } = compared.plans.report;
    const [before, lines] = [{ ...fellBack }, compared.lines.length];
    for (let time = 1; time <= 3; time += 1) {
      const variables = { id: compared.known.ids["Person"]?.[0], with: null };
      expect(await expectSame(compared, { query: asked, variables })).toContain('"errors"');
      expect(fellBack).toEqual({ ...before, refused: before.refused + time });
    }
    expect(compared.lines.length).toBe(lines);
  });

  test("and what names none is refused as without a plan", async () => {
    for (const one of [
      { __typename: "Proposal", id: compared.known.ids["Proposal"]?.[0] },
      { __typename: "Person" },
      { __typename: "Person", id: compared.known.ids["Document"]?.[0] },
      { id: "Person:1" },
    ]) {
      const representations = [{ __typename: "Person", key: "michael" }, one];
      const body = await expectSame(compared, { query, variables: { representations } });
      expect(body).toContain('"code":"BAD_USER_INPUT"');
    }
    const many = Array.from({ length: 101 }, () => ({ __typename: "Person", key: "michael" }));
    expect(await expectSame(compared, { query, variables: { representations: many } })).toContain("100 at most");
  });
});
