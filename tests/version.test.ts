import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assertRecords } from "../src/record/version.ts";
import { formatInstant } from "../src/values/instant.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { openGazette } from "./support/gazette.ts";
import { noonOf } from "./support/ground.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
beforeAll(async () => {
  database = await cloneDatabase();
  record = openRecord(database.url);
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

let gazette: Awaited<ReturnType<typeof openGazette>>;
beforeEach(async () => {
  gazette = await openGazette(record);
});

async function ask<T>(query: string): Promise<T> {
  const { data, errors } = await record.ask(query);
  expect(errors).toBeUndefined();
  expect(record.faults).toEqual([]);
  return data as T;
}

const factId = () => `Recognition:${gazette.fact.id}`;
const asReported = (day: number) => `knownAt: "${formatInstant(noonOf(day))}"`;
const asRecorded = (instant: string) => `knownAt: "${instant}", knownBy: RECORDED`;

interface Given {
  stance: string;
  claimant: { name: string };
  valid: { start: { edtf: string } };
  evidence: { passage: { exact: string; capture: { document: { title: string } } } }[];
}

/** What Gallia is seen to recognise at a moment, asked three levels down; `asOf` left empty is now. */
async function given(asOf: string): Promise<Given[]> {
  const { record: seen } = await ask<{ record: { node: { recognitionsGiven: { nodes: Given[] } } } }>(`{
    record(asOf: { ${asOf} }) { node(id: "State:${gazette.ground.actorIds[3]}") { ... on State { recognitionsGiven { nodes {
      stance claimant { name } valid { start { edtf } }
      evidence { passage { exact capture { document { title } } } }
    } } } } } }`);
  return seen.node.recognitionsGiven.nodes;
}

const stances = async (asOf: string) => (await given(asOf)).map(({ stance }) => stance);
const sources = async (asOf: string) =>
  (await given(asOf)).map(({ evidence }) => evidence.map(({ passage }) => passage.capture.document.title));

interface Step {
  change: string;
  status: string;
  reported: { from: string; to: string | null };
  recorded: { from: { author: string; reason: string }; to: { reason: string } | null };
  assertion: { id: string; stance: string };
  evidence: { passage: { exact: string } }[];
  retraction: { reason: string; changeSet: { author: string } } | null;
}

/** The life of the record, step by step. */
async function life(asOf = ""): Promise<Step[]> {
  const { record: seen } = await ask<{ record: { history: Step[] } }>(`{
    record(asOf: { ${asOf} }) { history(id: "${factId()}") {
      change status reported { from to } recorded { from { author reason } to { reason } }
      assertion { id ... on Recognition { stance } } evidence { passage { exact } }
      retraction { reason changeSet { author } }
    } } }`);
  return seen.history;
}

const day = (number: number) => formatInstant(noonOf(number));

describe("A recognition that is withdrawn", () => {
  it("stood until the day that its withdrawal was reported, and is shown as withdrawn from then on", async () => {
    await gazette.assert({ days: [1] });
    await gazette.update({ stance: "WITHDRAWN", days: [5] });
    expect(await stances("")).toEqual(["WITHDRAWN"]);
    expect(await stances(asReported(0))).toEqual([]);
    expect(await stances(asReported(1))).toEqual(["RECOGNISES"]);
    expect(await stances(asReported(4))).toEqual(["RECOGNISES"]);
    expect(await stances(asReported(5))).toEqual(["WITHDRAWN"]);
    expect(await given(asReported(4))).toMatchObject([
      { claimant: { name: "Michael" }, evidence: [{ passage: { exact: "On day 1 they said “so be it”." } }] },
    ]);
  });

  it("was what this record answered until it took the withdrawal in", async () => {
    const first = await gazette.assert({ days: [1] });
    const second = await gazette.update({ stance: "WITHDRAWN", days: [5] });
    expect(await stances(asRecorded(first))).toEqual(["RECOGNISES"]);
    expect(await stances(asRecorded(second))).toEqual(["WITHDRAWN"]);
    const before = formatInstant(new Date(Date.parse(first) - 1));
    expect(await stances(asRecorded(before))).toEqual([]);
  });

  it("may be entered with all its reports at once", async () => {
    await gazette.assert({ days: [1] }, [{ stance: "WITHDRAWN", days: [3] }, { days: [6] }]);
    expect(await stances(asReported(2))).toEqual(["RECOGNISES"]);
    expect(await stances(asReported(4))).toEqual(["WITHDRAWN"]);
    expect(await stances("")).toEqual(["RECOGNISES"]);
    expect((await life()).map(({ change }) => change)).toEqual(["ASSERTED", "UPDATED", "UPDATED"]);
  });
});

describe("A date that was misread", () => {
  it("is put right for the same reports, and stays as it was in what this record answered before", async () => {
    const first = await gazette.assert({ since: "1894-01-02" });
    await gazette.correct({ since: "1894-01-04" });
    const start = async (asOf: string) => (await given(asOf)).map(({ valid }) => valid.start.edtf);
    expect(await start("")).toEqual(["1894-01-04"]);
    expect(await start(asReported(1))).toEqual(["1894-01-04"]);
    expect(await start(asRecorded(first))).toEqual(["1894-01-02"]);
    expect(await start('validAt: "1894-01-03"')).toEqual([]);
    expect(await start(`validAt: "1894-01-03", ${asRecorded(first)}`)).toEqual(["1894-01-02"]);
  });

  it("is put right in an older report, while the newer one stays as it is", async () => {
    await gazette.assert({ days: [1], since: "1894-01-02" }, [{ stance: "WITHDRAWN", days: [5], since: "1894-01-05" }]);
    const where = { recordId: gazette.fact.id, reportedFrom: noonOf(1), recordedTo: null };
    const { id } = await record.db.prisma.assertion.findFirstOrThrow({ where });
    await gazette.correct({ days: [1], since: "1894-01-01" }, id);
    expect(await given(asReported(3))).toMatchObject([
      { stance: "RECOGNISES", valid: { start: { edtf: "1894-01-01" } } },
    ]);
    expect(await given("")).toMatchObject([{ stance: "WITHDRAWN", valid: { start: { edtf: "1894-01-05" } } }]);
    expect((await life()).map(({ change, reported }) => [change, reported.from, reported.to])).toEqual([
      ["ASSERTED", day(1), day(5)],
      ["UPDATED", day(5), null],
      ["CORRECTED", day(1), day(5)],
    ]);
  });

  it("shows no source that was printed only later, in a view of the past nor in its history", async () => {
    await gazette.assert({ days: [1] });
    await gazette.correct({ days: [1, 8] });
    expect(await sources(asReported(3))).toEqual([["Day 1"]]);
    expect(await sources(asReported(8))).toEqual([["Day 1", "Day 8"]]);
    expect((await life(asReported(3))).map(({ evidence }) => evidence.length)).toEqual([1, 1]);
    expect((await life()).map(({ evidence }) => evidence.length)).toEqual([1, 2]);
  });
});

describe("A record that is withdrawn", () => {
  it("is shown no more, and is still found where this record is asked for what it answered before", async () => {
    const first = await gazette.assert({});
    const second = await gazette.retract();
    const node = async (asOf: string) =>
      (
        await ask<{ record: { node: unknown } }>(`{ record(asOf: { ${asOf} }) { node(id: "${factId()}") {
        id ... on Recognition { stance retraction { reason } } } } }`)
      ).record.node;
    for (const asOf of ["", asReported(1), asReported(9), asRecorded(second)]) {
      expect(await node(asOf)).toBeNull();
      expect(await stances(asOf)).toEqual([]);
    }
    expect(await node(asRecorded(first))).toEqual({ id: factId(), stance: "RECOGNISES", retraction: null });
    expect(await stances(asRecorded(first))).toEqual(["RECOGNISES"]);
  });

  it("has a life that can be read: asserted, updated, corrected, withdrawn, by whom and why, with each passage", async () => {
    await gazette.assert({ days: [1] });
    await gazette.update({ stance: "WITHDRAWN", days: [4] });
    await gazette.correct({ stance: "WITHDRAWN", days: [4, 6] });
    await gazette.retract("The gazette was forged.");
    const quote = (number: number) => ({ passage: { exact: `On day ${number} they said “so be it”.` } });
    expect(await life()).toMatchObject([
      { change: "ASSERTED", reported: { from: day(1), to: null }, evidence: [quote(1)], retraction: null },
      { change: "CARRIED", reported: { from: day(1), to: day(4) }, evidence: [quote(1)] },
      { change: "UPDATED", assertion: { stance: "WITHDRAWN" }, evidence: [quote(4)] },
      { change: "CORRECTED", assertion: { stance: "WITHDRAWN" }, evidence: [quote(4), quote(6)] },
      {
        change: "RETRACTED",
        status: "RETRACTED",
        recorded: { from: { author: "Fritz", reason: "Undo." }, to: null },
        assertion: { id: factId(), stance: "WITHDRAWN" },
        evidence: [quote(4), quote(6)],
        retraction: { reason: "The gazette was forged.", changeSet: { author: "Fritz" } },
      },
    ]);
    expect((await life()).map(({ recorded }) => recorded.to?.reason ?? null)).toEqual([
      "The gazette has news.",
      "Undo.",
      "I misread it.",
      "Undo.",
      null,
    ]);
  });
});

describe("A fact that a machine proposed", () => {
  it("is accepted when a person gives a passage for it, and its history tells both", async () => {
    const proposed = {
      ...gazette.telling({ days: [2] }),
      status: "PROPOSED" as const,
      evidence: [],
      extractor: { kind: "MODEL" as const, name: "coder", version: "3" },
    };
    await gazette.enter("Proposed.", (tx, set) =>
      assertRecords(tx, set, [{ record: gazette.fact, assertion: proposed }]),
    );
    await gazette.correct({ days: [2] });
    expect(await life()).toMatchObject([
      { change: "ASSERTED", status: "PROPOSED", evidence: [] },
      { change: "CORRECTED", status: "ACCEPTED", evidence: [{ passage: { exact: "On day 2 they said “so be it”." } }] },
    ]);
  });
});

describe("What this record answered once", () => {
  it("it answers for ever, to the letter, its history too", async () => {
    const first = await gazette.assert({ days: [1] });
    const everything = async () =>
      JSON.stringify(
        await record.ask(`{ record(asOf: { ${asRecorded(first)} }) {
          timeline { totalCount nodes { id status reported { from to } recorded { from { number } to { number } } } }
          node(id: "${factId()}") { id ... on Assertion {
            retraction { reason } history { change recorded { to { number } } evidence { passage { exact } } } } } } }`),
      );
    const answer = await everything();
    expect(answer).toContain("On day 1 they said");
    expect(answer).not.toContain("errors");
    await gazette.update({ stance: "WITHDRAWN", days: [4] });
    expect(await everything()).toBe(answer);
    await gazette.correct({ days: [3] });
    expect(await everything()).toBe(answer);
    await gazette.retract();
    expect(await everything()).toBe(answer);
  });
});

describe("A history", () => {
  it("is null for a record that does not exist, and refused for what has none", async () => {
    expect(await ask(`{ history(id: "${factId()}") { change } }`)).toEqual({ history: null });
    await gazette.assert({});
    expect(await ask(`{ history(id: "Event:${gazette.fact.id}") { change } }`)).toEqual({ history: null });
    const { errors } = await record.ask(`{ history(id: "Person:${gazette.ground.actorIds[0]}") { change } }`);
    expect(errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });
});
