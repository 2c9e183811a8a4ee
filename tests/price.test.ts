import fc from "fast-check";
import { parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { served } from "../src/graph/schema.ts";
import { costOf } from "../src/limit/cost.ts";
import { priceOf } from "../src/limit/price.ts";

const document = parse(`
  query One($n: Int, $m: Int = 7, $skip: Boolean = false, $and: Boolean!, $key: String!) {
    people(first: $n) { totalCount nodes { name timeline(last: $m) @skip(if: $skip) { nodes { id } } } }
    crises(first: 5) @include(if: $and) { nodes { title } }
    stateBy(by: { key: $key }) { name }
  }
  query Other { people(first: 50) { nodes { name } } }`);

const number = fc.constantFrom(undefined, null, 1, 2, 50, 80, 100, 101, -1, 1.5, "5");
const condition = fc.constantFrom(undefined, null, true, false, "true");
const variables = fc.record({
  n: number,
  m: number,
  skip: condition,
  and: condition,
  key: fc.string(),
  more: fc.array(fc.nat()),
});

test("A price that is remembered is the price that was asked for", () => {
  expect(validate(served, document)).toEqual([]);
  const prices = new Set<number>();
  fc.assert(
    fc.property(variables, fc.constantFrom("One", "Other", "Neither", undefined), (given, name) => {
      const asked = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const price = priceOf(served, document, name, asked);
      prices.add(price);
      expect(price).toBe(costOf(served, document, name, asked));
    }),
    { numRuns: 2_000 },
  );
  expect(prices.size).toBeGreaterThan(50);
});

test("A filter costs by its conditions on letters, each time", () => {
  const search = parse("query ($f: ActorFilter) { actors(first: 1, filter: $f) { nodes { key } } }");
  expect(validate(served, search)).toEqual([]);
  const price = (count: number) => {
    const not = Array.from({ length: count }).reduce<object>((inner) => ({ not: inner, name: { contains: "x" } }), {});
    return priceOf(served, search, undefined, { f: not });
  };
  expect([1, 9, 2, 0, 9].map((n) => price(n) - price(0))).toEqual([20, 180, 40, 0, 180]);
});

test("A filter on whose word a fact rests costs what is worked out for each", () => {
  const asked = parse("query ($f: AssertionFilter) { timeline(first: 1, filter: $f) { nodes { key } } }");
  const price = (f: object) => priceOf(served, asked, undefined, { f });
  for (const name of ["onOneSource", "onUnnamedSpeaker", "onParty"]) {
    expect([true, false].map((truth) => price({ [name]: truth }) - price({}))).toEqual([50, 50]);
  }
});

test("A list below a change costs more than elsewhere, for each is looked at as it stood after it", () => {
  const list = "timeline(first: 1) { nodes { key crisis { timeline(first: 1) { nodes { key } } } } }";
  const price = (query: string) => priceOf(served, parse(query), undefined, {});
  const [below, beside] = [
    price(`{ changes(first: 10) { nodes { crisis { ${list} } } } }`),
    price(`{ events(first: 10) { nodes { crisis { ${list} } } } }`),
  ];
  expect(below - beside).toBe(10 * 2 * 20);
});

test("A document of lists costs by their length, each time", () => {
  const entities = parse("query ($of: [_Any!]!) { _entities(representations: $of) { __typename } }");
  const price = (length: number) =>
    priceOf(served, entities, undefined, { of: Array.from({ length }, () => ({ __typename: "Person", id: "x" })) });
  expect([1, 50, 2, 100].map(price)).toEqual([1, 50, 2, 100].map((n) => n * price(1)));
});

test.each([
  [
    "as a whole",
    "($of: ChangeSetSubmitInput!) { changeSetSubmit(input: $of) { __typename } }",
    (operations: object[]) => ({ of: { reason: "r", operations } }),
  ],
  [
    "as the list in it",
    '($of: [OperationInput!]!) { changeSetSubmit(input: { reason: "r", operations: $of }) { __typename } }',
    (of: object[]) => ({ of }),
  ],
])("A change set costs by its operations, given by a variable %s", (_how, text, variables) => {
  const submit = parse(`mutation ${text}`);
  expect(validate(served, submit)).toEqual([]);
  const price = (length: number) =>
    priceOf(served, submit, undefined, variables(Array.from({ length }, () => ({ placeCreate: {} }))));
  expect([1, 500, 2, 0, 500].map((n) => price(n) - price(1))).toEqual([0, 499, 1, 0, 499]);
});

test("A change set that is written out costs by its operations too", () => {
  const submit = (count: number) =>
    parse(`mutation { changeSetSubmit(input: { reason: "r", operations: [${"{} ".repeat(count)}] }) { __typename } }`);
  const price = (count: number) => priceOf(served, submit(count), undefined, {});
  expect(price(7) - price(1)).toBe(6);
});

describe("a mutation costs by the evidence that it gives,", () => {
  const [two, ten] = [2, 10].map((length) => Array.from({ length }, () => ({ exact: "x" })));
  const assert = (evidence: unknown) => ({ recognitionAssert: { says: { evidence } } });
  const set = (operations: readonly object[]) => ({ reason: "r", operations });
  const written = (list: string) =>
    `($e: [EvidenceInput!]) { changeSetSubmit(input: { reason: "r", operations: [{ recognitionAssert: { says: { evidence: ${list} } } }] }) { __typename } }`;
  const whole = "($i: ChangeSetSubmitInput!) { changeSetSubmit(input: $i) { __typename } }";

  test.each([
    ["as a whole", whole, { i: set([assert(ten), assert(two)]) }, 1 + 12],
    ["one of it without a list", whole, { i: set([assert({ exact: "x" })]) }, 1],
    ["none", whole, { i: set([assert(null), assert([])]) }, 1],
    [
      "as one fact",
      "($i: RecognitionAssertInput!) { recognitionAssert(input: $i) { __typename } }",
      { i: { says: { evidence: ten } } },
      10,
    ],
    ["as the list", written("$e"), { e: ten }, 10],
    [
      "in the list",
      `($p: EvidenceInput!) ${written("[$p, {}, $p]").replace("($e: [EvidenceInput!]) ", "")}`,
      { p: {} },
      3,
    ],
    ["written out", written('[{ exact: "x" }, {}]'), {}, 2],
    ["written out as one", written("{}"), {}, 1],
  ])("given %s", (_how, text, variables, more) => {
    const submitted = parse(`mutation ${text}`);
    const price = (given: object) => priceOf(served, submitted, undefined, given as Record<string, unknown>);
    const nothing = priceOf(served, parse(`mutation ${whole}`), undefined, { i: set([{}]) });
    expect(price(variables) - nothing).toBe(more);
    expect(price(variables)).toBe(costOf(served, submitted, undefined, variables as Record<string, unknown>));
  });

  test("each time anew", () => {
    const submitted = parse(`mutation ${whole}`);
    const price = (evidence: unknown) => priceOf(served, submitted, undefined, { i: set([assert(evidence)]) });
    expect([ten, two, ten].map((each) => price(each) - price([]))).toEqual([10, 2, 10]);
  });
});
