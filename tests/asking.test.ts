import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actors, crisisByKey, recognitions, stateBy, timeline } from "../sdk/src/index.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";
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

const nowhere = "Person:01890000-0000-7000-8000-000000000000";

async function refusal(query: string, variables = {}) {
  const { errors } = await record.ask(query, variables);
  const [first] = errors ?? [];
  expect(record.faults).toEqual([]);
  return { code: first?.extensions?.["code"], message: first?.message ?? "" };
}

describe("an id", () => {
  test("that names nothing answers null", async () => {
    const { data } = await record.ask(`{ person(id: "${nowhere}") { name } node(id: "${nowhere}") { id } }`);
    expect(data).toEqual({ person: null, node: null });
  });

  test("of an unknown type answers null, and of the wrong type is refused", async () => {
    const { data } = await record.ask(`{ node(id: "ApiKey:01890000-0000-7000-8000-000000000000") { id } }`);
    expect(data).toEqual({ node: null });
    expect(await refusal(`{ state(id: "${nowhere}") { id } }`)).toMatchObject({ code: "BAD_USER_INPUT" });
  });

  test.each(["", "Person", "Person:1", "Person:zzz", "' or 1=1 --", "Person:01890000-0000-7000-8000-00000000000G"])(
    "that is malformed (%j) is refused in words",
    async (id) => {
      const refused = await refusal("query($id: ID!) { node(id: $id) { id } }", { id });
      expect(refused.code).toBe("BAD_USER_INPUT");
      expect(refused.message).toContain("Type:uuid");
    },
  );

  test("leads back to what it was taken from, whatever its type", async () => {
    const { data } = await record.ask(`{
      actors(first: 3) { nodes { id } } places(first: 1) { nodes { id } } positions(first: 1) { nodes { id } }
      documents(first: 1) { nodes { id captures { id } } } crises { nodes { id } } timeline(first: 5) { nodes { id evidence { passage { id } } } }
    }`);
    const ids = [...JSON.stringify(data).matchAll(/"id":"([^"]+)"/g)].map((match) => match[1]!);
    expect(ids.length).toBeGreaterThan(15);
    const nodes = await record.ask("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids });
    expect(nodes.data).toEqual({ nodes: ids.map((id) => ({ id })) });
  });

  test("beyond a hundred at once is refused", async () => {
    const ids = Array.from({ length: 101 }, () => nowhere);
    expect(await refusal("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids })).toMatchObject({
      code: "BAD_USER_INPUT",
      message: expect.stringContaining("100") as string,
    });
  });
});

describe("a page", () => {
  test.each(["first: 0", "first: -1", "first: 101", "last: 101", "first: 1, last: 1", 'first: 1, before: "x"'])(
    "asked for with %s is refused",
    async (args) => {
      expect(await refusal(`{ people(${args}) { nodes { id } } }`)).toMatchObject({ code: "BAD_USER_INPUT" });
    },
  );

  test("has twenty entries unless it is asked otherwise", async () => {
    const { data } = await record.ask("{ timeline { nodes { id } pageInfo { hasNextPage hasPreviousPage } } }");
    expect(data).toMatchObject({ timeline: { pageInfo: { hasNextPage: true, hasPreviousPage: false } } });
    expect((data as { timeline: { nodes: unknown[] } }).timeline.nodes).toHaveLength(20);
  });

  test("after page gives the whole list once, forwards and backwards", async () => {
    const forwards: string[] = [];
    for await (const { id } of record.client.iterate(timeline, { first: 7 })) forwards.push(id);
    const backwards: string[] = [];
    let before: string | null = null;
    do {
      const { data } = await record.ask(
        "query($before: String) { timeline(last: 7, before: $before) { nodes { id } pageInfo { hasPreviousPage startCursor } totalCount } }",
        { before },
      );
      const page = (
        data as {
          timeline: {
            nodes: { id: string }[];
            totalCount: number;
            pageInfo: { hasPreviousPage: boolean; startCursor: string };
          };
        }
      ).timeline;
      expect(page.totalCount).toBe(forwards.length);
      backwards.unshift(...page.nodes.map(({ id }) => id));
      before = page.pageInfo.hasPreviousPage ? page.pageInfo.startCursor : null;
    } while (before);
    expect(new Set(forwards).size).toBe(forwards.length);
    expect(backwards).toEqual(forwards);
  });
});

describe("a cursor", () => {
  async function cursor(): Promise<string> {
    const { data } = await record.ask("{ people(first: 2) { pageInfo { endCursor } } }");
    return (data as { people: { pageInfo: { endCursor: string } } }).people.pageInfo.endCursor;
  }
  const next = (list: string) => `query($after: String) { ${list} { nodes { id } } }`;

  test("of another list, order or filter is refused, never an empty page", async () => {
    const after = await cursor();
    for (const list of [
      "states(after: $after)",
      "people(after: $after, orderBy: NAME_DESC)",
      'people(after: $after, filter: { name: { contains: "a" } })',
    ]) {
      expect(await refusal(next(list), { after })).toMatchObject({ code: "INVALID_CURSOR" });
    }
    expect((await record.ask(next("people(after: $after)"), { after })).errors).toBeUndefined();
  });

  test("with a single character altered is refused", async () => {
    const after = await cursor();
    for (let i = 0; i < after.length; i += 5) {
      const altered = `${after.slice(0, i)}${after[i] === "A" ? "B" : "A"}${after.slice(i + 1)}`;
      expect(await refusal(next("people(after: $after)"), { after: altered })).toMatchObject({
        code: "INVALID_CURSOR",
      });
    }
    expect(await refusal(next("people(after: $after)"), { after: "x".repeat(10_000) })).toMatchObject({
      code: "INVALID_CURSOR",
    });
  });
});

describe("a filter", () => {
  const count = async (list: string) => {
    const { data, errors } = await record.ask(`{ ${list} { totalCount } }`);
    expect(errors).toBeUndefined();
    return (Object.values(data ?? {})[0] as { totalCount: number }).totalCount;
  };

  test("left empty filters nothing, and an empty list matches nothing", async () => {
    expect(await count("people(filter: {})")).toBe(await count("people"));
    expect(await count("people(filter: { key: { in: [] } })")).toBe(0);
    expect(await count("people(filter: { and: [] })")).toBe(await count("people"));
    expect(await count("people(filter: { or: [] })")).toBe(0);
  });

  test("and its denial share out the list between them", async () => {
    const name = '{ name: { contains: "ma" } }';
    expect((await count(`people(filter: ${name})`)) + (await count(`people(filter: { not: ${name} })`))).toBe(
      await count("people"),
    );
  });

  test("on a name knows no case, accent or order of marks", async () => {
    for (const name of ["guaido", "GUAIDÓ", "Juan Guaidó"]) {
      const { actors: found } = await record.client.run(actors, { filter: { name: { contains: name } } });
      expect(found.nodes.map((actor) => actor.name)).toContain("Juan Guaidó");
    }
  });

  test("takes marks that mean something to a database as they are", async () => {
    for (const name of ["%", "_", "' or 1=1 --", "\\", "a%b"]) {
      const { errors } = await record.ask(
        "query($name: String!) { actors(filter: { name: { contains: $name } }) { totalCount } }",
        { name },
      );
      expect(errors?.[0]?.extensions?.["code"] ?? "BAD_USER_INPUT").toBe("BAD_USER_INPUT");
      expect(record.faults).toEqual([]);
    }
  });

  test("with null, with an id of another type or with an unknown field is refused", async () => {
    expect(await refusal("{ people(filter: { name: null }) { totalCount } }")).toMatchObject({
      code: "BAD_USER_INPUT",
    });
    expect(await refusal("{ people(filter: { name: { eq: null } }) { totalCount } }")).toMatchObject({
      code: "BAD_USER_INPUT",
    });
    expect(await refusal(`{ organizations(filter: { state: { eq: "${nowhere}" } }) { totalCount } }`)).toMatchObject({
      code: "BAD_USER_INPUT",
    });
    expect(await refusal("{ people(filter: { age: { eq: 3 } }) { totalCount } }")).toMatchObject({
      code: "GRAPHQL_VALIDATION_FAILED",
    });
  });
});

describe("a date", () => {
  test.each(["2019-02-30", "2019-2-4", "yesterday", "2019-02-04T00:00:00Z"])(
    "of %s is refused, literal or variable",
    async (day) => {
      const literal = await refusal(`{ timeline(validAt: "${day}") { nodes { id } } }`);
      const variable = await refusal("query($day: Date) { timeline(validAt: $day) { nodes { id } } }", { day });
      expect([literal.code, variable.code]).toEqual(["BAD_USER_INPUT", "BAD_USER_INPUT"]);
    },
  );

  test("where an instant is needed says how an instant is written", async () => {
    const refused = await refusal('{ record(asOf: { knownAt: "2019-02-05" }) { timeline { totalCount } } }');
    expect(refused).toMatchObject({ code: "BAD_USER_INPUT", message: expect.stringContaining("T23:59:59Z") as string });
  });

  test("before the crisis finds nothing that began within it, and says of the vague that it is possible", async () => {
    const { recognitions: early } = await record.client.run(recognitions, { validAt: "2018-12-01" });
    expect(early.nodes.every(({ certainty }) => certainty === "POSSIBLE")).toBe(true);
    const { recognitions: late } = await record.client.run(recognitions, { validAt: "2019-02-06" });
    expect(late.nodes.some(({ certainty }) => certainty === "CERTAIN")).toBe(true);
  });

  test("of a span that ends before it begins is refused", async () => {
    const span = '{ from: "2019-02-06", to: "2019-02-05" }';
    expect(await refusal(`{ timeline(validDuring: ${span}) { totalCount } }`)).toMatchObject({
      code: "BAD_USER_INPUT",
    });
  });
});

describe("the record as of a moment", () => {
  test("holds nothing before its first change set, by the clock of recording", async () => {
    const { data } = await record.ask(`{ record(asOf: { knownAt: "2019-02-10T00:00:00Z", knownBy: RECORDED }) {
      timeline { totalCount } people { totalCount } crisisByKey(key: "venezuela-2019") { id } } }`);
    expect(data).toEqual({ record: { timeline: { totalCount: 0 }, people: { totalCount: 0 }, crisisByKey: null } });
  });

  test("shows by the clock of reporting what was known on 5 February 2019 and no passage of a later document", async () => {
    const { data } = await record.ask(`{ record(asOf: { knownAt: "2019-02-05T23:59:59Z" }) {
      documents { nodes { key reportedFrom } }
      stateBy(by: { iso2: "GB" }) { recognitionsGiven { nodes { reported { from } evidence { passage { capture { document { reportedFrom } } } } } } } } }`);
    const times = [...JSON.stringify(data).matchAll(/"(?:reportedFrom|from)":"([^"]+)"/g)].map((match) => match[1]!);
    expect(times.length).toBeGreaterThan(2);
    for (const time of times) expect(time <= "2019-02-05T23:59:59Z").toBe(true);
  });

  test("is the same for two names in one request, each with its own moment", async () => {
    const { data } = await record.ask(`{
      then: record(asOf: { knownAt: "2019-01-24T00:00:00Z" }) { timeline { totalCount } }
      now: timeline { totalCount }
    }`);
    const { then, now } = data as { then: { timeline: { totalCount: number } }; now: { totalCount: number } };
    expect(then.timeline.totalCount).toBeGreaterThan(0);
    expect(then.timeline.totalCount).toBeLessThan(now.totalCount);
  });
});

describe("a natural key", () => {
  test("finds a state by its code, and nothing by a code of none", async () => {
    expect((await record.client.run(stateBy, { by: { iso2: "VE" } })).stateBy?.name).toBe("Venezuela");
    expect((await record.client.run(stateBy, { by: { iso3: "XXX" } })).stateBy).toBeNull();
  });

  test("is one, not two and not none", async () => {
    for (const by of ["{}", '{ iso2: "VE", iso3: "VEN" }']) {
      expect((await refusal(`{ stateBy(by: ${by}) { id } }`)).code).toMatch(/GRAPHQL_VALIDATION_FAILED|BAD_USER_INPUT/);
    }
  });

  test("of a crisis leads to its states", async () => {
    const { crisisByKey: crisis } = await record.client.run(crisisByKey, { key: "venezuela-2019" });
    expect(crisis?.states.map(({ name }) => name)).toContain("Venezuela");
  });
});

test("resolved field by field, a page of a hundred with lists below each entry takes one statement a list", async () => {
  const unplanned = openRecord(database.url, null);
  const statements = watchStatements(unplanned.db);
  const { errors } = await unplanned.ask(
    "{ actors(first: 100) { nodes { name occupancies(first: 3) { nodes { basis } } recognitionsGiven(first: 3) { nodes { stance } } events(first: 3) { nodes { title } } } } }",
  );
  expect(errors).toBeUndefined();
  expect(statements).toHaveLength(4);
  await unplanned.close();
});

test("an answer keeps the order of its question, whatever had to be waited for", async () => {
  const response = await record.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      query: "{ occupancies(first: 1) { nodes { holder { name } capacity position { key } claimType } } }",
    }),
  });
  const text = await response.text();
  const places = ["holder", "capacity", "position", "claimType"].map((name) => text.indexOf(`"${name}"`));
  expect(places).toEqual([...places].sort((a, b) => a - b));
});
