import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askApollo } from "./support/apollo-gateway.ts";
import { joinSubgraphs, type Joined } from "./support/joined.ts";
import { asHolder, type Answer } from "./support/record.ts";

let joined: Joined;
beforeAll(async () => {
  joined = await joinSubgraphs();
});
afterAll(() => joined[Symbol.asyncDispose]());

const examples = readFileSync(new URL("../examples/federation/joined.graphql", import.meta.url), "utf8");
/** One operation of the example. */
const example = (name: string) => new RegExp(`query ${name} \\{.*?^\\}`, "ms").exec(examples)?.[0] ?? "";

const fromTheRecord = example("JoinedFromTheRecord");
const fromTheDesk = example("JoinedFromTheDesk");

/** Asks both gateways, expects one answer of both, and gives it. */
async function askBoth(query: string): Promise<NonNullable<Answer["data"]>> {
  const answer = await joined.ask(query);
  expect(answer.errors).toBeUndefined();
  expect(await askApollo(joined.supergraph, query)).toEqual(answer);
  return answer.data ?? {};
}

describe("Through Hive's gateway as through Apollo's,", () => {
  test("a question to the record goes on to what the desk noted", async () => {
    const { record } = (await askBoth(fromTheRecord)) as {
      record: {
        positionByKey: { contest: { occupancies: { holder: { name: string; notes: { text: string }[] } }[] } };
      };
    };
    const { occupancies } = record.positionByKey.contest;
    const notes = new Map(occupancies.map(({ holder }) => [holder.name, holder.notes.map(({ text }) => text)]));
    expect(notes.get("Juan Guaidó")).toEqual([
      "Two sources tell the offer of amnesty differently; wait for a third.",
      "Quoted at length in Spanish; have the translation read by a second person.",
    ]);
    expect(notes.get("Nicolás Maduro")).toEqual([]);
  });

  test("a question to the desk goes on to what the record holds", async () => {
    expect(await askBoth(fromTheDesk)).toMatchObject({
      notes: {
        nodes: [
          { writtenOn: "2019-02-08", about: { name: "United Kingdom", iso2: "GB" } },
          { about: { name: "Juan Guaidó" } },
          {
            about: {
              name: "Vladimir Padrino",
              occupancies: { nodes: [{ position: { title: "Minister of Defence of Venezuela" } }] },
            },
          },
        ],
      },
    });
  });

  test("node answers by the ids of the record, and goes on to the desk", async () => {
    const { data } = await joined.record.ask('{ personByKey(key: "juan-guaido") { id } }');
    const { id } = (data as { personByKey: { id: string } }).personByKey;
    const wanted = await askBoth(
      `{ node(id: "${id}") { id ... on Person { name notes { author } } } nodes(ids: ["${id}"]) { __typename } }`,
    );
    expect(wanted).toEqual({
      node: { id, name: "Juan Guaidó", notes: [{ author: "Tomas" }, { author: "Ines" }] },
      nodes: [{ __typename: "Person" }],
    });
  });
});

describe("The gateway passes on", () => {
  test("who asks: what a key may not read there, it may not read here", async () => {
    const { data, errors } = await joined.ask(fromTheRecord, {}, asHolder("desk", "review"));
    expect(data).toBeFalsy();
    expect(errors?.[0]).toMatchObject({ extensions: { code: "FORBIDDEN", scope: "read" } });
    const known = await joined.ask(fromTheDesk, {}, asHolder("desk", "review"));
    expect(known.errors?.map(({ extensions }) => extensions?.["code"])).toContain("FORBIDDEN");
    expect(await joined.ask(fromTheRecord, {}, asHolder("desk", "read"))).toEqual(await joined.ask(fromTheRecord));
  });

  test("the key of a mutation and the name of the request", async () => {
    joined.seen.length = 0;
    await joined.ask("{ people(first: 1) { totalCount } }", {}, { "idempotency-key": "k-1", "x-request-id": "r-1" });
    expect(joined.seen).toHaveLength(1);
    expect(joined.seen[0]).toMatchObject({ "idempotency-key": "k-1", "x-request-id": "r-1" });
  });

  test("what the record says of a request, in the headers of the answer", async () => {
    const response = await fetch(joined.urls.gateway, {
      method: "POST",
      headers: { "content-type": "application/json", "x-request-id": "r-2" },
      body: JSON.stringify({ query: fromTheRecord }),
    });
    expect(response.headers.get("x-request-id")).toBe("r-2");
  });

  test("a refusal under its own code, with its own words", async () => {
    const { errors } = await joined.ask('{ node(id: "Person:1") { id } }');
    expect(errors?.[0]).toMatchObject({ path: ["node"], extensions: { code: "BAD_USER_INPUT" } });
    expect(errors?.[0]?.message).toContain('"Person:1" is not an id');
  });
});

test("A mutation goes through the gateway with its key: sent twice it is entered once, and nothing else under its name", async () => {
  const mutation = `mutation ($input: RecognitionAssertInput!) { recognitionAssert(input: $input) {
    ... on RecognitionSubmitted { recognition { id claimant { ... on Person { notes { author } } } } changeSet { number author } } } }`;
  const says = {
    recogniser: { key: "state-gb" },
    claimant: { key: "juan-guaido" },
    position: { key: "president-of-venezuela" },
    stance: "RECOGNISES_AS_INTERIM",
    evidence: [
      { document: { key: "briefing-2019-02-07" }, exact: "Up to now the Venezuelan army has stood by Maduro." },
    ],
  };
  const input = { reason: "Over the gateway.", crisis: { key: "venezuela-2019" }, key: "gateway-gb", says };
  const send = (key: string, sent: object) =>
    joined.ask(
      mutation,
      { input: sent },
      { ...asHolder("clerk", "read", "contribute", "admin"), "idempotency-key": key },
    );
  const [first, again] = [await send("once", input), await send("once", input)];
  expect(first.errors).toBeUndefined();
  expect(first.data).toMatchObject({
    recognitionAssert: {
      recognition: { claimant: { notes: [{ author: "Tomas" }, {}] } },
      changeSet: { author: "clerk" },
    },
  });
  expect(again).toEqual(first);
  const { errors } = await send("once", { ...input, reason: "Another." });
  expect(errors?.[0]).toMatchObject({ extensions: { code: "IDEMPOTENCY_MISMATCH" } });
  const unkeyed = await joined.ask(mutation, { input });
  expect(unkeyed.errors?.[0]).toMatchObject({ extensions: { code: "FORBIDDEN", scope: "contribute" } });
});

test("For as many entities as a page holds, the gateway asks each subgraph once", async () => {
  joined.seen.length = 0;
  const { errors } = await joined.ask(
    "{ notes(first: 100) { nodes { about { ... on Person { name } ... on State { name } } } } }",
  );
  expect(errors).toBeUndefined();
  expect(joined.seen).toHaveLength(1);
});
