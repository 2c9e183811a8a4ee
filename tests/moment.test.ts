import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { importDossier } from "../src/formats/dossier/import-dossier.ts";
import { inChangeSet } from "../src/record/change-set.ts";
import { newUuid } from "../src/values/ids.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
beforeEach(async () => {
  database = await cloneDatabase();
  record = openRecord(database.url);
});
afterEach(async () => {
  await record.close();
  await database.drop();
});

const document = (n: number) => `
  - { key: d${n}, title: Gazette ${n}, publisher: P, kind: ARTICLE, language: en, published: 2019-0${n}-01, licence: MIT,
      textPublic: true, capture: { mediaType: text/plain, capturedAt: 2019-12-01T00:00:00Z, text: Words of d${n} here } }`;
const base = `
dossier: 1
crisis: { key: c, title: C, summary: S, states: [gal] }
documents:${[1, 2, 3, 4].map(document).join("")}
actors:
  - { key: gal, kind: STATE, name: Gallia }
  - { key: bor, kind: STATE, name: Borussia }
  - { key: aa, kind: PERSON, name: Anna }
  - { key: bb, kind: PERSON, name: Bruno }
positions:
  - { key: king, title: King, state: gal, seats: 1 }
assertions:
`;
const from = (n: number) => `evidence: [{ document: d${n}, quote: Words of d${n} here }]`;
const enter = (assertions: string) => importDossier(record.db, base + assertions, { folder: ".", author: "a test" });
const at = (month: number) => `record(asOf: { knownAt: "2019-0${month}-15T00:00:00Z" })`;

async function ask<T>(query: string): Promise<T> {
  const { data, errors } = await record.ask(query);
  expect(errors).toBeUndefined();
  return data as T;
}

/** Something to wait at until it is opened. */
function gate(): { passed: Promise<unknown>; open: () => void } {
  let open: () => void = () => {
    throw new Error("opened before it was made");
  };
  const passed = new Promise((resolve) => {
    open = () => {
      resolve(undefined);
    };
  });
  return { passed, open };
}

const meeting = (partOf?: string) =>
  `event: { title: t, eventKind: MEETING, status: OCCURRED${partOf === undefined ? "" : `, partOf: ${partOf}`} }`;
const claim = (key: string, holder: string, start: string, end: string, rest = from(1)) =>
  `  - { key: ${key}, kind: OCCUPANCY, occupancy: { holder: ${holder}, position: king, capacity: CLAIMED, claimType: ASSERTED }, valid: { start: ${start}, end: ${end} }, ${rest} }\n`;
const speech = (key: string, speaker: string) =>
  `  - { key: ${key}, kind: UTTERANCE, utterance: { speaker: ${speaker}, paraphrase: words, said: 2019-01-20, channel: SPEECH }, ${from(1)} }\n`;

describe("an event that would be part of itself", () => {
  test("only by a report in the middle is refused", async () => {
    const middle = `  - { key: a, kind: EVENT, ${meeting()}, ${from(1)}, updates: [{ ${meeting("a")}, ${from(2)} }, { ${meeting()}, ${from(3)} }] }\n`;
    await expect(enter(middle)).rejects.toThrow(/part of itself/);
  });

  test("by two events in turn is refused, also over two imports", async () => {
    await enter(
      `  - { key: p, kind: EVENT, ${meeting()}, ${from(1)} }\n  - { key: ch, kind: EVENT, ${meeting("p")}, ${from(1)} }\n`,
    );
    const turned = `  - { key: p, kind: EVENT, ${meeting()}, ${from(1)}, updates: [{ ${meeting("ch")}, ${from(2)} }, { ${meeting()}, ${from(3)} }] }\n`;
    await expect(enter(turned)).rejects.toThrow(/part of itself/);
  });

  test("no longer is, once the dossier turns the two about", async () => {
    await enter(
      `  - { key: p, kind: EVENT, ${meeting()}, ${from(1)} }\n  - { key: ch, kind: EVENT, ${meeting("p")}, ${from(1)} }\n`,
    );
    await enter(
      `  - { key: p, kind: EVENT, ${meeting("ch")}, ${from(1)} }\n  - { key: ch, kind: EVENT, ${meeting()}, ${from(1)} }\n`,
    );
    const { events } = await ask<{ events: { nodes: object[] } }>("{ events { nodes { key partOf { key } } } }");
    expect(events.nodes).toContainEqual({ key: "p", partOf: { key: "ch" } });
  });
});

