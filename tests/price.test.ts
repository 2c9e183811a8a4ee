import fc from "fast-check";
import { parse, validate } from "graphql";
import { expect, test } from "vitest";
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
