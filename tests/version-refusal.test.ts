import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { retractRecords } from "../src/record/retract.ts";
import { updateRecords } from "../src/record/update.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { openGazette } from "./support/gazette.ts";
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

describe("A change that cannot be made", () => {
  const newest = async () => {
    const where = { recordId: gazette.fact.id, recordedTo: null, reportedTo: null };
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
    await gazette.assert({ days: [4] });
    await refused(() => gazette.update({ days: [4] }), "BAD_USER_INPUT", /1894-01-05T12:00:00Z.*use a correction/s);
    await refused(() => gazette.update({ days: [3] }), "BAD_USER_INPUT", /later report/);
  });

  it("is a correction that rests on what was printed only later", async () => {
    await gazette.assert({ days: [4] });
    await refused(() => gazette.correct({ days: [5] }), "BAD_USER_INPUT", /nothing before 1894-01-06T12:00:00Z/);
  });

  it("is any change to a record that does not exist", async () => {
    for (const change of [() => gazette.update({}), () => gazette.correct({}), () => gazette.retract()]) {
      await refused(change, "BAD_USER_INPUT", /no record/);
    }
  });

  it("is any change to a record that was withdrawn, withdrawing it again too", async () => {
    await gazette.assert({});
    await gazette.retract();
    for (const change of [() => gazette.update({ days: [5] }), () => gazette.correct({}), () => gazette.retract()]) {
      await refused(change, "CONFLICT", /"gallia-michael" was withdrawn/, { currentVersion: null });
    }
  });

  it("is one that goes on from a version which another change took the place of", async () => {
    await gazette.assert({ days: [1] });
    const read = await newest();
    await gazette.update({ stance: "WITHDRAWN", days: [5] });
    const details = { currentVersion: await newest() };
    await refused(() => gazette.update({ days: [7] }, read), "CONFLICT", /changed meanwhile/, details);
    await refused(() => gazette.correct({ days: [1] }, read), "CONFLICT", /changed meanwhile/, details);
    await gazette.update({ days: [7] }, details.currentVersion);
    expect(await newest()).not.toBe(details.currentVersion);
  });

  it("is a second one of the same record in one change set", async () => {
    await gazette.assert({ days: [1] });
    const both = () =>
      gazette.enter("Twice.", async (tx, set) => {
        await updateRecords(tx, set, [{ recordId: gazette.fact.id, reports: [gazette.telling({ days: [5] })] }]);
        await retractRecords(tx, set, [{ recordId: gazette.fact.id, reason: "It was a hoax." }]);
      });
    await refused(both, "CONFLICT", /changes "gallia-michael" already/);
  });
});
