import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Tx } from "../src/db/client.ts";
import type { NewAssertion, NewRecord } from "../src/record/assertion.ts";
import { inChangeSet } from "../src/record/change-set.ts";
import { correctRecords } from "../src/record/correct.ts";
import type { ChangeSet } from "../src/record/entry.ts";
import { retractRecords } from "../src/record/retract.ts";
import { updateRecords } from "../src/record/update.ts";
import { assertRecords } from "../src/record/version.ts";
import { parseFuzzyDate } from "../src/values/fuzzy-date.ts";
import { newUuid } from "../src/values/ids.ts";
import { formatInstant } from "../src/values/instant.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { layGround, noonOf, type Ground } from "./support/ground.ts";
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

let ground: Ground;
let fact: NewRecord;
beforeEach(async () => {
  ground = await layGround(record.db, 10);
  fact = { id: newUuid(), kind: "RECOGNITION", crisisId: ground.crisisId, key: "gallia-michael" };
});

interface Telling {
  readonly stance?: "RECOGNISES" | "WITHDRAWN";
  /** The days of the gazette that say so. */
  readonly days?: readonly number[];
  readonly since?: string;
}

/** What the gazette tells: that Gallia recognises Michael as King of Ruritania, or does so no longer. */
function telling({ stance = "RECOGNISES", days = [1], since = "1894-01-02" }: Telling): NewAssertion {
  const [recogniserId = "", claimantId = ""] = [ground.actorIds[3], ground.actorIds[1]];
  const says = { recogniserId, claimantId, positionId: ground.positionId, stance, form: "UNILATERAL" } as const;
  return {
    status: "ACCEPTED",
    confidence: null,
    start: parseFuzzyDate(since),
    end: null,
    reportedFrom: noonOf(days[0] ?? 0),
    extractor: { kind: "HUMAN", name: "the clerk", version: null },
    attribution: [{ actorId: null, words: "the court", verb: "said", hedge: null }],
    evidence: days.map((day) => ({ passageId: ground.passageIds[day] ?? "", role: "SUPPORTS", proves: ["stance"] })),
    detail: { kind: "RECOGNITION", says: { ...says, onBehalfOfId: null, conditions: null } },
  };
}

/** Enters one change set and answers the instant at which the record took it in. */
async function enter(reason: string, work: (tx: Tx, set: ChangeSet) => unknown): Promise<string> {
  const { changeSet } = await inChangeSet(record.db, { author: "Fritz", reason }, (tx, set) =>
    Promise.resolve(work(tx, set)),
  );
  const set = await record.db.prisma.changeSet.findUniqueOrThrow({ where: { number: changeSet ?? 0 } });
  return formatInstant(set.at);
}

const assert = (told: Telling, updates: readonly Telling[] = []) =>
  enter("It is in the gazette.", (tx, set) =>
    assertRecords(tx, set, [{ record: fact, assertion: telling(told), updates: updates.map(telling) }]),
  );
const update = (told: Telling, expectedVersion?: string) =>
  enter("The gazette has news.", (tx, set) => {
    const expected = expectedVersion === undefined ? {} : { expectedVersion };
    return updateRecords(tx, set, [{ recordId: fact.id, reports: [telling(told)], ...expected }]);
  });
const correct = (told: Telling, version?: string) =>
  enter("I misread it.", (tx, set) => {
    const old = version === undefined ? {} : { version };
    return correctRecords(tx, set, [{ recordId: fact.id, assertion: telling(told), ...old }]);
  });
const retract = (reason = "It was a hoax.") =>
  enter("Undo.", (tx, set) => retractRecords(tx, set, [{ recordId: fact.id, reason }]));

async function ask<T>(query: string): Promise<T> {
  const { data, errors } = await record.ask(query);
  expect(errors).toBeUndefined();
  expect(record.faults).toEqual([]);
  return data as T;
}

