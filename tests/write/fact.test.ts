import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asHolder, type TestRecord } from "../support/record.ts";
import { openEveryKind, submit, type Told } from "../support/writing.ts";

let record: TestRecord;

beforeAll(async () => {
  record = await openEveryKind();
});
afterAll(() => record.close());

const crisis = { key: "ruritania-1894" };
const crowned = { document: { key: "gazette" }, exact: "Rudolf was crowned king" };
const fallen = { document: { key: "courier" }, exact: "Gallia no longer recognises Michael" };
const recognising = {
  recogniser: { key: "league" },
  claimant: { key: "rudolf" },
  position: { key: "king" },
  stance: "RECOGNISES",
  valid: { start: { edtf: "1894-05" } },
  evidence: [crowned],
};
const fields = `... on RecognitionSubmitted {
  recognition { id versionId key stance form valid { start { edtf basis } } evidence { role passage { exact } } extractor { kind name } }
  changeSet { number author reason } }`;

interface Fact {
  readonly id: string;
  readonly versionId: string;
}

const assertIt = (key: string, says: object = recognising) =>
  submit(record, "recognitionAssert", { reason: "The gazette says so.", crisis, key, says }, { fields });
const factOf = (told: Told) => told["recognition"] as Fact;
const held = async () => (await record.db.prisma.changeSet.count()) + (await record.db.prisma.assertion.count());

describe("a recognition", () => {
  test("is asserted on words that the server finds, by whoever asserts it", async () => {
    const told = await assertIt("league-rudolf");
    expect(told).toMatchObject({
      __typename: "RecognitionSubmitted",
      recognition: {
        key: "league-rudolf",
        stance: "RECOGNISES",
        form: "NOT_STATED",
        valid: { start: { edtf: "1894-05", basis: "STATED" } },
        evidence: [{ role: "SUPPORTS", passage: { exact: "Rudolf was crowned king" } }],
        extractor: { kind: "HUMAN", name: "clerk" },
      },
      changeSet: { author: "clerk", reason: "The gazette says so." },
    });
  });

  test("is updated by a later report, corrected, and withdrawn, each step from the version that was read", async () => {
    const first = factOf(await assertIt("league-rudolf-2"));
    const withdrawn = { ...recognising, stance: "WITHDRAWN", evidence: [fallen] };
    const change = { reason: "The courier has news.", id: first.id, says: withdrawn };
    const updated = await submit(
      record,
      "recognitionUpdate",
      { ...change, expectedVersion: first.versionId },
      { fields },
    );
    expect(updated).toMatchObject({ __typename: "RecognitionSubmitted", recognition: { stance: "WITHDRAWN" } });
    const second = factOf(updated);
    const right = { ...withdrawn, stance: "REJECTS" };
    const corrected = await submit(
      record,
      "recognitionCorrect",
      { reason: "Misread.", id: first.id, expectedVersion: second.versionId, says: right },
      { fields },
    );
    expect(corrected).toMatchObject({ recognition: { id: first.id, stance: "REJECTS" } });
    const third = factOf(corrected);
    const gone = await submit(
      record,
      "assertionRetract",
      { reason: "A hoax.", id: first.id, expectedVersion: third.versionId },
      { fields: "... on AssertionSubmitted { changeSet { reason } }" },
    );
    expect(gone).toMatchObject({ __typename: "AssertionSubmitted", changeSet: { reason: "A hoax." } });
    const { data } = await record.ask(`{ node(id: "${first.id}") { id }
      history(id: "${first.id}") { change status assertion { ... on Recognition { stance } } } }`);
    expect(data?.["node"]).toBeNull();
    const steps = data?.["history"] as { change: string; assertion: { stance: string } }[];
    expect(steps.map((step) => step.change).toSorted()).toEqual([
      "ASSERTED",
      "CARRIED",
      "CORRECTED",
      "RETRACTED",
      "UPDATED",
    ]);
  });
});

test("words that equal two places are a passage of the place that has their very characters", async () => {
  const text = '\u201CWe shall not yield,\u201D said the duke. "We shall not yield," said the king.';
  const copy = { text, textPublic: true, mediaType: "text/plain", capturedAt: "1894-05-03T00:00:00Z" };
  const input = { reason: "The evening edition.", document: { key: "gazette" }, ...copy };
  const brought = await submit(record, "captureCreate", input, {
    fields: "... on CaptureSubmitted { capture { id } }",
  });
  const { id } = brought["capture"] as { id: string };
  for (const exact of ["\u201CWe shall not yield,\u201D", '"We shall not yield,"']) {
    const quoted = { reason: "To be cited.", capture: { id }, exact };
    const kept = { fields: "... on PassageSubmitted { passage { exact start } }" };
    const told = await submit(record, "passageCreate", quoted, kept);
    expect(told["passage"]).toEqual({ exact, start: text.indexOf(exact) });
  }
  const neither = await submit(record, "passageCreate", {
    reason: "?",
    capture: { id },
    exact: "'We shall not yield,\"",
  });
  expect(neither["__typename"]).toBe("QuoteNotFoundError");
});