test("a record is shown as withdrawn in the version that its latest report gave it", async () => {
  const recognition = (stance: string) =>
    `recognition: { recogniser: gal, claimant: aa, position: king, stance: ${stance} }`;
  const life = (first: string, end = "") =>
    `  - { key: rr, kind: RECOGNITION, ${recognition(first)}, ${from(1)}, updates: [{ ${recognition("WITHDRAWN")}, ${from(2)} }]${end} }\n`;
  await enter(life("RECOGNISES"));
  await enter(life("NEUTRAL"));
  const { recognitions } = await ask<{ recognitions: { nodes: { id: string }[] } }>(
    "{ recognitions { nodes { id } } }",
  );
  await enter(life("NEUTRAL", ", retracted: it was never so"));
  const { history } = await ask<{ history: { change: string; assertion: object }[] }>(
    `{ history(id: "${recognitions.nodes[0]!.id}") { change assertion { ... on Recognition { stance } } } }`,
  );
  expect(history.at(-1)).toEqual({ change: "RETRACTED", assertion: { stance: "WITHDRAWN" } });
});

describe("rivals for a single day", () => {
  test("are parties to the dispute", async () => {
    await enter(
      claim("oa", "aa", "2019-01-01", "2019-01-31") +
        claim("ob", "bb", "2019-01-10", "2019-01-10") +
        speech("sa", "aa") +
        speech("sb", "bb"),
    );
    const { party, others, positionByKey } = await ask<
      Record<"party" | "others", { nodes: { key: string }[] }> & { positionByKey: { contests: object[] } }
    >(
      `{ party: utterances(filter: { onParty: true }) { nodes { key } } others: utterances(filter: { onParty: false }) { nodes { key } }
         positionByKey(key: "king") { contests { from to } } }`,
    );
    expect(positionByKey.contests).toEqual([{ from: "2019-01-10", to: "2019-01-10" }]);
    expect(party.nodes.map(({ key }) => key).sort()).toEqual(["sa", "sb"]);
    expect(others.nodes).toEqual([]);
  });

  test("who hand over on it are none", async () => {
    await enter(
      claim("oa", "aa", "2019-01-01", "2019-01-10") +
        claim("ob", "bb", "2019-01-10", "2019-01-31") +
        speech("sa", "aa"),
    );
    const { party, positionByKey } = await ask<{ party: { nodes: object[] }; positionByKey: object }>(
      '{ party: utterances(filter: { onParty: true }) { nodes { key } } positionByKey(key: "king") { contests { from } } }',
    );
    expect([party.nodes, positionByKey]).toEqual([[], { contests: [] }]);
  });
});