const factId = () => `Recognition:${fact.id}`;
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
    record(asOf: { ${asOf} }) { node(id: "State:${ground.actorIds[3]}") { ... on State { recognitionsGiven { nodes {
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
    await assert({ days: [1] });
    await update({ stance: "WITHDRAWN", days: [5] });
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
    const first = await assert({ days: [1] });
    const second = await update({ stance: "WITHDRAWN", days: [5] });
    expect(await stances(asRecorded(first))).toEqual(["RECOGNISES"]);
    expect(await stances(asRecorded(second))).toEqual(["WITHDRAWN"]);
    const before = formatInstant(new Date(Date.parse(first) - 1));
    expect(await stances(asRecorded(before))).toEqual([]);
  });

  it("may be entered with all its reports at once", async () => {
    await assert({ days: [1] }, [{ stance: "WITHDRAWN", days: [3] }, { days: [6] }]);
    expect(await stances(asReported(2))).toEqual(["RECOGNISES"]);
    expect(await stances(asReported(4))).toEqual(["WITHDRAWN"]);
    expect(await stances("")).toEqual(["RECOGNISES"]);
    expect((await life()).map(({ change }) => change)).toEqual(["ASSERTED", "UPDATED", "UPDATED"]);
  });
});

describe("A date that was misread", () => {
  it("is put right for the same reports, and stays as it was in what this record answered before", async () => {
    const first = await assert({ since: "1894-01-02" });
    await correct({ since: "1894-01-04" });
    const start = async (asOf: string) => (await given(asOf)).map(({ valid }) => valid.start.edtf);
    expect(await start("")).toEqual(["1894-01-04"]);
    expect(await start(asReported(1))).toEqual(["1894-01-04"]);
    expect(await start(asRecorded(first))).toEqual(["1894-01-02"]);
    expect(await start('validAt: "1894-01-03"')).toEqual([]);
    expect(await start(`validAt: "1894-01-03", ${asRecorded(first)}`)).toEqual(["1894-01-02"]);
  });

  it("is put right in an older report, while the newer one stays as it is", async () => {
    await assert({ days: [1], since: "1894-01-02" }, [{ stance: "WITHDRAWN", days: [5], since: "1894-01-05" }]);
    const where = { recordId: fact.id, reportedFrom: noonOf(1), recordedTo: null };
    const { id } = await record.db.prisma.assertion.findFirstOrThrow({ where });
    await correct({ days: [1], since: "1894-01-01" }, id);
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
    await assert({ days: [1] });
    await correct({ days: [1, 8] });
    expect(await sources(asReported(3))).toEqual([["Day 1"]]);
    expect(await sources(asReported(8))).toEqual([["Day 1", "Day 8"]]);
    expect((await life(asReported(3))).map(({ evidence }) => evidence.length)).toEqual([1, 1]);
    expect((await life()).map(({ evidence }) => evidence.length)).toEqual([1, 2]);
  });
});

describe("A record that is withdrawn", () => {
  it("is shown no more, and is still found where this record is asked for what it answered before", async () => {
    const first = await assert({});
    const second = await retract();
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
    await assert({ days: [1] });
    await update({ stance: "WITHDRAWN", days: [4] });
    await correct({ stance: "WITHDRAWN", days: [4, 6] });
    await retract("The gazette was forged.");
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
      ...telling({ days: [2] }),
      status: "PROPOSED" as const,
      evidence: [],
      extractor: { kind: "MODEL" as const, name: "coder", version: "3" },
    };
    await enter("Proposed.", (tx, set) => assertRecords(tx, set, [{ record: fact, assertion: proposed }]));
    await correct({ days: [2] });
    expect(await life()).toMatchObject([
      { change: "ASSERTED", status: "PROPOSED", evidence: [] },
      { change: "CORRECTED", status: "ACCEPTED", evidence: [{ passage: { exact: "On day 2 they said “so be it”." } }] },
    ]);
  });
});

describe("What this record answered once", () => {
  it("it answers for ever, to the letter, its history too", async () => {
    const first = await assert({ days: [1] });
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
    await update({ stance: "WITHDRAWN", days: [4] });
    expect(await everything()).toBe(answer);
    await correct({ days: [3] });
    expect(await everything()).toBe(answer);
    await retract();
    expect(await everything()).toBe(answer);
  });
});

describe("A change that cannot be made", () => {
  const newest = async () => {
    const where = { recordId: fact.id, recordedTo: null, reportedTo: null };
    return (await record.db.prisma.assertion.findFirstOrThrow({ where })).id;
  };
  const sets = () => record.db.prisma.changeSet.count();

  /** Holds that a change is refused with a code, in such words, and that nothing of it is entered. */
  async function refused(change: () => Promise<unknown>, code: string, words: RegExp, details = {}): Promise<void> {
    const before = await sets();
    await expect(change()).rejects.toMatchObject({ code, details, message: expect.stringMatching(words) as string });
    expect(await sets()).toBe(before);
  }

  it("is an update by a report that is not later: a correction is what is needed", async () => {
    await assert({ days: [4] });
    await refused(() => update({ days: [4] }), "BAD_USER_INPUT", /1894-01-05T12:00:00Z.*use a correction/s);
    await refused(() => update({ days: [3] }), "BAD_USER_INPUT", /later report/);
  });

  it("is a correction that rests on what was printed only later", async () => {
    await assert({ days: [4] });
    await refused(() => correct({ days: [5] }), "BAD_USER_INPUT", /nothing before 1894-01-06T12:00:00Z/);
  });

  it("is any change to a record that does not exist", async () => {
    for (const change of [() => update({}), () => correct({}), () => retract()]) {
      await refused(change, "BAD_USER_INPUT", /no record/);
    }
  });

  it("is any change to a record that was withdrawn, withdrawing it again too", async () => {
    await assert({});
    await retract();
    for (const change of [() => update({ days: [5] }), () => correct({}), () => retract()]) {
      await refused(change, "CONFLICT", /"gallia-michael" was withdrawn/, { currentVersion: null });
    }
  });

  it("is one that goes on from a version which another change took the place of", async () => {
    await assert({ days: [1] });
    const read = await newest();
    await update({ stance: "WITHDRAWN", days: [5] });
    const details = { currentVersion: await newest() };
    await refused(() => update({ days: [7] }, read), "CONFLICT", /changed meanwhile/, details);
    await refused(() => correct({ days: [1] }, read), "CONFLICT", /changed meanwhile/, details);
    await update({ days: [7] }, details.currentVersion);
    expect(await stances("")).toEqual(["RECOGNISES"]);
  });

  it("is a second one of the same record in one change set", async () => {
    await assert({ days: [1] });
    const both = () =>
      enter("Twice.", async (tx, set) => {
        await updateRecords(tx, set, [{ recordId: fact.id, reports: [telling({ days: [5] })] }]);
        await retractRecords(tx, set, [{ recordId: fact.id, reason: "It was a hoax." }]);
      });
    await refused(both, "CONFLICT", /changes "gallia-michael" already/);
  });
});

describe("A history", () => {
  it("is null for a record that does not exist, and refused for what has none", async () => {
    expect(await ask(`{ history(id: "${factId()}") { change } }`)).toEqual({ history: null });
    await assert({});
    expect(await ask(`{ history(id: "Event:${fact.id}") { change } }`)).toEqual({ history: null });
    const { errors } = await record.ask(`{ history(id: "Person:${ground.actorIds[0]}") { change } }`);
    expect(errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  });
});
