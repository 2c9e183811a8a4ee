import { getNamedType, isInterfaceType, isObjectType, Lexer, parse, Source, TokenKind } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { schema } from "../src/graph/schema.ts";
import { bounds } from "../src/limit/bound.ts";
import { costOf } from "../src/limit/cost.ts";
import { costIn, isPaged } from "../src/limit/count.ts";
import { parseDocument } from "../src/limit/document.ts";
import { measure } from "../src/limit/shape.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { shippedDocuments } from "./support/operation.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

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

async function send(body: object, accept = "application/graphql-response+json") {
  const response = await record.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const answer = JSON.parse(text) as {
    data?: unknown;
    errors?: { message: string; extensions: Record<string, unknown> }[];
  };
  return { status: response.status, text, headers: response.headers, answer, first: answer.errors?.[0]?.extensions };
}

/** Runs `work` and tells how many statements it sent to the database. */
async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const { pool } = record.db;
  const [query, connect] = [pool.query.bind(pool), pool.connect.bind(pool)];
  let count = 0;
  const counting =
    (real: unknown) =>
    (...args: unknown[]) => ((count += 1), (real as (...a: unknown[]) => unknown)(...args));
  Object.assign(pool, { query: counting(query), connect: counting(connect) });
  await work();
  Object.assign(pool, { query, connect });
  return count;
}

const nested = (depth: number, inner = "name") =>
  "{ ".concat(
    'crisisByKey(key: "x") { states { recognitionsGiven { nodes { ',
    "recogniser { ".repeat(depth - 5),
    inner,
    " }".repeat(depth - 1),
    " }",
  );
/** A question of actors each of which is asked for some of its kinds apart, by several ways to others, three times over. */
const branching = () => {
  const kinds = ["Person", "State", "Bloc"];
  const ways = [
    "stances towards",
    "stancesTowards actor",
    "recognitionsGiven claimant",
    "recognitionsReceived recogniser",
  ];
  const below = (i: number) =>
    ways.map((way) => way.replace(" ", `(first: 1) { nodes { `).concat(` { ...f${i + 1} } } }`)).join(" ");
  const fragments = times(
    3,
    (i) => `fragment f${i} on Actor { ${kinds.map((kind) => `... on ${kind} { ${below(i)} }`).join(" ")} }`,
  );
  return `{ actors(first: 1) { nodes { ...f0 } } } ${fragments} fragment f3 on Actor { key }`;
};
const times = (count: number, part: (i: number) => string) =>
  Array.from({ length: count }, (_each, i) => part(i)).join(" ");

describe("what ships", () => {
  test.each(shippedDocuments())("%s is answered at its largest page", (_name, text) => {
    const most = { first: 100, last: 100, ids: Array.from({ length: 100 }, () => "Person:x") };
    expect(costOf(schema, parseDocument(text), undefined, most)).toBeLessThanOrEqual(bounds.cost);
  });
});

describe("what ships stays below each bound, by the largest that it has:", () => {
  const shipped = shippedDocuments().map(([, text]) => text);
  const tokensOf = (text: string) => {
    const lexer = new Lexer(new Source(text));
    let count = 0;
    while (lexer.advance().kind !== TokenKind.EOF) count += 1;
    return count;
  };
  const shapes = shipped.map((text) => measure(parseDocument(text)));

  test.each([
    ["tokens", shipped.map(tokensOf)],
    ["depth", shapes.map(({ depth }) => depth)],
    ["introspectionDepth", shapes.map(({ introspectionDepth }) => introspectionDepth)],
    ["aliases", shapes.map(({ aliases }) => aliases)],
    ["directives", shapes.map(({ directives }) => directives)],
    ["mutationFields", shapes.map(({ mutationFields }) => mutationFields)],
  ] as const)("%s", (name, found) => {
    expect(Math.max(...found)).toBeLessThan(bounds[name]);
  });
});

