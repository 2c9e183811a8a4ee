import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyRecord } from "../../src/record/verify.ts";
import type { TestRecord } from "../support/record.ts";
import { openEveryKind, submit, type Told } from "../support/writing.ts";

let record: TestRecord;

beforeAll(async () => {
  record = await openEveryKind();
});
afterAll(() => record.close());

const alias = { actor: { key: "michael" }, text: "Duke of Streslau", kind: "ALIAS" };
const issues = "... on ValidationError { issues { code path message } }";
const change = (name: string, input: object, fields = issues): Promise<Told> =>
  submit(record, name, { reason: "Put right.", ...input }, { fields });

/** The view of the record as it was recorded at an instant; as it is, without one. */
const view = (at: string | null) => `record(asOf: {${at === null ? "" : ` knownAt: "${at}", knownBy: RECORDED `}})`;

async function namesOf(at: string | null): Promise<string[]> {
  const { data, errors } = await record.ask(`{ ${view(at)} { personByKey(key: "michael") { names { text } } } }`);
  expect(errors).toBeUndefined();
  const seen = data as { record: { personByKey: { names: { text: string }[] } } };
  return seen.record.personByKey.names.map(({ text }) => text);
}

const found = async (ask: string) => JSON.stringify((await record.ask(ask)).data);
const lastMoment = async () =>
  (await record.db.prisma.changeSet.findFirstOrThrow({ orderBy: { number: "desc" } })).at.toISOString();

test("a name that was entered wrongly is put right in one change set, and who looks back finds both as they were", async () => {
  expect(await change("actorNameAdd", alias)).toMatchObject({ __typename: "ActorSubmitted" });
  const before = await lastMoment();
  const inSearch = `search(query: "Streslau", first: 5) { nodes { matched } }`;
  const inMatch = `match(names: [{ name: "Duke of Streslau" }]) { candidates { matched } }`;
  const [search, match] = [`{ ${inSearch} }`, `{ ${inMatch} }`];
  const filter = `{ people(filter: { name: { contains: "streslau" } }) { nodes { key } } }`;
  for (const ask of [search, filter]) expect(await found(ask)).toMatch(/Streslau|michael/);
  const right = { ...alias, text: "Duke of Strelsau" };
  const operations = [{ actorNameWithdraw: alias }, { actorNameAdd: right }];
  expect(await change("changeSetSubmit", { operations }, "")).toMatchObject({ __typename: "ChangeSetSubmitted" });
  expect(await namesOf(null)).toContain("Duke of Strelsau");
  expect(await namesOf(null)).not.toContain("Duke of Streslau");
  expect(await namesOf(before)).toContain("Duke of Streslau");
  expect(await namesOf(before)).not.toContain("Duke of Strelsau");
  for (const ask of [search, match, filter]) expect(await found(ask)).not.toMatch(/Streslau|michael/);
  for (const part of [inSearch, inMatch]) expect(await found(`{ ${view(before)} { ${part} } }`)).toMatch(/Streslau/);
  const { data } = await record.ask(`{ changes(last: 1) { nodes { change thing { ... on Person { key } } } } }`);
  expect(data).toMatchObject({ changes: { nodes: [{ change: "AMENDED", thing: { key: "michael" } }] } });
});

test("a name is withdrawn just as it stands, once, and may be given again", async () => {
  const other = { ...alias, text: "The Black Duke" };
  await change("actorNameAdd", other);
  const missing = { code: "NOT_FOUND", message: expect.stringContaining("has no such name") as string };
  expect(await change("actorNameWithdraw", { ...other, kind: "TITLE" })).toMatchObject({ issues: [missing] });
  expect(await change("actorNameWithdraw", other)).toMatchObject({ __typename: "ActorSubmitted" });
  expect(await change("actorNameWithdraw", other)).toMatchObject({ issues: [missing] });
  await change("actorNameAdd", other);
  expect(await namesOf(null)).toContain("The Black Duke");
});

test("the name that an actor is shown by is not withdrawn", async () => {
  const { data } = await record.ask(`{ personByKey(key: "michael") { name } }`);
  const { name: text } = data?.["personByKey"] as { name: string };
  const told = await change("actorNameWithdraw", { actor: { key: "michael" }, text, kind: "COMMON" });
  expect(told).toMatchObject({ issues: [{ message: expect.stringContaining("shown by this name") as string }] });
});

