import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { saysOf } from "../../tests/support/dossier-operations.ts";
import { everyKind } from "../../tests/support/every-kind.ts";
import { joinSubgraphs, type Joined } from "../../tests/support/joined.ts";
import { type TestRecord } from "../../tests/support/record.ts";
import { openEveryKind } from "../../tests/support/writing.ts";
import { type Client, createClient } from "../src/client.ts";
import * as sdk from "../src/generated/operations.ts";
import type { Operation, OperationKind } from "../src/types.ts";

type Mutation = Operation<"mutation", Record<string, Told>, { readonly input: object }>;
type Told = Readonly<Record<string, unknown>> & { readonly __typename: string };
/** Sends a mutation as the holder of a key, and gives its result. */
type Send = (name: string, input: object, token?: string) => Promise<Told>;

const operations = Object.values(sdk) as unknown as Operation<OperationKind, unknown, never>[];
const mutations = new Map(
  operations.filter(({ kind }) => kind === "mutation").map((each) => [each.name, each as unknown as Mutation]),
);

let direct: TestRecord;
let joined: Joined;
beforeAll(async () => {
  direct = await openEveryKind();
  joined = await joinSubgraphs(openEveryKind());
});
afterAll(async () => {
  await joined[Symbol.asyncDispose]();
  await direct.close();
});

const clerk = "clerk:read+contribute+admin";
const crisis = { key: "ruritania-1894" };
const { assertions } = parse(everyKind) as { assertions: readonly ({ readonly kind: string } & object)[] };
const kinds = [...new Map(assertions.map((entry) => [entry.kind, saysOf(entry.kind, { ...entry })]))];
/** Says something later, resting on another document, which tells by itself when it was reported. */
const laterOf = (name: string) => ({
  evidence: [{ document: { key: "courier" }, exact: "Gallia no longer recognises Michael" }],
  reportedAt: null,
  // A mention is of what stands in its words.
  ...(name === "mention" ? { surface: "Michael" } : {}),
});
const fieldOf = (kind: string) =>
  kind.toLowerCase().replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());

/** What brings in a thing of each sort, and what is then said otherwise of it. */
const things: Readonly<Record<string, readonly [created: object, amended: object]>> = {
  person: [{ name: "Fritz" }, { name: "Fritz von Tarlenheim" }],
  organization: [{ name: "The estates", organizationKind: "LEGISLATURE" }, { name: "The two estates" }],
  state: [{ name: "Ruritania" }, { description: "A kingdom." }],
  bloc: [{ name: "League of the Elbe" }, { description: "A league." }],
  collective: [{ name: "The townsmen" }, { name: "The townspeople" }],
  crisis: [{ title: "A second crisis", summary: "As the first." }, { title: "The second crisis" }],
  place: [{ name: "Zenda", placeKind: "CITY" }, { name: "Zenda Castle" }],
  position: [{ title: "Chancellor" }, { seats: 2 }],
  sanctionsProgramme: [{ title: "Measures", issuer: { key: "gallia" } }, { measures: ["exile"] }],
  document: [
    {
      title: "A letter",
      publisher: "The post",
      documentKind: "ARTICLE",
      language: "en",
      licence: "CC0-1.0",
      published: { date: { edtf: "1894-06-02" } },
    },
    { note: "From memory." },
  ],
};

