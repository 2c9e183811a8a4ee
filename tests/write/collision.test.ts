import { afterAll, beforeAll, expect, test } from "vitest";
import type { TestRecord } from "../support/record.ts";
import { openEveryKind, submit, type Told } from "../support/writing.ts";

let record: TestRecord;

beforeAll(async () => {
  record = await openEveryKind();
});
afterAll(() => record.close());

const submitAll = (operations: readonly object[], fields = ""): Promise<Told> =>
  submit(record, "changeSetSubmit", { reason: "At once.", operations }, { fields });

const copy = (text: string, more: object = {}) => ({
  captureCreate: {
    document: { key: "gazette" },
    mediaType: "text/plain",
    capturedAt: "1894-06-01T00:00:00Z",
    text,
    textPublic: true,
    ...more,
  },
});

test("the same text is a copy of a document once", async () => {
  const words = "The throne stood empty for a night.";
  expect(await submitAll([copy(words)])).toMatchObject({ __typename: "ChangeSetSubmitted" });
  const fields = "... on DuplicateError { path existing { id __typename } }";
  expect(await submitAll([copy(words)], fields)).toMatchObject({
    __typename: "DuplicateError",
    path: ["input", "operations", "0", "captureCreate", "text"],
    existing: { __typename: "Capture" },
  });
  const twice = await submitAll(
    [copy("Two of one."), copy("Two of one.")],
    "... on ValidationError { issues { code } }",
  );
  expect(twice).toMatchObject({ __typename: "ValidationError", issues: [{ code: "DUPLICATE" }] });
});

test("a copy that is called by a number and one that is not called at all are two", async () => {
  const told = await submitAll(
    [copy("One.", { ref: "1" }), copy("Another.")],
    "... on ChangeSetSubmitted { items { id } }",
  );
  const { items } = told as unknown as { items: { id: string }[] };
  expect(new Set(items.map(({ id }) => id)).size).toBe(2);
});

test("an actor gets a new name and another one in one change set", async () => {
  const { data } = await record.ask(`{ personByKey(key: "michael") { id amendedIn } }`);
  const { id, amendedIn } = data?.["personByKey"] as { id: string; amendedIn: number | null };
  const told = await submitAll([
    { personAmend: { id, expectedVersion: String(amendedIn ?? 0), name: "Michael Elphberg" } },
    { actorNameAdd: { actor: { key: "michael" }, text: "Black Michael", kind: "ALIAS" } },
    { actorIdentifierAdd: { actor: { key: "michael" }, scheme: "wikidata", value: "Q4711" } },
  ]);
  expect(told).toMatchObject({ __typename: "ChangeSetSubmitted" });
  const read = await record.ask(`{ personByKey(key: "michael") { name wikidataId names { text } } }`);
  const person = read.data?.["personByKey"] as { name: string; wikidataId: string; names: { text: string }[] };
  expect(person).toMatchObject({ name: "Michael Elphberg", wikidataId: "Q4711" });
  expect(person.names.map(({ text }) => text).slice(-2)).toEqual(["Michael Elphberg", "Black Michael"]);
});

test("an item of Wikidata is found by whoever adds it later, and an actor has one", async () => {
  const add = (value: string) =>
    submit(
      record,
      "actorIdentifierAdd",
      { reason: "Found.", actor: { key: "rudolf" }, scheme: "wikidata", value },
      { fields: "... on ValidationError { issues { message } }" },
    );
  expect(await add("Q4712")).toMatchObject({ __typename: "ActorSubmitted" });
  const { data } = await record.ask(`{ personBy(by: { wikidataId: "Q4712" }) { key } }`);
  expect(data).toEqual({ personBy: { key: "rudolf" } });
  const second = await add("Q4713");
  expect(second).toMatchObject({ __typename: "ValidationError" });
  expect(JSON.stringify(second)).toContain("has the item Q4712");
});

test("a code is one state's, whether it is given to a new state or to an old one", async () => {
  const { data } = await record.ask(`{ stateByKey(key: "gallia") { id amendedIn } }`);
  const { id, amendedIn } = data?.["stateByKey"] as { id: string; amendedIn: number | null };
  const amend = { id, expectedVersion: String(amendedIn ?? 0), iso2: "QX" };
  const create = { key: "narnia", name: "Narnia", iso2: "QX" };
  const told = await submitAll(
    [{ stateCreate: create }, { stateAmend: amend }],
    "... on ValidationError { issues { code path } }",
  );
  expect(told).toMatchObject({ __typename: "ValidationError", issues: [{ code: "DUPLICATE" }] });
  await submit(record, "stateCreate", { reason: "New.", ...create });
  const taken = { reason: "Taken.", ...amend };
  const fields = "... on DuplicateError { existing { ... on State { key } } }";
  expect(await submit(record, "stateAmend", taken, { fields })).toMatchObject({
    __typename: "DuplicateError",
    existing: { key: "narnia" },
  });
});

test("words are looked for in the copy that was taken last, whenever it was entered", async () => {
  const document = {
    key: "almanac",
    title: "An almanac",
    publisher: "Almanac",
    documentKind: "ARTICLE",
    language: "en",
    published: { date: { edtf: "1894-01-01" } },
    licence: "CC0-1.0",
  };
  const taken = (capturedAt: string, text: string) => copy(text, { document: { key: "almanac" }, capturedAt });
  await submitAll([{ documentCreate: document }, taken("1894-06-03T00:00:00Z", "Rudolf reigns.")]);
  await submitAll([taken("1894-06-02T00:00:00Z", "Rudolf waits.")]);
  const quote = (exact: string) =>
    submit(record, "passageCreate", { reason: "Words.", document: { key: "almanac" }, exact });
  expect(await quote("Rudolf reigns")).toMatchObject({ __typename: "PassageSubmitted" });
  expect(await quote("Rudolf waits")).toMatchObject({ __typename: "QuoteNotFoundError" });
});
