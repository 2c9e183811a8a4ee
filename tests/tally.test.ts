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
  expect(record.faults).toEqual([]);
  expect(errors).toBeUndefined();
  return data;
}

const tallies =
  "recognitionTallies { nodes { key value named namedRecognitions { totalCount nodes { recogniser { key } } } } }";

describe("a tally", () => {
  test("of more than five names one on its day, and two of the league once Borduria has turned", async () => {
    expect(await answer(tallies)).toEqual({
      recognitionTallies: {
        nodes: [
          {
            key: "more-than-five",
            value: 5,
            named: 1,
            namedRecognitions: { totalCount: 1, nodes: [{ recogniser: { key: "gallia" } }] },
          },
          {
            key: "more-than-five-of-the-league",
            value: 5,
            named: 2,
            namedRecognitions: {
              totalCount: 2,
              nodes: [{ recogniser: { key: "gallia" } }, { recogniser: { key: "borduria" } }],
            },
          },
        ],
      },
    });
  });

  test("names only whom the view knows of", async () => {
    expect(
      await answer(`record(asOf: { knownAt: "1894-06-30T00:00:00Z" }) { recognitionTallies { nodes { key named } } }`),
    ).toEqual({
      record: {
        recognitionTallies: {
          nodes: [
            { key: "more-than-five", named: 1 },
            { key: "more-than-five-of-the-league", named: 1 },
          ],
        },
      },
    });
  });
});

describe("the stances towards the claimants of an office", () => {
  const groups = (day: string) =>
    answer(
      `positionByKey(key: "king") { recognitionsByStance(validAt: "${day}") { claimant { key } stance count actors { key } } }`,
    );

  test("are told with the count and the actors, day by day", async () => {
    const group = (claimant: string, stance: string, ...actors: string[]) => ({
      claimant: { key: claimant },
      stance,
      count: actors.length,
      actors: actors.map((key) => ({ key })),
    });
    const sorted = async (day: string) => {
      const data = (await groups(day)) as { positionByKey: { recognitionsByStance: unknown[] } };
      return data.positionByKey.recognitionsByStance.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    };
    expect(await sorted("1894-06-15")).toEqual([
      group("michael", "NO_STATEMENT", "syldavia"),
      group("michael", "RECOGNISES", "gallia"),
      group("rudolf", "RECOGNISES", "borduria"),
    ]);
    expect(await sorted("1894-07-01")).toEqual([
      group("michael", "NO_STATEMENT", "syldavia"),
      group("michael", "RECOGNISES", "gallia"),
      group("michael", "RECOGNISES_AS_INTERIM", "borduria"),
      group("rudolf", "RECOGNISES", "borduria"),
    ]);
  });

  test("can be asked of one claimant", async () => {
    const { personByKey } = (await answer(`personByKey(key: "rudolf") { id }`)) as { personByKey: { id: string } };
    expect(
      await answer(
        `positionByKey(key: "king") { recognitionsByStance(claimant: "${personByKey.id}") { stance count } }`,
      ),
    ).toEqual({ positionByKey: { recognitionsByStance: [{ stance: "RECOGNISES", count: 1 }] } });
  });
});
