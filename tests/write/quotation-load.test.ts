import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bounds } from "../../src/limit/bound.ts";
import { BRIEF, findQuotes } from "../../src/record/terms/find-quotes.ts";
import { Problems } from "../../src/record/terms/problem.ts";
import { type TestRecord } from "../support/record.ts";
import { openEveryKind, submit } from "../support/writing.ts";

let record: TestRecord;

beforeAll(async () => {
  record = await openEveryKind();
});
afterAll(() => record.close());

const words = Array.from({ length: 60_000 }, (_, at) => `w${String(at).padStart(5, "0")}`);
const document = { key: "gazette" };
const copyOf = (text: string) => ({
  captureCreate: { document, text, capturedAt: "2026-01-06T00:00:00Z", mediaType: "text/plain", textPublic: true },
});
const recognise = (key: string, evidence: readonly object[]) => ({
  recognitionAssert: {
    crisis: { key: "ruritania-1894" },
    key,
    says: {
      recogniser: { key: "league" },
      claimant: { key: "rudolf" },
      position: { key: "king" },
      stance: "RECOGNISES",
      evidence,
    },
  },
});
const quote = (exact: string | undefined) => ({ document, exact });
const lastWords = (count: number) => words.slice(-count).map(quote);

/** The longest that anything else had to wait while `work` went on, in ms, and what it answered. */
async function longestWait<T>(work: () => Promise<T>): Promise<[longest: number, took: number, T]> {
  const began = performance.now();
  let [last, longest] = [began, 0];
  const clock = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 10);
  const answer = await work();
  clearInterval(clock);
  return [longest, performance.now() - began, answer];
}

test("as many quotations of a long copy as a change set may have hold up nobody", async () => {
  const facts = Array.from({ length: bounds.quotations / bounds.evidence }, (_, at) =>
    recognise(`many-${at}`, lastWords(bounds.evidence * (at + 1)).slice(0, bounds.evidence)),
  );
  const input = { reason: "Many.", operations: [copyOf(words.join(" ")), ...facts] };
  const [longest, took, told] = await longestWait(() => submit(record, "changeSetSubmit", input));
  expect(told["__typename"]).toBe("ChangeSetSubmitted");
  expect(await record.db.prisma.passage.count()).toBeGreaterThan(bounds.quotations);
  expect(longest).toBeLessThan(3_000);
  expect(took).toBeLessThan(20_000);
}, 60_000);

describe("more than that is refused, with what would do:", () => {
  const most = bounds.evidence;
  const facts = Array.from({ length: bounds.quotations / most + 1 }, (_, at) =>
    recognise(`more-${at}`, lastWords(most)),
  );

  test.each([
    [
      "the evidence of a fact",
      [recognise("one", lastWords(most + 1))],
      `The list has ${most + 1} items, and may have ${most} at most.`,
    ],
    [
      "that of a change set",
      facts,
      `A change set has ${bounds.quotations} pieces of evidence at most, and this has ${bounds.quotations + most}; submit several.`,
    ],
  ])("%s", async (_what, operations, message) => {
    const told = await submit(record, "changeSetSubmit", { reason: "Too many.", operations });
    expect(told).toMatchObject({ __typename: "ValidationError", issues: [{ code: "INVALID", message }] });
  });
});

test("quotations that are found and take long one by one are not looked for without end", async () => {
  const quotes = Array.from({ length: 4_000 }, (_, at) => {
    const node = { kind: "scalar", value: "x", source: "x", path: `evidence[${at}]`, offset: 0 } as const;
    return { source: "long", exact: "x", prefix: "last", suffix: null, node };
  });
  const text = `${"x ".repeat(400_000)}last x`;
  const problems = new Problems();
  await findQuotes(quotes, new Map([["long", { text, isShown: true }]]), problems, { ...BRIEF, longest: 500 });
  expect(problems.found.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^3\d{3} quotation\(s\), from this one on, were not looked for; submit fewer at once\.$/),
  ]);
});
