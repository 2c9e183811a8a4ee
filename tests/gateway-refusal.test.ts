import { afterAll, beforeAll, expect, test } from "vitest";
import { apiCodes } from "../src/errors.ts";
import { joinSubgraphs, type Joined } from "./support/joined.ts";

let joined: Joined;
beforeAll(async () => {
  joined = await joinSubgraphs();
});
afterAll(() => joined[Symbol.asyncDispose]());

test.each([
  ["no GraphQL", "{"],
  ["an unknown field", "{ peple { totalCount } }"],
  ["an argument misspelt", "{ people(frist: 1) { totalCount } }"],
  ["two operations and no name", "query A { __typename } query B { __typename }"],
  ["a variable of another type", "query ($n: Int!) { people(first: $n) { totalCount } }"],
  ["what the record refuses", "{ people(first: 0) { totalCount } }"],
])("The gateway refuses %s in the words and the form of the record", async (_what, query) => {
  const { errors } = await joined.ask(query, { n: "x" }, { "x-request-id": "gateway-1" });
  expect(errors?.length).toBeGreaterThan(0);
  for (const { message, extensions } of errors ?? []) {
    expect(message).not.toMatch(/did you mean/i);
    expect(apiCodes).toContain(extensions?.["code"]);
    expect(extensions).toMatchObject({ retryable: expect.any(Boolean) as boolean, requestId: "gateway-1" });
    expect(extensions).not.toHaveProperty("originalError");
  }
});
