import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";
import { cloneSuccession } from "./support/succession.ts";

let database: TestDatabase;
let record: TestRecord;
beforeAll(async () => {
  database = await cloneSuccession();
  record = openRecord(database.url);
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

async function answer(query: string): Promise<unknown> {
  const { data, errors } = await record.ask(`{ ${query} }`);
  expect(errors).toBeUndefined();
  return data;
}

describe("the counts under a list", () => {
  test("of recognitions, by stance, are of the whole list and not of its page", async () => {
    expect(await answer("recognitions(first: 1) { nodes { key } byStance { stance count } }")).toEqual({
      recognitions: {
        nodes: [{ key: "borduria-rudolf" }],
        byStance: [
          { stance: "RECOGNISES", count: 2 },
          { stance: "RECOGNISES_AS_INTERIM", count: 1 },
          { stance: "NO_STATEMENT", count: 1 },
        ],
      },
    });
  });

  test("follow the filter, the day and the view", async () => {
    expect(
      await answer(`
        michaels: positionByKey(key: "king") { recognitions(validAt: "1894-06-15", filter: { stance: { not: NO_STATEMENT } }) { byStance { stance count } } }
        record(asOf: { knownAt: "1894-06-30T00:00:00Z" }) { recognitions { byStance { stance count } } }`),
    ).toEqual({
      michaels: { recognitions: { byStance: [{ stance: "RECOGNISES", count: 2 }] } },
      record: {
        recognitions: {
          byStance: [
            { stance: "RECOGNISES", count: 2 },
            { stance: "NEUTRAL", count: 1 },
          ],
        },
      },
    });
  });

  test("of events are by what kind they are of and how far they came about", async () => {
    expect(await answer("events { byEventKind { eventKind count } byEventStatus { eventStatus count } }")).toEqual({
      events: {
        byEventKind: [
          { eventKind: "BLOCKADE", count: 1 },
          { eventKind: "MEETING", count: 1 },
        ],
        byEventStatus: [{ eventStatus: "OCCURRED", count: 2 }],
      },
    });
  });

  test("of a timeline are by kind and by month, the undated last", async () => {
    expect(
      await answer(
        `personByKey(key: "rudolf") { timeline { byAssertionKind { assertionKind count } byMonth { month count } } }
         personBy(by: { key: "michael" }) { timeline { byMonth { month count } } }`,
      ),
    ).toEqual({
      personByKey: {
        timeline: {
          byAssertionKind: [
            { assertionKind: "OCCUPANCY", count: 1 },
            { assertionKind: "RECOGNITION", count: 1 },
            { assertionKind: "UTTERANCE", count: 1 },
            { assertionKind: "EVENT", count: 1 },
          ],
          byMonth: [{ month: "1894-05", count: 4 }],
        },
      },
      personBy: {
        timeline: {
          byMonth: [
            { month: "1894-06", count: 6 },
            { month: "1894-07", count: 1 },
            { month: null, count: 1 },
          ],
        },
      },
    });
  });

  test("of things are there too, where they have kinds", async () => {
    expect(
      await answer("actors { byActorKind { actorKind count } } places { byPlaceKind { placeKind count } }"),
    ).toEqual({
      actors: {
        byActorKind: [
          { actorKind: "PERSON", count: 5 },
          { actorKind: "ORGANIZATION", count: 1 },
          { actorKind: "STATE", count: 4 },
          { actorKind: "BLOC", count: 1 },
          { actorKind: "COLLECTIVE", count: 1 },
        ],
      },
      places: {
        byPlaceKind: [
          { placeKind: "CITY", count: 1 },
          { placeKind: "BRIDGE", count: 1 },
        ],
      },
    });
  });
});