describe("a document", () => {
  test.each([
    ["13 levels", nested(13), "QUERY_TOO_DEEP", 12, 13],
    ["31 aliases", `{ ${times(31, (i) => `a${i}: __typename`)} }`, "TOO_MANY_ALIASES", 30, 31],
    ["6 directives", `{ __typename ${"@include(if: true) ".repeat(6)} }`, "GRAPHQL_VALIDATION_FAILED", 5, 6],
    ["11 mutations", `mutation { ${times(11, () => "x")} }`, "QUERY_TOO_COMPLEX", 10, 11],
  ])("of %s is refused, with the limit and what it has", async (_name, query, code, limit, actual) => {
    expect(await send({ query })).toMatchObject({ status: 400, first: { code, limit, actual } });
    expect((await send({ query }, "application/json")).status).toBe(200);
  });

  test("is as deep as its fragments, whatever they are called", async () => {
    const query =
      "fragment __schema on Actor { recognitionsGiven { nodes { recogniser { recognitionsGiven { nodes { recogniser { recognitionsGiven { nodes { recogniser { recognitionsGiven { totalCount } } } } } } } } } } } { actors { nodes { ...__schema } } }";
    expect((await send({ query })).first).toMatchObject({ code: "QUERY_TOO_DEEP", actual: 13 });
  });

  test("has as many aliases as its fragments bring in, each time", async () => {
    const query = `query { people { nodes { ${times(4, () => "...many")} } } } fragment many on Person { ${times(8, (i) => `a${i}: name`)} }`;
    expect((await send({ query })).first).toMatchObject({ code: "TOO_MANY_ALIASES", actual: 32 });
  });

  test.each(["{", "[", "{a", "query($a:[", "@a ", "...x "])(
    "that repeats %j twenty thousand times is refused at once",
    async (part) => {
      const started = performance.now();
      const { status, first, text } = await send({ query: part.repeat(20_000) });
      expect({ status, code: first?.["code"] }).toEqual({ status: 400, code: "GRAPHQL_PARSE_FAILED" });
      expect(text.length).toBeLessThan(8_000);
      expect(performance.now() - started).toBeLessThan(300);
    },
  );

  test("with many mistakes is told ten of them, in less than 8 kB", async () => {
    const long = "x".repeat(2_000);
    const { status, text, answer } = await send({ query: `{ ${times(200, (i) => `${long}${i}`)} }` });
    expect(status).toBe(400);
    expect(answer.errors).toHaveLength(10);
    expect(text.length).toBeLessThan(8_000);
  });

  test("with a wrong name is told no other", async () => {
    for (const query of [
      "{ peple { nodes { id } } }",
      "{ people(frist: 1) { totalCount } }",
      "{ people(orderBy: NAME_AS) { totalCount } }",
    ]) {
      const { answer } = await send({ query });
      expect(answer.errors?.[0]?.message).toBeTruthy();
      expect(answer.errors?.[0]?.message).not.toMatch(/did you mean/i);
    }
  });

  test.each([
    [
      "2^30 spreads",
      `{ ...f0 } ${times(30, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)} fragment f30 on Query { __typename }`,
    ],
    ...["mutation", "subscription"].map((kind) => {
      const type = kind === "mutation" ? "Mutation" : "Subscription";
      const doubling = times(80, (i) => `fragment f${i} on ${type} { ...f${i + 1} ...f${i + 1} }`);
      return [`a ${kind} of 2^80 spreads`, `${kind} { ...f0 } ${doubling} fragment f80 on ${type} { __typename }`];
    }),
    [
      "2^30 nested spreads",
      `{ people { nodes { ...f0 } } } ${times(30, (i) => `fragment f${i} on Person { a: timeline { nodes { concerned: id } } ...f${i + 1} b: timeline { nodes { id } } ...f${i + 1} }`)} fragment f30 on Person { id }`,
    ],
    [
      "300 fields of one name",
      `{ people { nodes { ${times(150, (i) => `... on Person { n: ${i % 2 ? "name" : "id"} }`)} } } }`,
    ],
    ["branches that a statement would have to tell apart", branching()],
    [
      "spreads of itself",
      "{ people { nodes { ...a } } } fragment a on Person { id ...b } fragment b on Person { name ...a }",
    ],
  ])("of %s takes less than a second", async (_name, query) => {
    const started = performance.now();
    const { status, text } = await send({ query });
    expect(performance.now() - started).toBeLessThan(1_000);
    expect([200, 400]).toContain(status);
    expect(text.length).toBeLessThan(8_000);
  });
});

