import { afterAll, beforeAll, expect, test } from "vitest";
import { importDossier } from "../../src/formats/dossier/import-dossier.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { everyKind } from "../support/every-kind.ts";
import { openRecord, type TestRecord } from "../support/record.ts";
import { submit } from "../support/writing.ts";

let database: TestDatabase;
let record: TestRecord;

beforeAll(async () => {
  database = await cloneDatabase();
  record = openRecord(database.url);
  await importDossier(record.db, everyKind, { folder: ".", author: "the founder" });
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

const document = { key: "gazette" };
const copy = { document, capturedAt: "2026-01-02T00:00:00Z", mediaType: "text/plain", textPublic: true };
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
  const told = await submit(record, "changeSetSubmit", input);
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
