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

async function keys(list: string): Promise<string[]> {
  const { data, errors } = await record.ask(`{ ${list} }`);
  expect(errors).toBeUndefined();
  return [...JSON.stringify(data).matchAll(/"key":"([^"]+)"/g)].map((match) => match[1]!).sort();
}

const timeline = (filter: string) => `timeline(first: 100, filter: { ${filter} }) { nodes { key } }`;

describe("what rests on one source", () => {
  test("is told from what several documents support", async () => {
    expect(await keys(timeline("onOneSource: false"))).toEqual(["borduria-rudolf"]);
    expect(await keys(`recognitions(filter: { onOneSource: true }) { nodes { key } }`)).toEqual([
      "borduria-michael",
      "gallia-michael",
      "syldavia-neutral",
    ]);
  });

  test("is counted by the documents known at the moment looked at", async () => {
    const list = `recognitions(filter: { onOneSource: true }) { nodes { key } }`;
    expect(await keys(`record(asOf: { knownAt: "1894-05-31T00:00:00Z" }) { ${list} }`)).toEqual(["borduria-rudolf"]);
  });
});

describe("what rests on an unnamed speaker", () => {
  test("has a collective or mere words among those who say it", async () => {
    expect(await keys(timeline("onUnnamedSpeaker: true"))).toEqual(["crowd-cries", "envoy-meets-rudolf"]);
    expect(await keys(`utterances(filter: { onUnnamedSpeaker: false }) { nodes { key } }`)).toEqual([
      "court-declares",
      "envoy-speaks",
      "rudolf-speaks",
    ]);
  });
});

describe("what rests on a party to the dispute", () => {
  test("is said by a rival for a contested office, or by a body or crowd of the state concerned", async () => {
    expect(await keys(timeline("onParty: true"))).toEqual([
      "court-declares",
      "crowd-cries",
      "michael-king",
      "rudolf-speaks",
    ]);
  });

  test("is not what the holder of an uncontested office says", async () => {
    expect(await keys(`events(filter: { onParty: false }) { nodes { key } }`)).toEqual([
      "bridge-closed",
      "envoy-meets-rudolf",
    ]);
  });

  test("depends on whether the office was known to be contested", async () => {
    const list = `utterances(filter: { onParty: true }) { nodes { key } }`;
    expect(await keys(`record(asOf: { knownAt: "1894-05-31T00:00:00Z" }) { ${list} }`)).toEqual(["crowd-cries"]);
  });
});

test("true, false and their denials share out the list", async () => {
  const all = await keys(timeline(""));
  for (const field of ["onOneSource", "onUnnamedSpeaker", "onParty"]) {
    const [yes, no, notYes] = [
      await keys(timeline(`${field}: true`)),
      await keys(timeline(`${field}: false`)),
      await keys(timeline(`not: { ${field}: true }`)),
    ];
    expect([...yes, ...no].sort()).toEqual(all);
    expect(notYes).toEqual(no);
  }
});

test("null is refused, and the refusal says what would be right", async () => {
  const { errors } = await record.ask(`{ ${timeline("onParty: null")} }`);
  expect(errors?.[0]).toMatchObject({
    message: expect.stringContaining("filter.onParty is null; leave it out") as string,
    extensions: { code: "BAD_USER_INPUT" },
  });
});

test("each can be asked below an actor, an office and a place", async () => {
  expect(await keys(`personByKey(key: "rudolf") { ${timeline("onParty: true")} }`)).toEqual(["rudolf-speaks"]);
  expect(await keys(`positionByKey(key: "king") { ${timeline("onOneSource: false")} }`)).toEqual(["borduria-rudolf"]);
  expect(await keys(`placeByKey(key: "zenda-bridge") { ${timeline("onUnnamedSpeaker: false")} }`)).toEqual([
    "bridge-closed",
  ]);
});
