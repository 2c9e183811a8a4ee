import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createClient } from "../sdk/src/client.ts";
import * as sdk from "../sdk/src/generated/operations.ts";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
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

const { positionByKey } = sdk;
const variables = { key: "president-of-venezuela" };
const known = `sha256:${positionByKey.sha256 ?? ""}`;
const unknown = `sha256:${"0".repeat(64)}`;

const post = (body: object, accept = "application/json") =>
  record.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept },
    body: JSON.stringify(body),
  });
const title = { data: { positionByKey: { title: "President of Venezuela" } } };
const codeOf = async (response: Response) =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

describe("a trusted document", () => {
  test("is asked by its id, in a POST and in a GET", async () => {
    expect(await (await post({ documentId: known, variables })).json()).toMatchObject(title);
    const address = new URLSearchParams({ documentId: known, variables: JSON.stringify(variables) });
    expect(await (await record.fetch(`/graphql?${address.toString()}`)).json()).toMatchObject(title);
  });

  test("is every one that the SDK ships with: no client need send a text", async () => {
    const sent: string[] = [];
    const client = createClient({
      url: "http://record.test/graphql",
      persisted: "only",
      retries: 0,
      fetch: (_url, init) => {
        sent.push(init?.body as string);
        return record.fetch("/graphql", init);
      },
    });
    await expect(client.run(positionByKey, variables)).resolves.toMatchObject(title.data);
    const questions = Object.values(sdk).filter(({ kind }: { kind: string }) => kind === "query");
    for (const operation of questions) {
      const codes = await client.run(operation as typeof positionByKey, variables).then(
        () => null,
        (error: unknown) => (error as { code: string }).code,
      );
      expect(codes, operation.name).not.toBe("PERSISTED_QUERY_NOT_FOUND");
    }
    expect(sent.filter((body) => body.includes('"query"'))).toEqual([]);
  });

  test.each([
    ["application/json", 200],
    ["application/graphql-response+json", 400],
  ])("whose id is not known is refused under its code; to %s with HTTP %i", async (accept, status) => {
    const response = await post({ documentId: unknown, variables }, accept);
    expect(response.status).toBe(status);
    expect(await codeOf(response)).toBe("PERSISTED_QUERY_NOT_FOUND");
  });

  test("whose id is not known is sent as text by a client that may", async () => {
    const operation = { ...positionByKey, sha256: "0".repeat(64) };
    const client = createClient({
      url: "http://record.test/graphql",
      persisted: true,
      fetch: (_url, init) => record.fetch("/graphql", init),
    });
    await expect(client.run(operation, variables)).resolves.toMatchObject(title.data);
  });

  test.each([
    ["no id", { documentId: "positionByKey" }],
    ["a number", { documentId: 7 }],
    ["an id and a text", { documentId: known, query: "{ __typename }" }],
  ])("is not told by %s", async (_name, body) => {
    expect(await codeOf(await post(body))).toBe("BAD_USER_INPUT");
  });
});
