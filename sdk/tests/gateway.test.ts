import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { schema } from "../../src/graph/schema.ts";
import { joinSubgraphs, type Joined } from "../../tests/support/joined.ts";
import { createClient } from "../src/client.ts";
import * as sdk from "../src/generated/operations.ts";
import type { Operation, OperationKind, PagedOperation, ResultOf } from "../src/types.ts";

type Question = Operation<"query", unknown, Record<string, unknown>>;
type List = PagedOperation<unknown, Record<string, unknown>, readonly string[]>;

let joined: Joined;
beforeAll(async () => {
  joined = await joinSubgraphs();
});
afterAll(() => joined[Symbol.asyncDispose]());

const day = { validAt: "2019-02-06" };
const known = { ...day, knownAt: "2019-02-10T00:00:00Z" };
const office = "president-of-venezuela";

/** The id of the first of a list. */
async function idOf(list: string): Promise<string> {
  const { data } = await joined.record.ask(`{ list: ${list}(first: 1) { nodes { id } } }`);
  return (data as { list: { nodes: { id: string }[] } }).list.nodes[0]!.id;
}

/** The lists that hold what is asked for one by one, by its id. */
const listed: Record<string, string> = {
  account: "accounts",
  bloc: "blocs",
  blocMembership: "blocMemberships",
  claim: "claims",
  collective: "collectives",
  commitment: "commitments",
  crisis: "crises",
  designation: "designations",
  document: "documents",
  event: "events",
  eventCoding: "eventCodings",
  history: "recognitions",
  identityJudgement: "identityJudgements",
  mention: "mentions",
  network: "people",
  node: "recognitions",
  occupancy: "occupancies",
  organization: "organizations",
  person: "people",
  place: "places",
  position: "positions",
  quantityClaim: "quantityClaims",
  recognition: "recognitions",
  recognitionTally: "recognitionTallies",
  sanctionsProgramme: "sanctionsProgrammes",
  stance: "stances",
  state: "states",
  utterance: "utterances",
};

/** What each other question is asked with that cannot be asked without. */
const told: Record<string, () => unknown> = {
  assessment: () => ({ id: "Assessment:00000000-0000-7000-8000-000000000000" }),
  blocByKey: () => ({ key: "european-union" }),
  capture: async () => {
    const { data } = await joined.record.ask("{ documents(first: 1) { nodes { captures { id } } } }");
    return (data as { documents: { nodes: { captures: { id: string }[] }[] } }).documents.nodes[0]!.captures[0]!;
  },
  collectiveByKey: () => ({ key: "all-countries" }),
  connectionBetween: async () => ({ from: await idOf("people"), to: await idOf("states") }),
  contest: () => ({ key: office, asOf: day }),
  crisisByKey: () => ({ key: "venezuela-2019" }),
  delta: () => ({ from: "2019-02-05T00:00:00Z", to: "2019-02-10T00:00:00Z", by: "REPORTED" }),
  documentByKey: () => ({ key: "briefing-2019-02-07" }),
  match: () => ({ names: [{ name: "Guaidó" }] }),
  nodes: async () => ({
    ids: [await idOf("people"), await idOf("events"), "Person:00000000-0000-7000-8000-000000000000"],
  }),
  organizationBy: () => ({ by: { key: "national-assembly-of-venezuela" } }),
  organizationByKey: () => ({ key: "national-assembly-of-venezuela" }),
  passage: async () => {
    const { data } = await joined.record.ask("{ recognitions(first: 1) { nodes { evidence { passage { id } } } } }");
    const { recognitions } = data as { recognitions: { nodes: { evidence: { passage: { id: string } }[] }[] } };
    return { id: recognitions.nodes[0]!.evidence[0]!.passage.id };
  },
  personBy: () => ({ by: { key: "juan-guaido" } }),
  personByKey: () => ({ key: "juan-guaido" }),
  placeByKey: () => ({ key: "tienditas-bridge" }),
  positionByKey: () => ({ key: office }),
  recognitionsAsOf: () => ({ key: office, asOf: known }),
  proposal: () => ({ id: "Proposal:00000000-0000-7000-8000-000000000000" }),
  recognitionsByStance: () => ({ key: office, asOf: known }),
  sanctionsProgrammeByKey: () => ({ key: "US-VEN" }),
  search: () => ({ query: "president" }),
  stateBy: () => ({ by: { iso2: "GB" } }),
  stateByKey: () => ({ key: "state-gb" }),
};
/** Lists of which the founding dossier holds nothing. */
const empty = ["assessment", "assessments", "ownProposals", "proposal", "proposals"];

const operations = Object.values(sdk) as unknown as (Operation<OperationKind, unknown, never> & {
  connection?: object;
})[];
const questions = operations.filter(({ kind }) => kind === "query") as unknown as (Question & {
  connection?: object;
})[];
const variablesOf = async ({ name }: Question) => {
  const list = listed[name];
  return list === undefined
    ? ((await told[name]?.()) as Record<string, unknown> | undefined)
    : { id: await idOf(list) };
};

/** The server itself, and the gateway before it. */
const clients = () =>
  [joined.urls.record, joined.urls.gateway].map((url) => createClient({ url, token: "reader:read+contribute+review" }));