/** Every mutation, each with what it is to answer by `told`, in an order in which one makes what the next needs. */
async function write(send: Send): Promise<void> {
  const reason = "It is so.";
  const whole = (told: Told, type: string) => {
    expect(told).toMatchObject({ __typename: `${type}Submitted` });
    return told as unknown as Record<string, { id: string; versionId: string; amendedIn: number | null }>;
  };
  for (const [kind, says] of kinds) {
    const name = fieldOf(kind);
    const type = name.charAt(0).toUpperCase() + name.slice(1);
    const key = `another-${name.toLowerCase()}`;
    let fact = whole(await send(`${name}Assert`, { reason, crisis, key, says }), type)[name]!;
    for (const [step, confidence] of [
      ["Update", "LOW"],
      ["Correct", "HIGH"],
    ]) {
      const input = {
        reason,
        id: fact.id,
        expectedVersion: fact.versionId,
        says: { ...says, ...laterOf(name), confidence },
      };
      fact = whole(await send(`${name}${step}`, input), type)[name]!;
    }
    whole(await send("assertionRetract", { reason, id: fact.id, expectedVersion: fact.versionId }), "Assertion");
  }

  for (const [name, [created, amended]] of Object.entries(things)) {
    const type = name.charAt(0).toUpperCase() + name.slice(1);
    const key = name === "sanctionsProgramme" ? "RUR-RUR" : `another-${name.toLowerCase()}`;
    const { id } = whole(await send(`${name}Create`, { reason, key, ...created }), type)[name]!;
    const input = { reason, id, expectedVersion: 0, ...amended };
    const after = whole(await send(`${name}Amend`, input), type)[name]!;
    expect(after.amendedIn).toBeGreaterThan(0);
    const conflict = { __typename: "ConflictError", currentVersion: String(after.amendedIn), current: { id } };
    expect(await send(`${name}Amend`, input)).toMatchObject(conflict);
    const duplicate = { __typename: "DuplicateError", existing: { __typename: type, id } };
    expect(await send(`${name}Create`, { reason: "Again.", key, ...created, ...otherThan(name) })).toMatchObject(
      duplicate,
    );
  }
  const actor = { key: "another-person" };
  whole(await send("actorNameAdd", { reason, actor, text: "Fritzi", kind: "ALIAS" }), "Actor");
  whole(await send("actorIdentifierAdd", { reason, actor, scheme: "gazetteer", value: "7" }), "Actor");
  whole(await send("actorNameWithdraw", { reason, actor, text: "Fritzi", kind: "ALIAS" }), "Actor");
  whole(await send("actorIdentifierWithdraw", { reason, actor, scheme: "gazetteer", value: "7" }), "Actor");
  const capture = {
    document: { key: "another-document" },
    capturedAt: "2026-01-05T10:00:00Z",
    mediaType: "text/plain",
    text: "The castle fell on Friday.",
    textPublic: true,
  };
  const { id } = whole(await send("captureCreate", { reason, ...capture }), "Capture")["capture"]!;
  whole(await send("captureAmend", { reason, id, expectedVersion: 0, textPublic: false }), "Capture");
  const words = { document: { key: "another-document" }, exact: "fell on Friday" };
  whole(await send("passageCreate", { reason, ...words }), "Passage");
  const operations = [{ personCreate: { ref: "black", key: "black-michael", name: "Black Michael" } }];
  whole(await send("changeSetSubmit", { reason, operations }), "ChangeSet");

  const scribe = "scribe:read+contribute";
  const propose = async (key: string) => {
    const told = whole(await send("personCreate", { reason, key, name: key }, scribe), "Person");
    expect(told).toMatchObject({ person: null, changeSet: null });
    return told["proposal"]!.id;
  };
  const decided = (state: string) => ({ __typename: "ProposalDecided", proposal: { state } });
  const chief = "chief:read+review";
  expect(await send("proposalAccept", { id: await propose("rupert"), reason }, chief)).toMatchObject(
    decided("ACCEPTED"),
  );
  expect(await send("proposalReject", { id: await propose("bersonin"), reason }, chief)).toMatchObject(
    decided("REJECTED"),
  );
  expect(await send("proposalWithdraw", { id: await propose("detchard") }, scribe)).toMatchObject(decided("WITHDRAWN"));

  expect(
    await send("passageCreate", { reason, document: { key: "gazette" }, exact: "Rudolf was crowned kign" }),
  ).toMatchObject({
    __typename: "QuoteNotFoundError",
  });
  expect(await send("personCreate", { reason, key: "", name: "" })).toMatchObject({ __typename: "ValidationError" });
}

/** A name otherwise than before: the same of all would not be refused, since the record holds it already. */
const otherThan = (name: string) => ("title" in things[name]![0] ? { title: "Another" } : { name: "Another" });

/** Writes, and gives all that was answered, ids and times as numbers in the order in which they come. */
async function answersOf(connect: (token: string) => Client): Promise<(readonly [name: string, told: string])[]> {
  const answers: [string, string][] = [];
  const seen = new Map<string, string>();
  const numbered = (text: string) =>
    text.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z/g, (each) => {
      if (!seen.has(each)) seen.set(each, `#${seen.size}`);
      return seen.get(each)!;
    });
  await write(async (name, input, token = clerk) => {
    const mutation = mutations.get(name);
    if (!mutation) throw new Error(`The SDK has no mutation called ${name}.`);
    const result = await connect(token).run(mutation, { input });
    answers.push([name, numbered(JSON.stringify(result))]);
    return result[name]!;
  });
  return answers;
}

test("Every mutation of the SDK enters through the gateway what it enters at the server, and is answered alike", async () => {
  const here = await answersOf((token) =>
    createClient({
      url: "http://record.test/graphql",
      token,
      fetch: (_url, init) => direct.fetch("/graphql", init),
    }),
  );
  const there = await answersOf((token) => createClient({ url: joined.urls.gateway, token }));
  expect(there).toEqual(here);
  const sent = new Set(here.map(([name]) => name));
  expect([...mutations.keys()].filter((name) => !sent.has(name))).toEqual([]);
}, 180_000);
