import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestRecord } from "../support/record.ts";
import { openEveryKind, submit } from "../support/writing.ts";

let record: TestRecord;

beforeAll(async () => {
  record = await openEveryKind();
});
afterAll(() => record.close());

const document = { key: "gazette" };
const copy = { document, capturedAt: "2026-01-06T00:00:00Z", mediaType: "text/plain", textPublic: true };
const quote = (exact: string) => submit(record, "passageCreate", { reason: "A quotation.", document, exact });
const issuesOf = (told: object) => (told as { issues: { message: string; nearest: string | null }[] }).issues;

test("five hundred misquotations of a long copy do not hold up the others", async () => {
  const text = "The king of Ruritania rode out to Zenda. ".repeat(20_000);
  const operations = Array.from({ length: 499 }, (_, at) => ({
    passageCreate: { document, exact: `The queen of Ruritania rode ${at}` },
  }));
  let [last, longest] = [performance.now(), 0];
  const clock = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 20);
  const input = { reason: "Many.", operations: [{ captureCreate: { ...copy, text } }, ...operations] };
  const told = await submit(record, "changeSetSubmit", input, {
    fields: "... on QuoteNotFoundError { issues { code path message nearest } }",
  });
  clearInterval(clock);
  const issues = issuesOf(told);
  const compared = issues.filter(({ nearest }) => nearest).length;
  expect([1, 2, 3]).toContain(compared);
  expect(issues[compared]?.message).toContain("were not looked for");
  expect(longest).toBeLessThan(3000);
}, 60_000);

test("a misquotation tells nothing of a copy that is not public", async () => {
  const text = "The secret treaty was signed in the castle of Zenda. The secret treaty was burnt.";
  const told = await submit(record, "captureCreate", { reason: "A copy.", ...copy, textPublic: false, text });
  expect(told["__typename"]).toBe("CaptureSubmitted");
  const missing = await quote("The secret treaty was signed in the tower");
  expect(missing).toMatchObject({ __typename: "QuoteNotFoundError", nearest: [] });
  expect(missing["message"]).toContain("withheld");
  expect(JSON.stringify(missing)).not.toContain("castle");
  const often = await quote("secret treaty");
  expect(often).toMatchObject({ __typename: "QuoteAmbiguousError", places: [] });
  expect(often["message"]).toContain("in 2 places");
});

test.each(["", " ", "0x0", "1e3", "-1", "01"])("%j is not the version of a thing", async (expectedVersion) => {
  const { data } = await record.ask('{ it: personByKey(key: "rudolf") { id } }');
  const { id } = data?.["it"] as { id: string };
  const told = await submit(record, "personAmend", { reason: "So.", id, expectedVersion, name: "Rudolf V" });
  expect(JSON.stringify(told)).toContain("This is not the version of a thing");
});

test("a ring of five hundred places is told once, and not at length", async () => {
  const operations = Array.from({ length: 500 }, (_, at) => ({
    placeCreate: {
      ref: `p${at}`,
      key: `ring-${at}`,
      name: `Ring ${at}`,
      placeKind: "CITY",
      partOf: { ref: `p${(at + 1) % 500}` },
    },
  }));
  const told = await submit(record, "changeSetSubmit", { reason: "A ring.", operations });
  expect(issuesOf(told)).toHaveLength(1);
  expect(issuesOf(told)[0]?.message).toContain("would be a part of itself");
  expect(JSON.stringify(told).length).toBeLessThan(2_000);
});

test("of very many faults a hundred are told, and how many there are", async () => {
  const operations = Array.from({ length: 300 }, (_, at) => ({
    placeCreate: { key: `Not A Key ${at}`, name: `Place ${at}`, placeKind: "CITY" },
  }));
  const told = await submit(record, "changeSetSubmit", { reason: "Faults.", operations });
  expect(issuesOf(told)).toHaveLength(100);
  expect(told["message"]).toMatch(/^300 parts of the input will not do, of which the first 100 are told\./);
});

test.each([
  ["is empty", "  \u200B\u202E\u{E0041} "],
  ["is long", "x".repeat(2_001)],
])("a reason that %s is refused", async (_how, reason) => {
  const told = await submit(record, "personCreate", { reason, key: "nobody", name: "Nobody" });
  expect(issuesOf(told)).toMatchObject([{ path: ["input", "reason"], code: "INVALID" }]);
  expect(issuesOf(told)[0]?.message).toMatch(/^The reason/);
});

test("a text has something to be seen, and 20,000 characters at most, each of them one", async () => {
  const bring = (description: string) =>
    submit(record, "personCreate", { reason: "A text.", key: `text-${description.length}`, name: "Text", description });
  expect(issuesOf(await bring("\u200B".repeat(3)))[0]?.message).toContain("empty");
  expect(issuesOf(await bring("👑".repeat(20_001)))[0]?.message).toContain("20001 characters");
  expect(await bring("👑".repeat(20_000))).toMatchObject({ __typename: "PersonSubmitted" });
});
