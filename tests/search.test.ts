import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importDossier } from "../src/formats/dossier/import-dossier.ts";
import { inChangeSet } from "../src/record/change-set.ts";
import { amendPositions } from "../src/record/position.ts";
import { foldName } from "../src/values/fold.ts";
import type { TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";
import { cloneSuccession } from "./support/succession.ts";
import { watchStatements } from "./support/watched.ts";

/** Taken into the record a day after the succession. */
const later = `dossier: 1
crisis: { key: klow-1939, title: Sceptre of Ottokar, summary: A sceptre is stolen., states: [state-sy] }
places:
  - { key: klow, name: Klow, kind: CITY, states: [state-sy] }
actors:
  - { key: state-sy, kind: STATE, name: Syldavian kingdom }
  - key: muskar
    kind: PERSON
    name: Muskar Ottokarović
    names:
      - { text: Мускар Оттокарович, language: ru, script: Cyrl, kind: TRANSLITERATION }
      - { text: The Pelican, kind: ALIAS }
      - { text: محمود شاه, language: ar, script: Arab, kind: TRANSLITERATION }
  - { key: other-muskar, kind: PERSON, name: Muskar Radić }
  - { key: staszrvitch, kind: PERSON, name: Władysław Staszrvitch }
  - { key: gendarmes, kind: COLLECTIVE, name: Gendarmes of Muskar, state: state-sy }
`;

let database: TestDatabase;
let record: TestRecord;
beforeAll(async () => {
  database = await cloneSuccession();
  record = openRecord(database.url);
  const at = new Date("2026-01-06T12:00:00.000Z");
  await importDossier(record.db, later, { folder: ".", author: "Hergé", at });
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

interface Hit {
  readonly node: { readonly __typename: string; readonly key?: string; readonly exact?: string };
  readonly part: string;
  readonly matched: string;
  readonly score: number;
}

const shown =
  "nodes { node { __typename ... on Actor { key } ... on Assertion { key } ... on Passage { exact } } part matched score }";

async function hits(query: string, { args = "", view = "" } = {}): Promise<readonly Hit[]> {
  const search = `search(query: $query, first: 100 ${args}) { totalCount ${shown} }`;
  const asked = view === "" ? search : `record(asOf: { ${view} }) { ${search} }`;
  const { data, errors } = await record.ask(`query ($query: String!) { ${asked} }`, { query });
  expect([query, errors]).toEqual([query, undefined]);
  const found = (data as { record?: object } | null)?.record ?? data;
  const { totalCount, nodes } = (found as { search: { totalCount: number; nodes: Hit[] } }).search;
  expect(totalCount).toBe(nodes.length);
  return nodes;
}

async function found(query: string, options = {}): Promise<string[]> {
  return (await hits(query, options)).map(({ node }) => node.key ?? node.exact ?? node.__typename);
}

async function refusal(query: string, variables: object) {
  const { errors } = await record.ask(query, variables);
  expect(record.faults).toEqual([]);
  return { code: errors?.[0]?.extensions?.["code"], message: errors?.[0]?.message };
}

describe("an actor is found", () => {
  test.each([
    ["its name", "Muskar Ottokarović"],
    ["its name in other letters", "MUSKAR OTTOKAROVIC"],
    ["its words in another order", "ottokarovic, muskar"],
    ["the beginnings of its words", "musk ottok"],
    ["a word spelt otherwise", "Muskar Ottokarovitch"],
    ["two letters that changed places", "Muskar Ottokraovic"],
    ["an alias", "pelican"],
    ["its name in another script", "Мускар Оттокарович"],
    ["a name that begins so", "muskar o"],
    ["a name written from right to left", "محمود"],
  ])("by %s", async (_what, query) => {
    expect((await found(query, { args: "types: [PERSON]" }))[0]).toBe("muskar");
  });

  test("by a name in one script where only one in another is asked for", async () => {
    expect(await found("Радич")).toEqual(["other-muskar"]);
  });

  test("by a letter that has no plain one beneath its mark", async () => {
    expect(await found("wladyslaw")).toEqual(["staszrvitch"]);
  });

  test("once, by the nearest of its names, and before those that say more", async () => {
    const [first, second, ...others] = await hits("muskar");
    expect(first).toMatchObject({ node: { key: "muskar" }, part: "NAME", score: 0.8 });
    expect(second).toMatchObject({ node: { key: "other-muskar" }, matched: "Muskar Radić", score: 0.8 });
    expect(others.map(({ node }) => node.key)).toEqual(["gendarmes"]);
    expect((await hits("Muskar Radic"))[0]).toMatchObject({ node: { key: "other-muskar" }, score: 1 });
  });

  test("only where all words are in one of its names", async () => {
    expect(await found("Pelican Radić")).toEqual([]);
    expect(await found("Muskar Zorrino")).toEqual([]);
  });
});

test("facts, passages, offices, places, documents and crises are found by their words", async () => {
  const sorts = async (query: string) =>
    Object.fromEntries((await hits(query)).map(({ node, part, matched }) => [`${node.__typename} ${part}`, matched]));
  expect(await sorts("king")).toMatchObject({
    "Utterance EXACT": expect.stringMatching(/king/) as string,
    "Position TITLE": "King of Ruritania",
    "Document TITLE": expect.stringContaining("ing") as string,
    "Passage EXACT": expect.stringMatching(/king/i) as string,
  });
  expect(await sorts("bridge")).toMatchObject({
    "Event TITLE": "Guards close the bridge",
    "Place NAME": "Bridge of Zenda",
  });
  expect(await sorts("throne")).toMatchObject({ "Utterance PARAPHRASE": "The throne is filled" });
  expect(await sorts("succesion")).toMatchObject({ "Crisis TITLE": "Ruritanian succession" });
});

test("only the sorts that are asked for are found", async () => {
  const types = async (args: string) => new Set((await hits("king", { args })).map(({ node }) => node.__typename));
  expect(await types("types: [POSITION, UTTERANCE]")).toEqual(new Set(["Position", "Utterance"]));
  expect(await types("types: []")).toEqual(new Set());
});

test("in a crisis only its facts, what they concern and what they rest on are found", async () => {
  const { data } = await record.ask(
    `{ r: crisisByKey(key: "ruritania-1894") { id } k: crisisByKey(key: "klow-1939") { id } }`,
  );
  const { r, k } = data as { r: { id: string }; k: { id: string } };
  const king = await found("king");
  expect(king.length).toBeGreaterThan(3);
  expect((await found("king", { args: `crisis: "${r.id}"` })).toSorted()).toEqual(
    king.filter((each) => each !== "state-sy").toSorted(),
  );
  expect(await found("king", { args: `crisis: "${k.id}"` })).toEqual([]);
  expect(await found("antoinette", { args: `types: [PERSON], crisis: "${r.id}"` })).toEqual(["antoinette"]);
  expect(await found("muskar", { args: `crisis: "${r.id}"` })).toEqual([]);
  expect(
    await refusal('query($c: ID!) { search(query: "x", crisis: $c) { totalCount } }', { c: "Person:1" }),
  ).toMatchObject({ code: "BAD_USER_INPUT" });
});

describe("what the view does not show is not found", () => {
  test("by the clock of recording: names, places and facts that were taken in later", async () => {
    const view = `knownAt: "2026-01-05T13:00:00Z", knownBy: RECORDED`;
    expect(await found("muskar", { view })).toEqual([]);
    expect(await found("antoinette", { view, args: "types: [PERSON]" })).toEqual(["antoinette"]);
    expect(await found("king", { view: `knownAt: "2026-01-05T11:00:00Z", knownBy: RECORDED` })).toEqual([]);
  });

  test("by the clock of reports: what no paper had said yet", async () => {
    const view = `knownAt: "1894-05-31T00:00:00Z"`;
    expect(await found("bridge guards", { view })).toEqual([]);
    expect(await found("bridge guards")).toEqual(["bridge-closed", "his guards closed the bridge of Zenda"]);
    expect(await found("rudolf crowned", { view })).toEqual(["Rudolf was crowned king on Tuesday"]);
    expect(await found("two kings", { view, args: "types: [DOCUMENT]" })).toEqual([]);
    expect(await found("two kings", { args: "types: [DOCUMENT]" })).toEqual(["Document"]);
  });

  test("by the day: facts that did not hold on it", async () => {
    expect(await found("envoy", { view: `validAt: "1894-05-20"`, args: "types: [EVENT]" })).toEqual([
      "envoy-meets-rudolf",
    ]);
    expect(await found("envoy", { view: `validAt: "1894-05-21"`, args: "types: [EVENT]" })).toEqual([]);
  });
});

test("a thing that was amended is found by what it was called at the moment looked at", async () => {
  const { data } = await record.ask(`{ positionByKey(key: "chancellor") { id } }`);
  const id = (data as { positionByKey: { id: string } }).positionByKey.id.replace("Position:", "");
  const at = new Date("2026-01-07T12:00:00.000Z");
  await inChangeSet(record.db, { author: "Hergé", reason: "The office has another name.", at }, (tx, set) =>
    amendPositions(tx, set, [{ id, change: { title: "Lord Keeper of Ruritania" } }]),
  );
  const then = `knownAt: "2026-01-06T13:00:00Z", knownBy: RECORDED`;
  expect(await found("lord keeper")).toEqual(["Position"]);
  expect(await found("lord keeper", { view: then })).toEqual([]);
  expect(await found("chancellor", { args: "types: [POSITION]" })).toEqual([]);
  expect(await found("chancellor", { args: "types: [POSITION]", view: then })).toEqual(["Position"]);
});

describe("a search is read page by page", () => {
  test("forwards and backwards without a gap, the nearest first", async () => {
    const whole = await hits("the");
    expect(whole.length).toBeGreaterThan(8);
    const scores = whole.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    const read = async (size: string, cursor: string, end: string, at: string) => {
      const pages: string[][] = [];
      let place: string | null = null;
      do {
        const text = `query($at: String) { search(query: "the", ${size}: 3, ${cursor}: $at) { totalCount totalCountCapped nodes { matched } edges { cursor } pageInfo { more: ${end} at: ${at} } } }`;
        const { data } = await record.ask(text, { at: place });
        const { search } = data as {
          search: {
            totalCount: number;
            totalCountCapped: boolean;
            nodes: Hit[];
            pageInfo: { more: boolean; at: string };
          };
        };
        expect(search).toMatchObject({ totalCount: whole.length, totalCountCapped: false });
        pages.push(search.nodes.map(({ matched }) => matched));
        place = search.pageInfo.more ? search.pageInfo.at : null;
      } while (place !== null);
      return size === "first" ? pages.flat() : pages.toReversed().flat();
    };
    expect(await read("first", "after", "hasNextPage", "endCursor")).toEqual(whole.map(({ matched }) => matched));
    expect(await read("last", "before", "hasPreviousPage", "startCursor")).toEqual(whole.map(({ matched }) => matched));
  });

  test("and a cursor opens no other search", async () => {
    const { data } = await record.ask(`{ search(query: "the", first: 1) { pageInfo { endCursor } } }`);
    const after = (data as { search: { pageInfo: { endCursor: string } } }).search.pageInfo.endCursor;
    const other = (args: string) =>
      refusal(`query($after: String) { search(${args}, after: $after) { totalCount } }`, { after });
    expect(await other(`query: "the"`)).toEqual({ code: undefined, message: undefined });
    for (const args of [`query: "king"`, `query: "the", types: [EVENT]`]) {
      expect(await other(args)).toMatchObject({ code: "INVALID_CURSOR" });
    }
  });
});

describe("a search for anything at all is answered or refused in words", () => {
  const search = "query($query: String!) { search(query: $query) { totalCount nodes { score } } }";

  test.each(["", "   ", "%", "_", "—“”!?", "\u{1F1FB}\u{1F1EA}\u{1F600}", "\u200b", "'; --"])(
    "%j has no word",
    async (query) => {
      expect(await refusal(search, { query })).toEqual({
        code: "BAD_USER_INPUT",
        message: "query holds no word to look for; give letters or digits, such as part of a name.",
      });
    },
  );

  test("ten thousand characters are too many, and half a character is none", async () => {
    const long = await refusal(search, { query: "king ".repeat(2_000) });
    expect(long).toEqual({ code: "BAD_USER_INPUT", message: "query has 10000 characters; it may have 200 at most." });
    expect(await refusal(search, { query: "king \ud83d" })).toMatchObject({ code: "INVALID_TEXT" });
    expect(await refusal(search, { query: "king\0" })).toMatchObject({ code: "INVALID_TEXT" });
  });

  test.each([
    ["a sign of LIKE", "k%ng k_ng"],
    ["a regular expression", "(a+)+$"],
    ["a query of full text", "king | queen & !x:*"],
    ["backslashes", "\\king\\"],
    ["quotation marks", "a' & 'b"],
    ["a mark of direction", "\u202eking"],
    ["a letter that unfolds to eighteen, two hundred times", "ﷺ".repeat(200)],
    ["a hundred words", "a ".repeat(100)],
    ["one word of two hundred letters", "ab".repeat(100)],
    ["a number", "1894"],
    ["loose accents", "e\u0301".repeat(100)],
  ])("%s is answered", async (_what, query) => {
    const { errors } = await record.ask(search, { query });
    expect([errors, record.faults]).toEqual([undefined, []]);
  });
});

test("field by field, a search is one statement, and one for each sort of what is shown of it", async () => {
  const unplanned = openRecord(database.url, null);
  const statements = watchStatements(unplanned.db);
  await unplanned.ask(`{ search(query: "antoinette", types: [PERSON]) { nodes { node { id } } } }`);
  expect(statements).toHaveLength(2);
  await unplanned.close();
});

test("the database folds a text as the program does, of every letter that both know", async () => {
  const texts: string[] = [];
  for (let code = 1; code < 0x1_0000; code += 1) {
    const letter = String.fromCodePoint(code);
    // Latin letters that Unicode took in only lately, which a database may know before the program, or after.
    const young = code >= 0xa7cb && code <= 0xa7f1;
    if (!young && !/\p{Cn}|\p{Cs}/u.test(letter)) texts.push(`x${letter}Y ${letter}`);
  }
  const { rows } = await record.db.pool.query<{ text: string; folded: string }>(
    `select t "text", chancery_fold(t) "folded" from unnest($1::text[]) t`,
    [texts],
  );
  expect(rows).toHaveLength(texts.length);
  expect(rows.filter(({ text, folded }) => folded !== foldName(text))).toEqual([]);
});