test("parties to the dispute are those whom the contests name, in 250 offices", async () => {
  const days = fc.integer({ min: 1, max: 6 });
  const tenure = fc.record({
    holder: fc.integer({ min: 0, max: 2 }),
    start: days,
    length: fc.integer({ min: 0, max: 4 }),
  });
  const office = fc.record({
    seats: fc.integer({ min: 1, max: 2 }),
    tenures: fc.array(tenure, { minLength: 1, maxLength: 4 }),
  });
  const seed = 20190123;
  const offices = fc.sample(office, { numRuns: 250, seed });
  const people = offices.flatMap((_, i) =>
    [0, 1, 2].map((n) => `  - { key: p${i}-${n}, kind: PERSON, name: P${i} ${n} }`),
  );
  const posts = offices.map(({ seats }, i) => `  - { key: o${i}, title: Office ${i}, state: gal, seats: ${seats} }`);
  const held = offices.flatMap(({ tenures }, i) =>
    tenures.map(({ holder, start, length }, n) => {
      const [from_, to] = [start, start + length].map((day) => `2019-01-${String(day).padStart(2, "0")}`);
      return `  - { key: t${i}-${n}, kind: OCCUPANCY, occupancy: { holder: p${i}-${holder}, position: o${i}, capacity: CLAIMED, claimType: ASSERTED }, valid: { start: ${from_}, end: ${to} }, ${from(1)} }`;
    }),
  );
  const speeches = offices.flatMap((_, i) => [0, 1, 2].map((n) => speech(`s${i}-${n}`, `p${i}-${n}`).trimEnd()));
  const text =
    base.replace("positions:", `${people.join("\n")}\npositions:\n${posts.join("\n")}`) +
    [...held, ...speeches].join("\n");
  await importDossier(record.db, text, { folder: ".", author: "a test" });

  const keys = (found: unknown) =>
    [...JSON.stringify(found).matchAll(/"key":"(p[^"]+)"/g)].map((match) => match[1] ?? "");
  const all = async (list: string) => {
    const found = new Set<string>();
    let page: { pageInfo: { hasNextPage: boolean; endCursor: string | null } } | undefined;
    do {
      const after = page === undefined ? "" : `, after: "${page.pageInfo.endCursor ?? ""}"`;
      const data = await ask<{ list: NonNullable<typeof page> }>(`{ list: ${list.replace("AFTER", after)} }`);
      page = data.list;
      for (const key of keys(page)) found.add(key);
    } while (page.pageInfo.hasNextPage);
    return found;
  };
  const paged = "pageInfo { hasNextPage endCursor }";
  const rivals = await all(
    `positions(first: 100 AFTER) { ${paged} nodes { contests { occupancies { holder { key } } } } }`,
  );
  const parties = await all(
    `utterances(first: 100, filter: { onParty: true } AFTER) { ${paged} nodes { speaker { key } } }`,
  );
  expect(rivals.size).toBeGreaterThan(50);
  expect([...parties].sort(), `seed ${seed}`).toEqual([...rivals].sort());
});

test("what a program put forward contests nothing and recognises nobody until it is taken in", async () => {
  const proposed = "status: PROPOSED, extractor: { kind: MODEL, name: m, version: v1 }, reported: 2019-01-05T00:00:00Z";
  await enter(
    claim("oa", "aa", "2019-01-01", "2019-12-31") +
      claim("pp", "bb", "2019-01-01", "2019-12-31", proposed) +
      `  - { key: pr, kind: RECOGNITION, recognition: { recogniser: gal, claimant: aa, position: king, stance: RECOGNISES }, ${proposed} }\n`,
  );
  const { positionByKey } = await ask<{ positionByKey: object }>(
    '{ positionByKey(key: "king") { contest(validAt: "2019-06-01") { certainty } recognitionsByStance { count } } }',
  );
  expect(positionByKey).toEqual({ contest: null, recognitionsByStance: [] });
});

test("a tally names by its own day, whatever the day of the view", async () => {
  await enter(
    `  - { key: r, kind: RECOGNITION, recognition: { recogniser: bor, claimant: aa, position: king, stance: RECOGNISES }, valid: { start: 2019-02-04 }, ${from(1)} }
  - { key: t, kind: RECOGNITION_TALLY, recognitionTally: { claimant: aa, position: king, comparator: MORE_THAN, value: 3, scope: countries }, valid: { start: ../2019-02-04 }, ${from(1)} }\n`,
  );
  const fields = "recognitionTallies { nodes { named namedRecognitions { totalCount } } }";
  const data = await ask<Record<string, object>>(
    `{ ${at(4)} { ${fields} } on: record(asOf: { knownAt: "2019-04-15T00:00:00Z", validAt: "2019-01-31" }) { ${fields} } }`,
  );
  const one = { recognitionTallies: { nodes: [{ named: 1, namedRecognitions: { totalCount: 1 } }] } };
  expect(data).toEqual({ record: one, on: one });
});

