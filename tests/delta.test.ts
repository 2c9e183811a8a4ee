import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importDossier } from "../src/formats/dossier/import-dossier.ts";
import type { TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";
import { cloneSuccession, succession } from "./support/succession.ts";

let database: TestDatabase;
let record: TestRecord;

/** The dossier as it was put right a month later: another stance of Gallia's, and no envoy who met Rudolf. */
const corrected = succession
  .replace(
    "claimant: michael, position: king, stance: RECOGNISES }",
    "claimant: michael, position: king, stance: SUPPORTS_WITHOUT_RECOGNISING }",
  )
  .replace("  - key: envoy-meets-rudolf\n", "  - key: envoy-meets-rudolf\n    retracted: The courtier made it up.\n");

beforeAll(async () => {
  database = await cloneSuccession();
  record = openRecord(database.url);
  await importDossier(record.db, corrected, {
    folder: ".",
    author: "Anthony Hope",
    at: new Date("2026-02-05T12:00:00.000Z"),
  });
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

interface Found {
  readonly change: string;
  readonly key: string;
  readonly changedFields: readonly string[];
}

async function delta(args: string, fields = "change key changedFields") {
  const { data, errors } = await record.ask(`{ delta(${args}) { nodes { ${fields} } } }`);
  expect(errors).toBeUndefined();
  return (data as { delta: { nodes: Found[] } }).delta.nodes;
}

const reported = (from: string, to: string, rest = "") =>
  `from: "${from}T00:00:00Z", to: "${to}T00:00:00Z", by: REPORTED, first: 50${rest}`;
const recorded = (from: string, to: string, rest = "") =>
  `from: "${from}T00:00:00Z", to: "${to}T00:00:00Z", by: RECORDED, first: 50${rest}`;

describe("between two moments of reporting", () => {
  test("the record gains what the Gazette told", async () => {
    expect(
      (await delta(reported("1894-05-01", "1894-05-31"))).map(({ change, key }) => `${change} ${key}`).sort(),
    ).toEqual(["GAINED borduria-rudolf", "GAINED crowd-cries", "GAINED rudolf-king", "GAINED rudolf-speaks"]);
  });

  test("what the Courier updated is changed, and what it told anew is gained, in order of the days it is about", async () => {
    expect(await delta(reported("1894-06-30", "1894-07-02"))).toEqual([
      { change: "GAINED", key: "borduria-michael", changedFields: [] },
      { change: "CHANGED", key: "syldavia-neutral", changedFields: ["confidence", "evidence", "stance"] },
    ]);
  });

  test("further evidence for what was known already is a change of its evidence alone", async () => {
    const changed = await delta(
      reported("1894-05-31", "1894-06-30", ", filter: { assertionKind: { eq: RECOGNITION } }"),
    );
    expect(changed.filter(({ key }) => key === "borduria-rudolf")).toEqual([
      { change: "CHANGED", key: "borduria-rudolf", changedFields: ["evidence"] },
    ]);
  });

  test("before and after are seen each at its own moment, at any depth", async () => {
    const versions = `before { ...seen } after { ...seen } }} } fragment seen on Recognition {
      stance evidence { passage { capture { document { key } } } } recogniser { recognitionsGiven { nodes { stance } } }`;
    const { data, errors } = await record.ask(
      `{ delta(${reported("1894-06-30", "1894-07-02", ", filter: { assertionKind: { eq: RECOGNITION } }")}) { nodes { key ${versions} }`,
    );
    expect(errors).toBeUndefined();
    const seen = (stance: string, document: string) => ({
      stance,
      evidence: [{ passage: { capture: { document: { key: document } } } }],
      recogniser: { recognitionsGiven: { nodes: [{ stance }] } },
    });
    expect((data as { delta: { nodes: unknown[] } }).delta.nodes[1]).toEqual({
      key: "syldavia-neutral",
      before: seen("NEUTRAL", "herald"),
      after: seen("NO_STATEMENT", "courier"),
    });
  });
});

describe("between two moments of recording", () => {
  test("a correction is a change and a retraction a loss", async () => {
    expect(
      await delta(
        recorded("2026-01-06", "2026-02-06"),
        "change key assertionKind changedFields before { key } after { key }",
      ),
    ).toEqual([
      {
        change: "LOST",
        key: "envoy-meets-rudolf",
        assertionKind: "EVENT",
        changedFields: [],
        before: { key: "envoy-meets-rudolf" },
        after: null,
      },
      {
        change: "CHANGED",
        key: "gallia-michael",
        assertionKind: "RECOGNITION",
        changedFields: ["stance"],
        before: { key: "gallia-michael" },
        after: { key: "gallia-michael" },
      },
    ]);
  });

  test("the first import gains every record, and nothing has changed since the last", async () => {
    const { data } = await record.ask(`{
      all: delta(${recorded("2026-01-05", "2026-01-06")}) { totalCount totalCountCapped nodes { change } }
      none: delta(${recorded("2026-02-06", "2026-11-24")}) { totalCount nodes { key } } }`);
    const { all, none } = data as Record<"all" | "none", { totalCount: number; nodes: Found[] }>;
    expect(all).toMatchObject({ totalCount: 18, totalCountCapped: false });
    expect(new Set(all.nodes.map(({ change }) => change))).toEqual(new Set(["GAINED"]));
    expect(none).toEqual({ totalCount: 0, nodes: [] });
  });
});

test("an unaltered version that an update carried over is no change", async () => {
  const updated = corrected.replace(
    'Rudolf was crowned king on Tuesday" }]\n',
    `Rudolf was crowned king on Tuesday" }]
    updates:
      - valid: { start: 1894-05-01, end: 1894-06-30 }
        occupancy: { holder: rudolf, position: king, capacity: INCUMBENT, claimType: DE_JURE }
        evidence: [{ document: courier, quote: Borduria has turned to Michael }]
`,
  );
  const at = new Date("2026-03-05T12:00:00.000Z");
  await importDossier(record.db, updated, { folder: ".", author: "Anthony Hope", at });
  const { rows } = await record.db.pool.query(`select count(*)::int "count" from assertion where change = 'CARRIED'`);
  expect(rows).toEqual([{ count: 1 }]);
  expect(await delta(reported("1894-05-03", "1894-06-09"))).toEqual([]);
  expect(await delta(recorded("2026-03-04", "2026-03-06"))).toEqual([
    { change: "CHANGED", key: "rudolf-king", changedFields: ["evidence", "valid"] },
  ]);
});

test("page after page gives every change once, forwards and backwards", async () => {
  const pages = async (size: string, cursor: string, more: string, at: string) => {
    const found: string[] = [];
    let from: string | null = null;
    do {
      const { data, errors } = await record.ask(
        `query($at: String) { delta(from: "1894-01-01T00:00:00Z", to: "1894-12-31T00:00:00Z", by: REPORTED, ${size}: 5, ${cursor}: $at) { nodes { key } pageInfo { more: ${more} at: ${at} } } }`,
        { at: from },
      );
      expect(errors).toBeUndefined();
      const page = (data as { delta: { nodes: Found[]; pageInfo: { more: boolean; at: string } } }).delta;
      const keys = page.nodes.map(({ key }) => key);
      if (size === "first") found.push(...keys);
      else found.unshift(...keys);
      from = page.pageInfo.more ? page.pageInfo.at : null;
    } while (from);
    return found;
  };
  const forwards = await pages("first", "after", "hasNextPage", "endCursor");
  expect(new Set(forwards).size).toBe(17);
  expect(forwards).toHaveLength(17);
  expect(await pages("last", "before", "hasPreviousPage", "startCursor")).toEqual(forwards);
});

test("a first moment after the second is refused", async () => {
  const { errors } = await record.ask(`{ delta(${reported("1894-07-01", "1894-06-01")}) { nodes { key } } }`);
  expect(errors?.[0]).toMatchObject({
    message: "from is later than to; give the earlier moment as from.",
    extensions: { code: "BAD_USER_INPUT" },
  });
});