test("Every question and every mutation of the schema is an operation of its name", () => {
  const shipped = new Set(operations.map(({ kind, name }) => `${kind} ${name}`));
  const roots = { query: schema.getQueryType(), mutation: schema.getMutationType() };
  for (const [kind, root] of Object.entries(roots)) {
    // The record at a moment is no question: what is asked of it is.
    const fields = Object.keys(root?.getFields() ?? {}).filter((name) => name !== "record");
    expect(fields.filter((name) => !shipped.has(`${kind} ${name}`))).toEqual([]);
  }
});

describe("Through the gateway as at the server,", () => {
  test.each(questions.map((question) => [question.name, question] as const))(
    "%s has one answer",
    async (_name, question) => {
      const variables = await variablesOf(question);
      const [here, there] = await Promise.all(clients().map((client) => client.run(question, variables ?? {})));
      expect(there).toEqual(here);
      const answer = JSON.stringify(here);
      if (!empty.includes(question.name)) expect(answer).not.toMatch(/^\{"\w+":(null|\{"nodes":\[\])/);
    },
  );

  test.each(
    questions.filter(({ connection }) => connection).map((list) => [list.name, list as unknown as List] as const),
  )("%s has the same pages", async (_name, list) => {
    const variables = { ...(await variablesOf(list)), first: 2 };
    const [here, there] = await Promise.all(
      clients().map(async (client) => {
        const pages: unknown[] = [];
        for await (const page of client.pages(list, variables)) if (pages.push(page) === 3) break;
        return pages;
      }),
    );
    expect(there).toEqual(here);
  });

  test("a client that sends hashes only is answered, and one whose hash is not known sends the text", async () => {
    const { positionByKey } = sdk;
    const unknown = { ...positionByKey, sha256: "0".repeat(64) };
    const ask = (url: string, persisted: true | "only", question: typeof positionByKey) =>
      createClient({ url, persisted, retries: 0 }).run(question, { key: office });
    for (const url of [joined.urls.record, joined.urls.gateway]) {
      expect(await ask(url, "only", positionByKey)).toMatchObject({ positionByKey: { key: office } });
      expect(await ask(url, true, unknown)).toMatchObject({ positionByKey: { key: office } });
      await expect(ask(url, "only", unknown)).rejects.toMatchObject({
        code: "PERSISTED_QUERY_NOT_FOUND",
        status: 400,
        attempts: 1,
      });
    }
  });

  test("variables that are wrong have the same code", async () => {
    for (const client of clients()) {
      const asked = client.run(sdk.personBy, { by: { key: "x", wikidataId: "Q1" } as never });
      await expect(asked).rejects.toMatchObject({ code: "BAD_USER_INPUT", attempts: 1 });
    }
  });

  test("a record that is away is asked again, and a subscription outlives it", async () => {
    const client = createClient({ url: joined.urls.gateway, token: "clerk:read+contribute+admin" });
    const events = client.subscribe(sdk.recordChanged);
    await events.next();
    const nextChange = async () => {
      // Of an event without a change is told only how far the log goes.
      for await (const { recordChanged } of events) if (recordChanged.change) return recordChanged.change;
      return null;
    };
    const next = nextChange();
    await joined.away(async () => {
      const asked = client.run(sdk.viewer, {}, { retries: 0 });
      await expect(asked).rejects.toMatchObject({ code: "OVERLOADED", retryable: true });
    });
    await client.run(sdk.personCreate, { input: { reason: "News.", key: "returned", name: "Returned" } });
    expect(await next).toMatchObject({ thing: { key: "returned" } });
  });

  test("a subscription goes on where it was cut, and misses nothing", async () => {
    for (const [url, name] of [
      [joined.urls.record, "hare"],
      [joined.urls.gateway, "tortoise"],
    ] as const) {
      const cuts: AbortController[] = [];
      const cuttable: typeof fetch = (input, init) => {
        const cut = new AbortController();
        cuts.push(cut);
        return fetch(input, { ...init, signal: AbortSignal.any([init!.signal!, cut.signal]) });
      };
      const client = createClient({ url, fetch: cuttable, token: "clerk:read+contribute+admin" });
      const enter = async (key: string) => {
        const { personCreate: told } = await client.run(sdk.personCreate, {
          input: { reason: "News.", key, name: key },
        });
        expect(told.__typename).toBe("PersonSubmitted");
      };
      const events = client.subscribe(sdk.recordChanged);
      const next = async () => {
        for (;;) {
          const { value } = (await events.next()) as { value: ResultOf<typeof sdk.recordChanged> };
          const { change } = value.recordChanged;
          if (change) return change.thing && "key" in change.thing ? change.thing.key : null;
        }
      };
      // The first event tells how far the log goes, so that what follows is after it.
      expect((await events.next()).value).toMatchObject({ recordChanged: { change: null } });
      await enter(`${name}-1`);
      expect(await next()).toBe(`${name}-1`);
      cuts[0]!.abort();
      await enter(`${name}-2`);
      expect(await next()).toBe(`${name}-2`);
      await events.return?.();
    }
  });
});
