import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fieldMeaning, modelMeaning, modelNames } from "../src/db/meaning.ts";
import type { TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";
import { cloneSuccession } from "./support/succession.ts";
import { watchStatements } from "./support/watched.ts";

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

async function keys(list: string): Promise<string[]> {
  const { data, errors } = await record.ask(`{ ${list} }`);
  expect(errors).toBeUndefined();
  return [...JSON.stringify(data).matchAll(/"key":"([^"]+)"/g)].map((match) => match[1]!);
}

describe("the timeline of an actor", () => {
  test("has in order of time what names it, what it took part in and what is attributed to it", async () => {
    expect(await keys(`personByKey(key: "antoinette") { timeline { nodes { key } } }`)).toEqual([
      "bridge-closed",
      "antoinette-chancellor",
    ]);
    expect(await keys(`personByKey(key: "envoy") { timeline { nodes { key } } }`)).toEqual([
      "envoy-meets-rudolf",
      "envoy-speaks",
    ]);
    expect(await keys(`personByKey(key: "michael") { timeline(orderBy: VALID_DESC) { nodes { key } } }`)).toEqual([
      "more-than-five-of-the-league",
      "syldavia-neutral",
      "borduria-michael",
      "more-than-five",
      "envoy-speaks",
      "gallia-michael",
      "michael-king",
      "bridge-closed",
    ]);
  });

  test("says each thing once, though it names the actor twice", async () => {
    expect(
      await keys(
        `personByKey(key: "michael") { timeline(filter: { assertionKind: { eq: OCCUPANCY } }) { nodes { key } } }`,
      ),
    ).toEqual(["michael-king"]);
  });

  test("is empty for one of whom nothing is asserted", async () => {
    expect(await keys(`personByKey(key: "hermit") { timeline { nodes { key } } }`)).toEqual([]);
  });

  test("ends where the view does, by either clock", async () => {
    const asOf = (moment: string) =>
      keys(`record(asOf: { ${moment} }) { personByKey(key: "rudolf") { timeline { nodes { key } } } }`);
    const early = await asOf(`knownAt: "1894-05-31T00:00:00Z"`);
    expect(early.toSorted()).toEqual(["borduria-rudolf", "rudolf-king", "rudolf-speaks"]);
    expect(await asOf(`knownAt: "1894-05-31T00:00:00Z", knownBy: RECORDED`)).toEqual([]);
  });

  test("is read page by page, forwards and backwards, without a gap", async () => {
    const pages = async (size: string, cursor: string, end: string) => {
      const found: string[] = [];
      let at: string | null = null;
      do {
        const { data } = await record.ask(
          `query($at: String) { personByKey(key: "michael") { timeline(${size}: 3, ${cursor}: $at) { nodes { key } pageInfo { more: ${end} at: ${cursor === "after" ? "endCursor" : "startCursor"} } } } }`,
          { at },
        );
        const { timeline } = (
          data as { personByKey: { timeline: { nodes: { key: string }[]; pageInfo: { more: boolean; at: string } } } }
        ).personByKey;
        const page = timeline.nodes.map(({ key }) => key);
        if (cursor === "after") found.push(...page);
        else found.unshift(...page);
        at = timeline.pageInfo.more ? timeline.pageInfo.at : null;
      } while (at);
      return found;
    };
    const forwards = await pages("first", "after", "hasNextPage");
    expect(forwards).toHaveLength(8);
    expect(await pages("last", "before", "hasPreviousPage")).toEqual(forwards);
  });
});

test("the timeline of an office has who holds it and who recognises whom in it", async () => {
  expect(await keys(`positionByKey(key: "chancellor") { timeline { nodes { key } } }`)).toEqual([
    "antoinette-chancellor",
  ]);
  expect(await keys(`positionByKey(key: "king") { timeline(validAt: "1894-05-02") { nodes { key } } }`)).toEqual([
    "rudolf-king",
    "borduria-rudolf",
    "syldavia-neutral",
  ]);
});

test("the timeline of a place has what took place there, and not what took place around it", async () => {
  expect(await keys(`placeByKey(key: "zenda-bridge") { timeline { nodes { key } } }`)).toEqual(["bridge-closed"]);
  expect(await keys(`placeByKey(key: "zenda") { timeline { nodes { key } } }`)).toEqual([]);
});

test("field by field, the timelines of a dozen actors take as few statements as that of one, and one for each kind in them", async () => {
  const unplanned = openRecord(database.url, null);
  const statements = watchStatements(unplanned.db);
  await unplanned.ask("{ actors { nodes { timeline { nodes { status } totalCount byMonth { count } } } } }");
  // Actors, timelines, their counts, and six kinds; the counts once more for the one whose timeline is empty.
  expect(statements).toHaveLength(1 + 1 + 2 + 6 + 2);
  await unplanned.close();
});

describe("the note of what an assertion concerns", () => {
  test("is kept of every link that leads from a part of an assertion to a thing", async () => {
    const things = ["Actor", "Position", "Place", "SanctionsProgramme"];
    const links = modelNames()
      .filter((model) => "assertionId" in modelMeaning(model).fields)
      .flatMap((model) =>
        Object.values(modelMeaning(model).fields)
          .filter(({ type, from }) => things.includes(type) && from?.length)
          .map(({ from }) => `${modelMeaning(model).table}.${fieldMeaning(model, from![0]!).column}`),
      );
    const { rows } = await record.db.pool.query<{ link: string }>(
      `select tgrelid::regclass || '.' || unnest(string_to_array(rtrim(encode(tgargs, 'escape'), '\\000'), '\\000')) "link"
       from pg_trigger where tgfoid = 'chancery_concern'::regproc and tgenabled = 'A'`,
    );
    expect(rows.map(({ link }) => link).sort()).toEqual(links.sort());
  });

  test("cannot be rewritten", async () => {
    await expect(record.db.pool.query("delete from concern")).rejects.toThrow("permission denied");
  });
});