describe("nothing is entered, and the answer says why,", () => {
  test("when the words stand nowhere, with those that come nearest", async () => {
    const before = await held();
    const evidence = [{ ...crowned, exact: "Rudolph was crowned queen" }];
    const told = await assertIt("misquoted", { ...recognising, evidence });
    expect(told).toMatchObject({ __typename: "QuoteNotFoundError", code: "QUOTE_NOT_FOUND" });
    expect(told["path"]).toEqual(["input", "says", "evidence", "0", "exact"]);
    expect((told["nearest"] as { text: string }[])[0]?.text).toContain("Rudolf was crowned king");
    expect(await held()).toBe(before);
  });

  test("when the words stand in several places", async () => {
    const told = await assertIt("ambiguous", { ...recognising, evidence: [{ ...crowned, exact: "Michael" }] });
    expect(told).toMatchObject({ __typename: "RecognitionSubmitted" });
    const twice = await assertIt("ambiguous-2", { ...recognising, evidence: [{ ...crowned, exact: "ki" }] });
    expect(twice["__typename"]).toBe("RecognitionSubmitted");
    const often = await assertIt("ambiguous-3", { ...recognising, evidence: [{ ...crowned, exact: "n" }] });
    expect(often).toMatchObject({ __typename: "QuoteAmbiguousError", code: "QUOTE_AMBIGUOUS" });
    expect((often["places"] as unknown[]).length).toBeGreaterThan(1);
  });

  test("when links lead nowhere or to the wrong kind, all of them at once", async () => {
    const says = { ...recognising, recogniser: { key: "leage" }, claimant: { ref: "x" }, position: { id: "State:1" } };
    const told = await assertIt("astray", says);
    expect(told["__typename"]).toBe("ValidationError");
    const issues = told["issues"] as { path: string[]; code: string; message: string }[];
    expect(issues.map(({ path, code }) => [path.join("."), code])).toEqual([
      ["input.says.claimant.ref", "NOT_FOUND"],
      ["input.says.position.id", "INVALID"],
      ["input.says.recogniser", "NOT_FOUND"],
    ]);
  });

  test("when the key is taken, with what has it", async () => {
    const told = await assertIt("gallia-michael");
    expect(told).toMatchObject({ __typename: "DuplicateError", code: "DUPLICATE" });
    expect((told["existing"] as { id: string }).id).toMatch(/^Recognition:/);
  });

  test("but once when eight correct one version at a time, and the others are told which stands", async () => {
    const { id, versionId } = factOf(await assertIt("raced"));
    const says = { ...recognising, stance: "REJECTS" };
    const input = { reason: "Misread.", id, expectedVersion: versionId, says };
    const told = await Promise.all(
      Array.from({ length: 8 }, () => submit(record, "recognitionCorrect", input, { fields })),
    );
    const won = told.filter(({ __typename }) => __typename === "RecognitionSubmitted");
    const lost = told.filter(({ __typename }) => __typename === "ConflictError");
    expect([won.length, lost.length]).toEqual([1, 7]);
    const stands = factOf(won[0] as Told).versionId;
    expect(lost[0]).toMatchObject({
      __typename: "ConflictError",
      code: "CONFLICT",
      currentVersion: stands,
      current: { id, versionId: stands },
    });
  });

  test("when what is updated or withdrawn was changed since it was read", async () => {
    const first = factOf(await assertIt("overtaken"));
    const input = { reason: "News.", id: first.id, expectedVersion: first.versionId };
    const says = { ...recognising, stance: "WITHDRAWN", evidence: [fallen] };
    const { versionId } = factOf(await submit(record, "recognitionUpdate", { ...input, says }, { fields }));
    const before = await held();
    const stale = { __typename: "ConflictError", currentVersion: versionId, current: { id: first.id, versionId } };
    const again = { ...says, stance: "REJECTS" };
    expect(await submit(record, "recognitionUpdate", { ...input, says: again }, { fields })).toMatchObject(stale);
    expect(await submit(record, "assertionRetract", input)).toMatchObject(stale);
    expect(await held()).toBe(before);
  });

  test("when what is to be changed is not on record", async () => {
    const id = "Recognition:0192f3a1-7c4e-7d7a-8a52-3f6b1c9e0d11";
    const expectedVersion = id.replace("Recognition", "Version");
    const told = await submit(record, "assertionRetract", { reason: "A hoax.", id, expectedVersion });
    expect(told).toMatchObject({ __typename: "NotFoundError", path: ["input", "id"] });
  });

  test("to those without the scope", async () => {
    const document = `mutation { assertionRetract(input: { reason: "x", id: "a", expectedVersion: "b" }) { __typename } }`;
    for (const asker of [{}, asHolder("reader", "read"), asHolder("chief", "admin", "review")]) {
      const { errors } = await record.ask(document, {}, asker);
      expect(errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN", scope: "contribute" });
    }
  });
});
