import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newUuid } from "../../src/values/ids.ts";
import { asHolder, type TestRecord } from "../support/record.ts";
import { watchStatements, type Sent } from "../support/watched.ts";
import { openEveryKind, submit } from "../support/writing.ts";

const scribe = asHolder("scribe", "read", "contribute");
const other = asHolder("other", "read", "contribute");

let record: TestRecord;
/** What stands in the queue of proposals, and in it a person that is not in the record. */
let hidden: { proposal: string; person: string };
let statements: readonly Sent[];

beforeAll(async () => {
  record = await openEveryKind();
  // As many as a proposal may hold: to read them takes its time.
  const operations = Array.from({ length: 500 }, (_, n) => ({ personCreate: { key: `guest-${n}`, name: "A guest" } }));
  const fields = "... on ChangeSetSubmitted { proposal { id changes { id } } }";
  const told = await submit(record, "changeSetSubmit", { reason: "Guests.", operations }, { fields, as: scribe });
  const proposal = told["proposal"] as { id: string; changes: { id: string }[] };
  hidden = { proposal: proposal.id, person: proposal.changes[0]?.id ?? "" };
  statements = watchStatements(record.db);
});
afterAll(() => record.close());

/** What was told, what was sent to the database for it, and how long it took, in ms. */
interface Told {
  readonly answer: unknown;
  readonly sent: number;
  readonly ms: number;
}

async function ask(query: string, id: string, as: Record<string, string>): Promise<Told> {
  const before = statements.length;
  const began = performance.now();
  const { data, errors } = await record.ask(query, { id }, as);
  const ms = performance.now() - began;
  expect(errors).toBeUndefined();
  return { answer: data?.["answer"], sent: statements.length - before, ms };
}

/** So many pairs are compared where nothing else is said, once that is done which is done only once. */
const pairs = 2_000;
const warming = 20;

/** What was told when it was asked for what is there, and for what is not. */
type Pair = readonly [there: Told, nowhere: Told];

/** Asks by turns for what is there under an id, and for what is not. */
async function askBoth(query: string, id: string, as: Record<string, string>, count = pairs): Promise<readonly Pair[]> {
  const there = () => ask(query, id, as);
  const nowhere = () => ask(query, `${id.split(":")[0]}:${newUuid()}`, as);
  const told: Pair[] = [];
  for (let n = 0; n < warming + count; n++) {
    if (n % 2 === 0) told.push([await there(), await nowhere()]);
    else {
      const first = await nowhere();
      told.push([await there(), first]);
    }
  }
  return told.slice(warming);
}

/**
 * In how many more of the pairs what is there took longer than chance would have it, in standard deviations. What else the
 * machine does befalls either of a pair alike, so that it is beyond five by chance once in a million times.
 */
function apart(told: readonly Pair[]): number {
  const longer = told.filter(([there, nowhere]) => there.ms > nowhere.ms).length;
  return (2 * longer - told.length) / Math.sqrt(told.length);
}
const most = 5;

const node = "query ($id: ID!) { answer: node(id: $id) { __typename id } }";
const proposal = "query ($id: ID!) { answer: proposal(id: $id) { id } }";

describe(
  "What is there and hidden takes as long, and as many statements, as what is not there",
  { timeout: 240_000 },
  () => {
    test.each([
      ["a proposal of somebody else", proposal, () => hidden.proposal, other],
      ["a proposal, asked for as a node", node, () => hidden.proposal, other],
      ["a person who is proposed", node, () => hidden.person, other],
      ["a person who is proposed, by nobody in particular", node, () => hidden.person, {}],
    ] as const)("%s", async (_what, query, idOf, as) => {
      const told = await askBoth(query, idOf(), as);
      for (const [there, nowhere] of told) {
        expect([there.answer, nowhere.answer]).toEqual([null, null]);
        expect(there.sent).toBe(nowhere.sent);
      }
      expect(Math.abs(apart(told))).toBeLessThan(most);
    });

    test("and that would be found: what the same proposal holds takes its author longer, and more statements", async () => {
      // What tells of the schema too is executed field by field: one statement is enough for the rest, whatever is there.
      const whole =
        "query ($id: ID!) { __schema { queryType { name } } answer: proposal(id: $id) { id changes { id } } }";
      const told = await askBoth(whole, hidden.proposal, scribe, 200);
      expect(told.at(-1)).toMatchObject([{ answer: { id: hidden.proposal } }, { answer: null }]);
      for (const [there, nowhere] of told) expect(there.sent).toBeGreaterThan(nowhere.sent);
      expect(apart(told)).toBeGreaterThan(most);
    });
  },
);