test("an identifier that is withdrawn is free for the actor whose it is", async () => {
  const wrong = { actor: { key: "michael" }, scheme: "wikidata", value: "Q4720" };
  const right = { actor: { key: "rudolf" }, scheme: "wikidata", value: "Q4720" };
  await change("actorIdentifierAdd", wrong);
  const before = await lastMoment();
  const operations = [{ actorIdentifierWithdraw: wrong }, { actorIdentifierAdd: right }];
  expect(await change("changeSetSubmit", { operations })).toMatchObject({ __typename: "ChangeSetSubmitted" });
  const holder = (at: string | null) =>
    found(`{ ${view(at)} { personBy(by: { wikidataId: "Q4720" }) { key identifiers { value } } } }`);
  expect(await holder(null)).toContain('"key":"rudolf","identifiers":[{"value":"Q4720"}]');
  expect(await holder(before)).toContain('"key":"michael","identifiers":[{"value":"Q4720"}]');
  expect(await found(`{ personByKey(key: "michael") { wikidataId identifiers { value } } }`)).not.toContain("Q4720");
});

test("what was withdrawn is sealed, and nothing but that can be changed of a name", async () => {
  expect(await verifyRecord(String(record.db.pool.options.connectionString))).toMatchObject({ faults: [] });
  for (const [forged, why] of [
    ["update name set text = 'x', amended_in = 999 where ordinal = 0", "permission denied"],
    [
      "update name set withdrawn = null, amended_in = (select max(number) from change_set) where withdrawn",
      "by change sets alone",
    ],
    ["update name set withdrawn = null, amended_in = null where withdrawn", /append|amend|alter|change/i],
    ["delete from name", "permission denied"],
  ] as const) {
    await expect(record.db.pool.query(forged)).rejects.toThrow(why);
  }
});

describe("an item of Wikidata moves in one change set", () => {
  const wikidata = (value: string) => ({ scheme: "wikidata", value });
  const person = (key: string, item: string) => ({ key, name: "Fritz", identifiers: [wikidata(item)] });
  const itemOf = async (key: string) => {
    const { data } = await record.ask(`{ personByKey(key: "${key}") { wikidataId identifiers { value } } }`);
    return data?.["personByKey"];
  };
  const move = async (from: string, item: string, operations: readonly object[]) => {
    await change("personCreate", person(from, item));
    const withdraw = { actorIdentifierWithdraw: { actor: { key: from }, ...wikidata(item) } };
    const told = await change("changeSetSubmit", { operations: [...operations, withdraw] });
    expect(told["__typename"]).toBe("ChangeSetSubmitted");
    return itemOf(from);
  };
  const nothing = { wikidataId: null, identifiers: [] };

  test("to an actor who is brought in with it", async () => {
    expect(await move("fritz-1", "Q101", [{ personCreate: person("fritz-2", "Q101") }])).toEqual(nothing);
    expect(await itemOf("fritz-2")).toMatchObject({ wikidataId: "Q101" });
  });

  test("to an actor who is brought in, and given it", async () => {
    const add = { actorIdentifierAdd: { actor: { ref: "heir" }, ...wikidata("Q102") } };
    const bring = { personCreate: { ref: "heir", key: "fritz-4", name: "Fritz" } };
    expect(await move("fritz-3", "Q102", [add, bring])).toEqual(nothing);
    expect(await itemOf("fritz-4")).toMatchObject({ wikidataId: "Q102" });
  });

  test("between two who have one each", async () => {
    await change("personCreate", person("fritz-6", "Q106"));
    const operations = [
      { actorIdentifierWithdraw: { actor: { key: "fritz-6" }, ...wikidata("Q106") } },
      { actorIdentifierAdd: { actor: { key: "fritz-6" }, ...wikidata("Q105") } },
      { actorIdentifierAdd: { actor: { key: "fritz-5" }, ...wikidata("Q106") } },
    ];
    expect(await move("fritz-5", "Q105", operations)).toMatchObject({ wikidataId: "Q106" });
    expect(await itemOf("fritz-6")).toMatchObject({ wikidataId: "Q105" });
  });
});