describe("the cost of an operation", () => {
  const price = (query: string, variables = {}, name?: string) => costOf(schema, parse(query), name, variables);

  test("is how many objects its answer may hold", () => {
    expect(price("{ people { nodes { name } } }")).toBe(1 + 20);
    expect(price("{ people(first: 7) { nodes { name } totalCount } }")).toBe(1 + 7 + 10);
    expect(price("{ people(last: 7) { edges { node { name } } } }")).toBe(1 + 7 + 7);
    expect(price("query($n: Int = 5) { people(first: $n) { nodes { name } } }")).toBe(1 + 5);
    expect(price("query($n: Int) { people(first: $n) { nodes { name } } }", { n: 9 })).toBe(1 + 9);
    expect(price("query($n: Int) { people(first: $n) { nodes { name } } }", { n: null })).toBe(1 + 20);
    expect(price("{ people(first: 10) { nodes { occupancies(first: 10) { nodes { basis } } } } }")).toBe(
      1 + 10 * (1 + 1 + 10),
    );
  });

  test("counts of an abstract type whichever of its types costs most", () => {
    const query =
      "{ actors(first: 10) { nodes { ... on Person { occupancies(first: 5) { nodes { basis } } } ... on State { occupancies(first: 3) { nodes { basis } } } } } }";
    expect(price(query)).toBe(1 + 10 * (1 + 1 + 5));
  });

  test("counts what every operation of a change set, and of a proposal, leads to", () => {
    const submit = (fields: string, count: number) =>
      price(
        `mutation ($of: [OperationInput!]!) { changeSetSubmit(input: { reason: "r", operations: $of }) { ... on ChangeSetSubmitted { ${fields} } } }`,
        { of: Array.from({ length: count }, () => ({})) },
      );
    expect([1, 2, 500].map((count) => submit("items { ref }", count))).toEqual([1 + 1, 2 + 2, 500 + 500]);
    expect(submit("items { node { id } }", 500)).toBe(500 + 500 * 2);
    expect(submit("items { node { ... on Person { occupancies(first: 100) { nodes { basis } } } } }", 100)).toBe(
      100 + 100 * (2 + 101),
    );
    const proposed = (fields: string) => price(`{ proposal(id: "x") { changes { ${fields} } } }`);
    expect(proposed("current { id }") - proposed("operation")).toBeGreaterThanOrEqual(bounds.operations);
    expect(proposed("current { ... on Person { occupancies(first: 10) { nodes { basis } } } }")).toBeGreaterThan(
      bounds.cost,
    );
  });

  test("is more where what is read is more than what is shown", () => {
    const between = (steps: string) => price(`{ connectionBetween(from: "a", to: "b"${steps}) { cut __typename } }`);
    expect([between(", maxDepth: 1"), between(", maxDepth: 6"), between("")]).toEqual([201, 1_201, 801]);
    expect(price('{ person(id: "x") { network(depth: 3) { cut } } }')).toBe(1 + 1 + 600);
    expect(price("query($n: Int!) { person(id: 1) { network(depth: $n) { cut } } }", { n: 2 })).toBe(1 + 1 + 400);
    expect(price("query($n: Int!) { person(id: 1) { network(depth: $n) { cut } } }", { n: -9 })).toBe(1 + 1 + 200);
    const delta = (fields: string) => price(`{ delta(by: RECORDED, from: "x", to: "y", first: 1) { ${fields} } }`);
    expect([delta("nodes { key }"), delta("totalCount"), delta("totalCountCapped")]).toEqual([302, 311, 311]);
    expect(price('{ search(query: "x", first: 1) { nodes { score } } }')).toBe(100 + 1 + 1);
    expect(price('{ match(names: [{ name: "x" }, { name: "y" }]) { name } }')).toBe(2 * (50 + 1));
    expect(price("{ recognitions(first: 1) { byStance { count } byMonth { count } } }")).toBe(1 + 2 * (30 + 3));
  });

  test("counts each condition on letters, wherever it stands", () => {
    const each = 20;
    const some = (count: number) => Array.from({ length: count }, (_, i) => ({ name: { contains: `x${i}` } }));
    const asked = "(first: 1, filter: $f) { nodes { key } } }";
    const by = (type: string, f: unknown) => price(`query($f: ${type}) { actors${asked}`, { f }) - 2;
    expect(by("ActorFilter", { name: { contains: "x" } })).toBe(each);
    expect(by("ActorFilter", { name: { eq: "x" } })).toBe(0);
    expect(by("ActorFilter", { name: { contains: "x", startsWith: "y" }, not: { name: { startsWith: "z" } } })).toBe(
      3 * each,
    );
    expect(by("ActorFilter", { or: some(100) })).toBe(100 * each);
    expect(by("ActorFilter", { and: [{ or: some(2) }, { not: { and: some(3) } }] })).toBe(5 * each);
    // What is no such filter is refused when it is read.
    for (const odd of [null, 5, "x", [], { or: 5 }, { or: null }, { name: null }, { name: [] }]) {
      expect([odd, by("ActorFilter", odd)]).toEqual([odd, 0]);
    }
    const list = "query($f: [ActorFilter!]) { actors(first: 1, filter: { or: $f }) { nodes { key } } }";
    expect([price(list, { f: some(7) }), price(list, { f: some(1)[0] }), price(list)]).toEqual([
      2 + 7 * each,
      2 + each,
      2,
    ]);
    const written = '{ or: [{ name: { contains: "x" } }, { not: { name: { startsWith: $s } } }] }';
    expect(price(`query($s: String) { actors(first: 1, filter: ${written}) { nodes { key } } }`)).toBe(2 + 2 * each);
    const usual = '{ name: { contains: "x", startsWith: "y" } }';
    expect(price(`query($f: ActorFilter = ${usual}) { actors${asked}`)).toBe(2 + 2 * each);
    expect(by("ActorFilter", { or: some(300) })).toBeGreaterThan(bounds.cost);
  });

  test("is that of what is executed: the operation named, without what is skipped", () => {
    const two = "query A { __typename } query B { people(first: 100) { nodes { name } } }";
    expect([price(two, {}, "A"), price(two, {}, "B")]).toEqual([0, 101]);
    const query = "query($no: Boolean!) { people { nodes { name } } places @skip(if: $no) { nodes { name } } }";
    expect([price(query, { no: true }), price(query, { no: false })]).toEqual([21, 42]);
  });

  test("is told in the answer and its header", async () => {
    const { answer, headers } = await send({ query: "{ people(first: 3) { nodes { name } } }" });
    expect(answer).toMatchObject({ extensions: { cost: { requested: 4, max: bounds.cost } } });
    expect(headers.get("x-cost")).toBe("4");
  });

  const hundreds =
    "query Q($n: Int) { people(first: $n) { nodes { occupancies(first: $n) { nodes { position { occupancies(first: $n) { nodes { basis } } } } } } } }";

  test("beyond the bound is refused before a statement is sent, whatever was answered before", async () => {
    expect((await send({ query: hundreds, variables: { n: 1 } })).status).toBe(200);
    let refused: Awaited<ReturnType<typeof send>> | undefined;
    const statements = await statementsOf(
      async () => (refused = await send({ query: hundreds, variables: { n: 100 } })),
    );
    expect(refused).toMatchObject({ status: 400, first: { code: "QUERY_TOO_COMPLEX", max: bounds.cost } });
    expect(refused?.first?.["cost"]).toBeGreaterThan(1_000_000);
    expect(refused?.answer).not.toHaveProperty("data");
    expect(statements).toBe(0);
    expect((await send({ query: hundreds, variables: { n: 2 } })).status).toBe(200);
  });

  test("is refused by the operation that is named, not the first", async () => {
    const query = `query A { __typename } ${hundreds}`;
    const variables = { n: 100 };
    expect((await send({ query, operationName: "Q", variables })).first).toMatchObject({ code: "QUERY_TOO_COMPLEX" });
    expect((await send({ query, operationName: "A", variables })).answer.data).toEqual({ __typename: "Query" });
  });

  test("refuses a few thousand entries below each other", async () => {
    for (const query of [
      "{ people(first: 100) { nodes { occupancies(first: 50) { nodes { basis } } } } }",
      "{ people(first: 100) { nodes { occupancies { nodes { evidence { passage { exact } } } } } } }",
      "{ actors(first: 50) { edges { node { timeline(last: 90) { edges { cursor } } } } } }",
    ]) {
      expect([query, (await send({ query })).first?.["code"]]).toEqual([query, "QUERY_TOO_COMPLEX"]);
    }
  });
});

