import type { PoolClient } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newUuid } from "../../src/values/ids.ts";
import { asHolder, type TestRecord } from "../support/record.ts";
import { openEveryKind, submit } from "../support/writing.ts";

const scribe = asHolder("scribe", "read", "contribute");
const other = asHolder("other", "read", "contribute");

let record: TestRecord;
/** What stands in the queue of proposals, and in it a person that is not in the record. */
let hidden: { proposal: string; person: string };
let statements = 0;

beforeAll(async () => {
  record = await openEveryKind();
  // As many as a proposal may hold: to read them takes its time.
  const operations = Array.from({ length: 500 }, (_, n) => ({ personCreate: { key: `guest-${n}`, name: "A guest" } }));
  const fields = "... on ChangeSetSubmitted { proposal { id changes { id } } }";
  const told = await submit(record, "changeSetSubmit", { reason: "Guests.", operations }, { fields, as: scribe });
  const proposal = told["proposal"] as { id: string; changes: { id: string }[] };
  hidden = { proposal: proposal.id, person: proposal.changes[0]?.id ?? "" };
  count();
});
afterAll(() => record.close());

/** Counts what is sent to the database from here on. */
function count(): void {
  const { pool } = record.db;
  const query = pool.query.bind(pool) as (...args: unknown[]) => unknown;
  const connect = pool.connect.bind(pool);
  const session = async () => {
    const client = await connect();
    const send = client.query.bind(client) as (...args: unknown[]) => unknown;
    return Object.assign(Object.create(client) as PoolClient, {
      query: (...args: unknown[]) => ((statements += 1), send(...args)),
      release: () => client.release(),
    });
  };
  Object.assign(pool, { query: (...args: unknown[]) => ((statements += 1), query(...args)), connect: session });
}

/** Asks, and answers what was told, how many statements it took, and how long, in ms. */
async function ask(query: string, id: string, as: Record<string, string>) {
  const before = statements;
  const began = performance.now();
  const { data, errors } = await record.ask(query, { id }, as);
  return { told: { data, errors }, sent: statements - before, ms: performance.now() - began };
}

/** How far apart two samples are, by their ranks (Mann and Whitney): beyond four by chance once in sixteen thousand times. */
function apart(one: readonly number[], two: readonly number[]): number {
  const all = [...one.map((ms) => ({ ms, mine: true })), ...two.map((ms) => ({ ms, mine: false }))];
  const ranks = all.sort((a, b) => a.ms - b.ms).reduce((sum, { mine }, at) => (mine ? sum + at + 1 : sum), 0);
  const [n, m] = [one.length, two.length];
  const u = ranks - (n * (n + 1)) / 2;
  return Math.abs(u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

const node = "query ($id: ID!) { answer: node(id: $id) { __typename id } }";
const proposal = "query ($id: ID!) { answer: proposal(id: $id) { id } }";

describe("What is there and hidden takes as long, and as many statements, as what is not there", () => {
  test.each([
    ["a proposal of somebody else", proposal, () => hidden.proposal, "Proposal", other],
    ["a proposal, asked for as a node", node, () => hidden.proposal, "Proposal", other],
    ["a person who is proposed", node, () => hidden.person, "Person", other],
    ["a person who is proposed, by nobody in particular", node, () => hidden.person, "Person", {}],
  ] as const)("%s", async (_what, query, idOf, type, as) => {
    // What differs differs each time; what else the machine does, does not.
    const distances: number[] = [];
    for (let attempt = 0; attempt < 3 && (distances.at(-1) ?? 4) >= 4; attempt++) {
      const there: number[] = [];
      const nowhere: number[] = [];
      for (let n = 0; n < 130; n++) {
        const [first, second] = n % 2 === 0 ? [true, false] : [false, true];
        const told = new Map<boolean, Awaited<ReturnType<typeof ask>>>();
        for (const known of [first, second])
          told.set(known, await ask(query, known ? idOf() : `${type}:${newUuid()}`, as));
        const [known, unknown] = [told.get(true), told.get(false)];
        expect(known?.told).toEqual({ data: { answer: null }, errors: undefined });
        expect(known?.told).toEqual(unknown?.told);
        expect(known?.sent).toBe(unknown?.sent);
        if (n < 10) continue; // what is done once only
        there.push(known?.ms ?? 0);
        nowhere.push(unknown?.ms ?? 0);
      }
      distances.push(apart(there, nowhere));
    }
    expect(Math.min(...distances)).toBeLessThan(4);
  });

  test("is what is measured: what is there and shown takes another time, or other statements", async () => {
    const [mine, unknown] = [
      await ask(proposal, hidden.proposal, scribe),
      await ask(proposal, `Proposal:${newUuid()}`, scribe),
    ];
    expect(mine.told.data).toEqual({ answer: { id: hidden.proposal } });
    expect(unknown.told.data).toEqual({ answer: null });
    expect(apart([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22])).toBeGreaterThan(
      3.5,
    );
  });
});
