import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestRecord } from "../support/record.ts";
import { openEveryKind, submit } from "../support/writing.ts";

let record: TestRecord;

beforeAll(async () => {
  record = await openEveryKind();
});
afterAll(() => record.close());

const fields = "... on PersonSubmitted { person { id name amendedIn names { text } } changeSet { number } }";

async function idOf(key: string): Promise<string> {
  const { data } = await record.ask(`{ personByKey(key: "${key}") { id } }`);
  return (data?.["personByKey"] as { id: string }).id;
}

test("a person is amended from the version that was read, and keeps the name they had among their names", async () => {
  const input = { reason: "He was crowned.", id: await idOf("rudolf"), expectedVersion: 0, name: "Rudolf V" };
  const told = await submit(record, "personAmend", input, { fields });
  expect(told).toMatchObject({
    __typename: "PersonSubmitted",
    person: { name: "Rudolf V", amendedIn: 2, names: [{ text: "Rudolf" }, { text: "Rudolf V" }] },
    changeSet: { number: 2 },
  });
  const late = await submit(record, "personAmend", { ...input, name: "Rodolphe" }, { fields });
  expect(late).toMatchObject({
    __typename: "ConflictError",
    path: ["input"],
    currentVersion: "2",
    current: { id: input.id },
  });
  const next = await submit(record, "personAmend", { ...input, expectedVersion: 2, name: "Rodolphe" }, { fields });
  expect(next).toMatchObject({ person: { name: "Rodolphe", amendedIn: 3 } });
});

test("nothing to amend, another type and an id of nothing are refused", async () => {
  const michael = await idOf("michael");
  const input = { reason: "?", id: michael, expectedVersion: 0 };
  expect(await submit(record, "personAmend", input)).toMatchObject({ issues: [{ path: ["input"], code: "MISSING" }] });
  expect(await submit(record, "stateAmend", { ...input, name: "Michael" })).toMatchObject({
    issues: [{ path: ["input", "id"], code: "WRONG_KIND" }],
  });
  const id = "Person:0192f3a1-7c4e-7d7a-8a52-3f6b1c9e0d11";
  expect(await submit(record, "personAmend", { ...input, id, name: "Nobody" })).toMatchObject({
    __typename: "NotFoundError",
    path: ["input", "id"],
  });
  expect(await submit(record, "personAmend", { ...input, expectedVersion: "x", name: "Michael" })).toMatchObject({
    issues: [{ path: ["input", "expectedVersion"], code: "INVALID" }],
  });
});

test("the text of a capture is shown to all, or no more", async () => {
  const { data } = await record.ask(`{ documentByKey(key: "gazette") { captures { id text } } }`);
  const [capture] = (data?.["documentByKey"] as { captures: { id: string; text: string | null }[] }).captures;
  expect(capture?.text).toContain("Rudolf was crowned king");
  const input = { reason: "The licence ended.", id: capture?.id, expectedVersion: 0, textPublic: false };
  const told = await submit(record, "captureAmend", input, {
    fields: "... on CaptureSubmitted { capture { text amendedIn } }",
  });
  expect(told).toMatchObject({ capture: { text: null } });
});

test("an office, a programme, a crisis and a document are amended in one change set, links among them", async () => {
  const { data } = await record.ask(`{ positionByKey(key: "king") { id } crisisByKey(key: "ruritania-1894") { id }
    documentByKey(key: "courier") { id } sanctionsProgrammeByKey(key: "GAL-RUR") { id } }`);
  const id = (field: string) => (data?.[field] as { id: string }).id;
  const told = await submit(record, "changeSetSubmit", {
    reason: "All of it.",
    operations: [
      { stateCreate: { ref: "ruritania", key: "ruritania", name: "Ruritania" } },
      { positionAmend: { id: id("positionByKey"), expectedVersion: 0, seats: 2, state: { ref: "ruritania" } } },
      { crisisAmend: { id: id("crisisByKey"), expectedVersion: 0, title: "The succession" } },
      { documentAmend: { id: id("documentByKey"), expectedVersion: 0, authors: ["Fritz"], note: "From memory." } },
      { sanctionsProgrammeAmend: { id: id("sanctionsProgrammeByKey"), expectedVersion: 0, measures: ["exile"] } },
    ],
  });
  expect(told["__typename"]).toBe("ChangeSetSubmitted");
  const after =
    await record.ask(`{ positionByKey(key: "king") { seats state { key } } crisisByKey(key: "ruritania-1894") { title }
    documentByKey(key: "courier") { authors note } sanctionsProgrammeByKey(key: "GAL-RUR") { measures issuer { key } } }`);
  expect(after.data).toEqual({
    positionByKey: { seats: 2, state: { key: "ruritania" } },
    crisisByKey: { title: "The succession" },
    documentByKey: { authors: ["Fritz"], note: "From memory." },
    sanctionsProgrammeByKey: { measures: ["exile"], issuer: { key: "gallia" } },
  });
});
