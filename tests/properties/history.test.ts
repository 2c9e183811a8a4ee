import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDb, type Db } from "../../src/db/client.ts";
import { Refusal } from "../../src/errors.ts";
import { inChangeSet } from "../../src/record/change-set.ts";
import { correctRecords } from "../../src/record/correct.ts";
import { retractRecords } from "../../src/record/retract.ts";
import { updateRecords } from "../../src/record/update.ts";
import { now, openView, type View } from "../../src/record/view.ts";
import { parseDay } from "../../src/values/day.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { layGround, noonOf, type Ground } from "../support/ground.ts";
import { operationOf, plansOf, says, type Plan } from "./arbitrary.ts";
import { expectGrown, expectWhole } from "./invariant.ts";
import { Model, type ModelVersion, type Operation } from "./model.ts";
import { readOperations } from "./replay.ts";
import { assertionOf, contentOfTold, startOfTold, Story, type Row } from "./story.ts";

/** How many runs all properties get together, and a seed by which a run that failed fails again. */
const runs = Number(process.env["CHANCERY_PROPERTY_RUNS"] ?? 1_000);
const seed = process.env["CHANCERY_PROPERTY_SEED"];
const days = 60;
const longest = 10 * 60_000;

let database: TestDatabase;
let db: Db;
let ground: Ground;
beforeAll(async () => {
  database = await cloneDatabase();
  db = openDb(database.url, { max: 12 });
  ground = await layGround(db, days);
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

/** Holds a property for its share of the runs. One that fails is shrunk, and tells its seed. */
function hold<Ts extends [unknown, ...unknown[]]>(share: number, property: fc.IAsyncPropertyWithHooks<Ts>) {
  const numRuns = Math.max(1, Math.round(runs * share));
  return fc.assert(property, { numRuns, ...(seed === undefined ? {} : { seed: Number(seed) }) });
}

const after = (changeSet: number): View => ({ ...now, clock: "RECORDED", changeSet });
const reported = (day: number, validAt: number | null = null): View => {
  return { clock: "REPORTED", at: noonOf(day), changeSet: null, validAt };
};

type Contents = Record<number, string[]>;

/** What a model shows. */
function expected(shown: Map<number, ModelVersion[]>, valid: number | null = null): Contents {
  return Object.fromEntries(
    [...shown].map(([record, versions]) => {
      const standing = versions.filter(({ told }) => valid === null || (startOfTold(told.says) ?? valid) <= valid);
      return [record, standing.map(({ told, from }) => contentOfTold(told, from, record, ground))];
    }),
  );
}

/** What the record shows of those records that were ever asserted. */
async function shown(story: Story, model: Model, view: View, contents: Map<string, string>): Promise<Contents> {
  const seen = [...(await story.seen(view))].filter(([record]) => model.records.has(record));
  return Object.fromEntries(seen.map(([record, ids]) => [record, ids.map((id) => contents.get(id) ?? "not read")]));
}

/** Does all that is planned, to the record and to the model, and answers both with what the record showed after each step. */
async function tell(plans: readonly Plan[], records: number) {
  const [story, model] = [new Story(db, ground, records), new Model()];
  const answers: Contents[] = [];
  let rows: Row[] = [];
  for (const { intentions, jump } of plans) {
    const operations = intentions.map((each) => operationOf(each, model));
    const possible = model.enter(operations);
    expect(await story.enter(operations, new Date(Date.now() + jump))).toBe(possible);
    const grown = await story.rows();
    if (possible) expectGrown(rows, grown, story.steps.at(-1) ?? 0);
    else expect(grown).toEqual(rows);
    rows = grown;
    answers[model.step] = expected(model.seen({ step: model.step }));
  }
  return { story, model, rows, answers };
}

describe("The history of records, whatever is done to them,", () => {
  test(
    "is at every moment of both clocks what it is in memory, and stays so",
    () =>
      hold(
        0.4,
        fc.asyncProperty(plansOf(3), fc.nat(days - 1), fc.nat(120), async (plans, day, valid) => {
          const { story, model, rows, answers } = await tell(plans, 3);
          const contents = await story.contents();
          for (const [step, changeSet] of story.steps.entries()) {
            const seen = await shown(story, model, after(changeSet), contents);
            expect(seen).toEqual(expected(model.seen({ step })));
            expect(seen).toMatchObject(answers[step] ?? {});
          }
          expect(await shown(story, model, now, contents)).toEqual(expected(model.seen()));
          for (const each of [day, 3, 6, 9]) {
            expect(await shown(story, model, reported(each), contents)).toEqual(expected(model.seen({ day: each })));
          }
          const validAt = parseDay("1893-01-01") - 20 + valid;
          const standing = expected(model.seen({ day: 6 }), validAt);
          expect(await shown(story, model, reported(6, validAt), contents)).toEqual(standing);
          expectWhole(
            rows,
            story.steps,
            [...model.retracted].map(([record, step]) => [record, story.steps[step] ?? 0]),
          );
          await expectWithdrawn(story, model);
        }),
      ),
    longest,
  );

  test(
    "is as it was before when what was asserted is withdrawn, but for two steps more",
    () =>
      hold(
        0.25,
        fc.asyncProperty(says, fc.nat(9), async (told, day) => {
          const count = () => db.prisma.assertion.count({ where: { recordedTo: null, reportedTo: null } });
          const [story, before] = [new Story(db, ground, 1), await count()];
          await story.enter([{ do: "assert", record: 0, reports: [{ says: told, days: [day] }] }]);
          expect(await count()).toBe(before + 1);
          await story.enter([{ do: "retract", record: 0 }]);
          expect(await count()).toBe(before);
          expect(await story.rows()).toMatchObject([{ recordedFrom: story.steps[1], recordedTo: story.steps[2] }]);
          expect([...(await story.seen(after(story.steps[1] ?? 0))).values()].flat()).toHaveLength(1);
        }),
      ),
    longest,
  );

  test(
    "does not depend on the order of what is done to different records",
    () =>
      hold(
        0.1,
        fc.asyncProperty(plansOf(1, 3), plansOf(1, 3), fc.infiniteStream(fc.boolean()), async (one, two, turns) => {
          const operations = [one, two].map((plans, record) => {
            const model = new Model();
            const done = plans.map(({ intentions: [first] }) => {
              const operation = operationOf({ ...(first as Plan["intentions"][number]), record }, model);
              return model.enter([operation]) ? operation : null;
            });
            return done.filter((operation) => operation !== null);
          });
          const [first = [], second = []] = operations;
          const mixed = mix(first, second, turns);
          const results = [];
          for (const order of [[...first, ...second], mixed]) {
            const story = new Story(db, ground, 2);
            for (const operation of order) expect(await story.enter([operation])).toBe(true);
            results.push(await answersOf(story, [now, ...[2, 5, 8].map((day) => reported(day))]));
          }
          expect(results[1]).toEqual(results[0]);
        }),
      ),
    longest,
  );

  test(
    "can be told again from what the database holds of it, with the same answers",
    () =>
      hold(
        0.15,
        fc.asyncProperty(
          plansOf(2, 4),
          fc.array(fc.nat(20), { minLength: 10, maxLength: 10 }),
          async (plans, moments) => {
            const { story } = await tell(plans, 2);
            const again = new Story(db, ground, 2);
            for (const operations of await readOperations(story)) expect(await again.enter(operations)).toBe(true);
            const asked = (told: Story) =>
              moments.map((moment, i) => {
                const step = told.steps[moment % Math.max(1, told.steps.length)];
                const validAt = parseDay("1893-01-01") - 10 + moment * 5;
                return i % 2 === 0 ? reported(moment, validAt) : { ...after(step ?? 0), validAt };
              });
            expect(await answersOf(again, asked(again))).toEqual(await answersOf(story, asked(story)));
          },
        ),
      ),
    longest,
  );

  test(
    "goes on from each version once, whoever else wants to go on from it at the same time",
    () =>
      hold(
        0.1,
        fc.asyncProperty(
          fc.array(fc.constantFrom("update", "correct", "retract"), { minLength: 8, maxLength: 8 }),
          async (wishes) => {
            const story = new Story(db, ground, 1);
            await story.enter([{ do: "assert", record: 0, reports: [{ says: 1, days: [1] }] }]);
            const [held] = await story.rows();
            const outcomes = await Promise.all(wishes.map((wish, i) => goOn(story, held?.id ?? "", wish, i)));
            expect(outcomes.filter((outcome) => outcome === "entered")).toHaveLength(1);
            const newest = (await story.seen(now)).get(0)?.[0] ?? null;
            const others = outcomes.filter((outcome) => outcome !== "entered");
            expect(others).toEqual(others.map(() => ({ code: "CONFLICT", currentVersion: newest })));
          },
        ),
      ),
    longest,
  );

  test("was recorded in the order of its change sets, whatever the clock of the machine said", async () => {
    const sets = await db.prisma.changeSet.findMany({ orderBy: { number: "asc" } });
    expect(sets.map(({ number }) => number)).toEqual(sets.map((_, i) => i + 1));
    expect(sets.every(({ at }, i) => i === 0 || at > (sets[i - 1]?.at ?? at))).toBe(true);
    for (const { number, at } of sets.filter((_, i) => i % Math.ceil(sets.length / 20) === 0)) {
      expect(await openView(db, { knownAt: at, knownBy: "RECORDED" })).toMatchObject({ changeSet: number });
      const before = await openView(db, { knownAt: new Date(at.getTime() - 1), knownBy: "RECORDED" });
      expect(before.changeSet).toBe(number - 1);
    }
  });

  test("rests in every version on a passage that stands, as it is quoted, in a text whose hash is right", async () => {
    expect(await db.prisma.assertion.count()).toBeGreaterThan(runs / 2);
    expect(await db.prisma.assertion.count({ where: { evidence: { none: {} } } })).toBe(0);
    for (const { exact, start, end, capture } of await db.prisma.passage.findMany({ include: { capture: true } })) {
      expect(Array.from(capture.text).slice(start, end).join("")).toBe(exact);
      expect(createHash("sha256").update(capture.text).digest("hex")).toBe(capture.sha256);
    }
  });

  test("holds no two versions of one record at one moment, of all that was done here", async () => {
    const overlaps = await db.pool.query(`
      select a.id from assertion a join assertion b on a.record_id = b.record_id and a.id < b.id
        and tstzrange(a.reported_from, a.reported_to) && tstzrange(b.reported_from, b.reported_to)
        and int4range(a.recorded_from, a.recorded_to) && int4range(b.recorded_from, b.recorded_to)`);
    expect(overlaps.rows).toEqual([]);
  });
});

/** Holds that what was withdrawn is told by whom, when and why, and was held until then. */
async function expectWithdrawn(story: Story, model: Model): Promise<void> {
  const where = { recordId: { in: [...story.recordIds] } };
  const retractions = await db.prisma.retraction.findMany({ where, include: { changeSet: true } });
  const told = retractions.map(({ recordId, changeSetNumber, reason, changeSet }) => {
    return [story.recordIds.indexOf(recordId), story.steps.indexOf(changeSetNumber), reason, changeSet.author];
  });
  const withdrawn = [...model.retracted].map(([record, step]) => [record, step, "It was never so.", "the clerk"]);
  expect(new Set(told)).toEqual(new Set(withdrawn));
  for (const [record, step] of model.retracted) {
    expect((await story.seen(after(story.steps[step - 1] ?? 0))).get(record)).toHaveLength(1);
    expect((await story.seen(after(story.steps[step] ?? 0))).get(record)).toHaveLength(0);
  }
}

/** What some views show, as contents. */
async function answersOf(story: Story, views: readonly View[]): Promise<string[][][]> {
  const contents = await story.contents();
  const answers = [];
  for (const view of views) {
    const seen = [...(await story.seen(view)).values()];
    answers.push(seen.map((ids) => ids.map((id) => contents.get(id) ?? "not read")));
  }
  return answers;
}

/** Two lists as one, each in its own order. */
function mix(one: readonly Operation[], two: readonly Operation[], turns: Iterator<boolean>): Operation[] {
  const [left, right, mixed] = [[...one], [...two], [] as Operation[]];
  while (left.length + right.length > 0) {
    const next = (turns.next().value === true ? left : right).shift() ?? left.shift() ?? right.shift();
    if (next) mixed.push(next);
  }
  return mixed;
}

/** Changes a record if a version is still its newest. Answers how that ended. */
async function goOn(story: Story, version: string, wish: string, i: number): Promise<unknown> {
  const recordId = story.recordIds[0] ?? "";
  const said = assertionOf({ says: i, days: [wish === "update" ? 2 + i : 1] }, 0, ground);
  try {
    await inChangeSet(db, { author: `writer ${i}`, reason: "I read it first." }, async (tx, set) => {
      if (wish === "update") await updateRecords(tx, set, [{ recordId, expectedVersion: version, reports: [said] }]);
      else if (wish === "correct") await correctRecords(tx, set, [{ recordId, version, assertion: said }]);
      else await retractRecords(tx, set, [{ recordId, expectedVersion: version, reason: "It was never so." }]);
    });
    return "entered";
  } catch (error) {
    return error instanceof Refusal ? { code: error.code, ...error.details } : error;
  }
}