describe("a contest", () => {
  test("is not certain where two hand over and a third may only have claimed", async () => {
    await enter(
      claim("oa", "aa", "2019-01-01", "2019-01-10") +
        claim("ob", "bb", "2019-01-10", "2019-01-31") +
        claim("oc", "gal", "2019-01-10~", "2019-01-20~"),
    );
    const { positionByKey } = await ask<{ positionByKey: object }>(
      '{ positionByKey(key: "king") { contest(validAt: "2019-01-10") { certainty occupancies { key } } } }',
    );
    expect(positionByKey).toMatchObject({ contest: { certainty: "POSSIBLE" } });
  });
});

describe("a moment of recording", () => {
  test("waits for the change set that is under way, and is the same ever after", async () => {
    await enter(speech("sa", "aa"));
    const [held, under] = [gate(), gate()];
    const writing = inChangeSet(record.db, { author: "a test", reason: "slowly" }, async (tx, set) => {
      under.open();
      await held.passed;
      const rows = [{ id: newUuid(), kind: "PERSON" as const, key: "late", name: "Late", createdIn: set.number }];
      set.enter("actor", rows, (data) => tx.actor.createMany({ data }), 1);
    });
    await under.passed;
    await new Promise((resolve) => setTimeout(resolve, 20));
    const view = `record(asOf: { knownAt: "${new Date().toISOString()}", knownBy: RECORDED }) { people { nodes { key } } }`;
    let answered = false;
    const asked = ask(`{ ${view} }`).then((data) => ((answered = true), data));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(answered).toBe(false);
    held.open();
    await writing;
    expect(await asked).toEqual(await ask(`{ ${view} }`));
  });

  test("leaves half of the connections to others while it waits, however often it is asked about", async () => {
    await enter(speech("sa", "aa"));
    await record.close();
    record = openRecord(database.url, null);
    const [held, under] = [gate(), gate()];
    const writing = inChangeSet(record.db, { author: "a test", reason: "slowly" }, async () => {
      under.open();
      await held.passed;
    });
    await under.passed;
    const view = `record(asOf: { knownAt: "${new Date().toISOString()}", knownBy: RECORDED }) { people { totalCount } }`;
    const asked = ask(`{ ${Array.from({ length: 20 }, (_, n) => `v${n}: ${view}`).join(" ")} }`);
    const { pool } = record.db;
    const taken = () => ({ held: pool.totalCount - pool.idleCount, waiting: pool.waitingCount });
    await expect.poll(() => taken().held).toBeGreaterThan(5);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(taken()).toEqual({ held: 6, waiting: 0 });
    held.open();
    await writing;
    expect(Object.keys((await asked) as object)).toHaveLength(20);
  });

  test("of long ago waits for nobody", async () => {
    await enter(speech("sa", "aa"));
    const slow = inChangeSet(record.db, { author: "a test", reason: "slowly" }, async () => {
      const { record: then } = await ask<{ record: { people: object } }>(
        '{ record(asOf: { knownAt: "2019-01-01T00:00:00Z", knownBy: RECORDED }) { people { totalCount } } }',
      );
      return then;
    });
    expect((await slow).result).toEqual({ people: { totalCount: 0 } });
  });
});

test("there is no way from or to an actor whom the view does not show", async () => {
  await enter(speech("sa", "aa"));
  const nobody = "State:00000000-0000-7000-8000-000000000000";
  const data = await ask(`{ connectionBetween(from: "${nobody}", to: "${nobody}") { cut } }`);
  expect(data).toEqual({ connectionBetween: null });
});