describe("every list of the schema", () => {
  const composites = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  const fields = composites.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));

  test("that is a connection counts by its page", () => {
    const connections = fields.filter(({ field }) => getNamedType(field.type).name.endsWith("Connection"));
    expect(connections.length).toBeGreaterThan(50);
    for (const { type, field } of connections) {
      const paged = getNamedType(field.type);
      const entries = isObjectType(paged)
        ? Object.values(paged.getFields()).filter((each) => ["nodes", "edges"].includes(each.name))
        : [];
      const counted = isPaged(field) && entries.length > 0 && entries.every((each) => costIn(each)?.times === "page");
      expect([`${type.name}.${field.name}`, counted]).toEqual([`${type.name}.${field.name}`, true]);
    }
  });

  test("that is asked for by its first leads to entries that count by it", () => {
    const odd = fields.filter(({ field }) => {
      const type = getNamedType(field.type);
      if (!isPaged(field) || !(isObjectType(type) || isInterfaceType(type))) return false;
      return !Object.values(type.getFields()).some((each) => costIn(each)?.times === "page");
    });
    expect(odd.map(({ type, field }) => `${type.name}.${field.name}`)).toEqual([]);
  });
});

test("the limits are told", async () => {
  const { answer } = await send({
    query:
      "{ limits { cost depth aliases directives tokens mutationFields pageSize usualPageSize requestBytes answerBytes executionMs } }",
  });
  expect(answer.data).toMatchObject({
    limits: { cost: bounds.cost, depth: 12, aliases: 30, pageSize: 100, usualPageSize: 20 },
  });
});
