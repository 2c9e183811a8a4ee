import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDb, type Db } from "../src/db/client.ts";
import { Refusal } from "../src/errors.ts";
import { importDossier } from "../src/formats/dossier/import-dossier.ts";
import type { Problem } from "../src/formats/dossier/problem.ts";
import { readDossier } from "../src/formats/dossier/read-dossier.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";

/** A crisis in miniature: an office, two claimants, a state that recognises one of them, and a bridge. */
const dossier = `dossier: 1
crisis:
  key: ruritania-1894
  title: Ruritanian succession
  summary: Two men claim the throne of Ruritania.
  start: 1894-03
  states: [state-rt]
documents:
  - key: gazette
    title: Two kings
    publisher: Strelsau Gazette
    kind: ARTICLE
    language: en
    published: 1894-05-02
    licence: CC0-1.0
    textPublic: true
    capture:
      mediaType: text/plain
      capturedAt: 2026-01-05T10:00:00Z
      text: |-
        Rudolf was crowned king on Tuesday. “I am the king”, he said.
        Michael holds Zenda and calls himself king. Gallia recognises Michael.
        His guards closed the bridge of Zenda. His guards closed the bridge of Zenda!
places:
  - { key: zenda, name: Zenda, kind: CITY, states: [state-rt] }
  - { key: zenda-bridge, name: Bridge of Zenda, kind: BRIDGE, partOf: zenda, latitude: 48.1, longitude: 16.2, geonames: 77 }
actors:
  - { key: state-rt, kind: STATE, name: Ruritania, iso2: RT, iso3: RTN, identifiers: [{ scheme: wikidata, value: Q9001 }] }
  - { key: gallia, kind: STATE, name: Gallia }
  - { key: rudolf, kind: PERSON, name: Rudolf, names: [{ text: Rodolphe, language: fr, script: Latn, kind: ALIAS }] }
  - { key: michael, kind: PERSON, name: Michael, state: state-rt }
positions:
  - { key: king, title: King of Ruritania, state: state-rt, seats: 1, inception: 1701 }
assertions:
  - key: rudolf-king
    kind: OCCUPANCY
    valid: { start: { edtf: 1894-05-01, text: on Tuesday, basis: RELATIVE_TO_PUBLICATION } }
    occupancy: { holder: rudolf, position: king, capacity: INCUMBENT, claimType: DE_JURE }
    evidence: [{ document: gazette, quote: Rudolf was crowned king on Tuesday, proves: [holder, valid] }]
  - key: gallia-michael
    kind: RECOGNITION
    recognition: { recogniser: gallia, claimant: michael, position: king, stance: RECOGNISES }
    evidence: [{ document: gazette, quote: Gallia recognises Michael }]
  - key: rudolf-speaks
    kind: UTTERANCE
    attribution: [{ words: the Gazette, verb: reported }]
    utterance: { speaker: rudolf, exact: I am the king, said: 1894-05-01, channel: SPEECH, acts: [DESCRIBE], verbatim: true }
    evidence: [{ document: gazette, quote: '"I am the king"' }]
  - key: bridge-closed
    kind: EVENT
    status: DISPUTED
    event:
      title: Guards close the bridge
      eventKind: BLOCKADE
      status: OCCURRED
      places: [zenda-bridge]
      participations: [{ actor: michael, role: ACTOR }]
    evidence:
      - { document: gazette, quote: His guards closed the bridge of Zenda, suffix: "!" }
      - { document: gazette, quote: Michael holds Zenda, role: CONTEXT }
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "chancery-dossier-"));
  mkdirSync(join(folder, "inside"));
  writeFileSync(join(folder, "inside", "latin.txt"), Buffer.from([0x63, 0x61, 0x66, 0xe9]));
  writeFileSync(join(folder, "outside.txt"), "Rudolf was crowned king on Tuesday.");
  symlinkSync(join(folder, "outside.txt"), join(folder, "inside", "link.txt"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The dossier with one thing written otherwise. */
function changed(from: string | RegExp, to: string, text = dossier): string {
  const after = text.replace(from, to);
  expect(after).not.toBe(text);
  return after;
}

/** What is wrong with a dossier. */
async function problemsOf(work: Promise<unknown>): Promise<readonly Problem[]> {
  const refusal: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(refusal instanceof Refusal)) throw new Error("Nothing was refused.", { cause: refusal });
  expect(refusal.code).toBe("DOSSIER_REFUSED");
  const problems = refusal.details["problems"] as Problem[];
  for (const { line, column, message } of problems) {
    expect(refusal.message).toContain(`${line}:${column}`);
    expect(refusal.message).toContain(message);
  }
  return problems;
}

const capture = / {6}text: \|-\n( {8}.*\n)+/;
const king = "seats: 1, inception: 1701";

describe("a dossier", () => {
  it("says nothing wrong when it is well written", async () => {
    const { assertions, quotations } = await readDossier(dossier, { folder });
    expect([assertions.length, quotations.size]).toEqual([4, 5]);
  });

  it.each<[string, string | RegExp, string, string, RegExp]>([
    ["an indentation that YAML cannot follow", "crisis:\n", "crisis: [\n", "", /^The YAML does not parse/],
    [
      "a field given twice",
      "    kind: ARTICLE\n",
      "    kind: ARTICLE\n    kind: POST\n",
      "documents[0].kind",
      /"kind" is given twice/,
    ],
    ["a field that is missing", "  title: Ruritanian succession\n", "", "crisis", /field title is missing/],
    [
      "a field of another name",
      "publisher:",
      "publsher:",
      "documents[0].publsher",
      /no field "publsher".*"publisher" meant/s,
    ],
    [
      "an assertion that says when it was reported",
      "    status: DISPUTED\n",
      "    reported: 2019-02-07T00:00:00Z\n",
      "assertions[3].reported",
      /documents\[\]\.reported/,
    ],
    [
      "a word that is not known",
      "kind: ARTICLE",
      "kind: ARTICEL",
      "documents[0].kind",
      /"ARTICEL".*one of ARTICLE, POST.*"ARTICLE" meant/s,
    ],
    ["a number where a name is due", "name: Gallia", "name: 1894", "actors[1].name", /quotation marks: "1894"/],
    ["a name that is empty", "name: Gallia", 'name: " "', "actors[1].name", /empty/],
    ["a key that no address can hold", "key: gallia,", "key: Gallia!,", "actors[1].key", /juan-guaido/],
    ["a month that does not exist", "start: 1894-03", "start: 1894-13", "crisis.start", /calendar has no such/],
    ["a date of level 2", "start: 1894-03", "start: 1894-03-01..1894-04", "crisis.start", /EDTF level 0 or 1/],
    [
      "an instant without a zone",
      "2026-01-05T10:00:00Z",
      "2026-01-05T10:00:00",
      "documents[0].capture.capturedAt",
      /no zone/,
    ],
    [
      "two documents of one key",
      "places:\n",
      "  - { key: gazette }\nplaces:\n",
      "documents[1].key",
      /two documents with the key "gazette"/,
    ],
    [
      "a reference that leads nowhere",
      "holder: rudolf",
      "holder: rudolph",
      "assertions[0].occupancy.holder",
      /no actor "rudolph".*"rudolf" meant/s,
    ],
    [
      "an office as holder",
      "holder: rudolf",
      "holder: king",
      "assertions[0].occupancy.holder",
      /"king" is a position; an actor is needed/,
    ],
    [
      "a person as office",
      "position: king, capacity",
      "position: rudolf, capacity",
      "assertions[0].occupancy.position",
      /"rudolf" is an actor; a position is needed/,
    ],
    [
      "a person as state",
      "states: [state-rt]\ndoc",
      "states: [rudolf]\ndoc",
      "crisis.states[0]",
      /of kind PERSON; an actor of kind STATE/,
    ],
    [
      "a state listed twice",
      "states: [state-rt]\ndoc",
      "states: [state-rt, state-rt]\ndoc",
      "crisis.states[1]",
      /twice/,
    ],
    [
      "a recognition as the whole of an event",
      "      places: [zenda-bridge]",
      "      partOf: gallia-michael",
      "assertions[3].event.partOf",
      /kind RECOGNITION; an assertion of kind EVENT/,
    ],
    [
      "an event as what an utterance translates",
      "said: 1894",
      "translationOf: bridge-closed, said: 1894",
      "assertions[2].utterance.translationOf",
      /kind EVENT; an assertion of kind UTTERANCE/,
    ],
    [
      "words that the source does not hold",
      "quote: Gallia recognises Michael",
      "quote: Gallia recognised Michael",
      "assertions[1].evidence[0].quote",
      /does not hold.*nearest words in it are "Gallia recognises Michael/s,
    ],
    [
      "words that stand twice in the source",
      ', suffix: "!" }',
      " }",
      "assertions[3].evidence[0].quote",
      /in 2 places.*prefix.*suffix/,
    ],
    [
      "no evidence",
      "[{ document: gazette, quote: Gallia recognises Michael }]",
      "[]",
      "assertions[1].evidence",
      /list is empty/,
    ],
    [
      "nothing that supports",
      "quote: Gallia recognises Michael }",
      "quote: Gallia recognises Michael, role: CONTEXT }",
      "assertions[1].evidence",
      /Nothing supports/,
    ],
    [
      "proof of a field that is not there",
      "proves: [holder,",
      "proves: [holdr,",
      "assertions[0].evidence[0].proves[0]",
      /"holdr" is no field.*"holder" meant/s,
    ],
    [
      "an end before the beginning",
      "  states: [state-rt]\ndoc",
      "  end: 1893\n  states: [state-rt]\ndoc",
      "crisis",
      /ends \(1893\) before it begins \(1894-03\)/,
    ],
    [
      "an office that ends before it began",
      king,
      "inception: 1701, dissolution: 1700",
      "positions[0]",
      /ends \(1700\)/,
    ],
    ["an office without a seat", king, "seats: 0", "positions[0].seats", /from 1 to/],
    ["half a coordinate", "latitude: 48.1, ", "", "places[1]", /longitude and no latitude/],
    ["a latitude beyond the pole", "latitude: 48.1", "latitude: 148.1", "places[1].latitude", /from -90 to 90/],
    [
      "a place within itself",
      "kind: CITY, ",
      "kind: CITY, partOf: zenda-bridge, ",
      "places[0].partOf",
      /zenda is part of zenda-bridge is part of zenda/,
    ],
    [
      "an event within itself",
      "      places: [zenda-bridge]",
      "      partOf: bridge-closed",
      "assertions[3].event.partOf",
      /part of itself/,
    ],
    [
      "a code of a state on a person",
      "kind: PERSON, name: Michael",
      "kind: PERSON, iso2: MI, name: Michael",
      "actors[3].iso2",
      /Only a STATE/,
    ],
    [
      "an organization of no kind",
      "kind: PERSON, name: Michael",
      "kind: ORGANIZATION, name: Michael",
      "actors[3].kind",
      /organizationKind: one of GOVERNMENT/,
    ],
    [
      "an utterance that translates itself",
      "exact: I am the king, said",
      "exact: I am the king, translationOf: rudolf-speaks, said",
      "assertions[2].utterance.translationOf",
      /translation of itself/,
    ],
    [
      "a document that was known before it was published",
      "published: 1894-05-02",
      "published: 1894-05-02\n    reported: 1894-05-01T00:00:00Z",
      "documents[0]",
      /before it was published/,
    ],
    [
      "a document of a year that no instant can name",
      "published: 1894-05-02",
      'published: "Y12345"',
      "documents[0]",
      /within the years 0001 to 9999/,
    ],
    [
      "an utterance without words",
      "exact: I am the king, said",
      "said",
      "assertions[2].utterance",
      /exact.*paraphrase/,
    ],
    [
      "an utterance with two times",
      "    attribution:",
      "    valid: { start: 1894 }\n    attribution:",
      "assertions[2].valid",
      /utterance\.said/,
    ],
    [
      "a detail of another kind",
      "    kind: RECOGNITION\n",
      "    kind: OCCUPANCY\n",
      "assertions[1].recognition",
      /has occupancy, and no recognition/,
    ],
    [
      "an attribution to nobody",
      "{ words: the Gazette, verb: reported }",
      "{ verb: reported }",
      "assertions[2].attribution[0]",
      /actor, or words/,
    ],
    ["a capture without words", capture, "", "documents[0].capture", /no words/],
    [
      "a capture with text and file",
      "mediaType: text/plain\n",
      "mediaType: text/plain\n      file: ../outside.txt\n",
      "documents[0].capture.file",
      /outside the dossier's folder/,
    ],
    ["a file that is not there", capture, "      file: none.txt\n", "documents[0].capture.file", /not there/],
    ["a link that leads out", capture, "      file: link.txt\n", "documents[0].capture.file", /leads outside/],
    ["a file in another encoding", capture, "      file: latin.txt\n", "documents[0].capture.file", /not UTF-8/],
    ["a NUL character", "title: Two kings", 'title: "Two\\0kings"', "documents[0].title", /NUL/],
    ["half a character", "title: Two kings", 'title: "Two \\ud83d kings"', "documents[0].title", /lone surrogate/],
    [
      "a publication with no latest day",
      "published: 1894-05-02",
      "published: 1894-05-02/..",
      "documents[0]",
      /say from which instant on it counts as known/,
    ],
    ["a second YAML document", "dossier: 1\n", "dossier: 1\n---\n", "", /does not parse/],
    ["another version of the format", "dossier: 1\n", "dossier: 2\n", "dossier", /from 1 to 1/],
  ])("with %s is refused", async (_what, from, to, path, message) => {
    const problems = await problemsOf(readDossier(changed(from, to), { folder: join(folder, "inside") }));
    expect(problems.map((problem) => problem.path)).toContain(path);
    expect(problems.find((problem) => problem.path === path)?.message).toMatch(message);
  });

  it("tells everything that is wrong at once, each with its line and column", async () => {
    const wrong = changed(
      "seats: 1",
      "seats: 0",
      changed("holder: rudolf", "holder: nobody", changed("ARTICLE", "ESSAY")),
    );
    const problems = await problemsOf(readDossier(wrong, { folder }));
    const at = (text: string) => {
      const lines = wrong.slice(0, wrong.indexOf(text)).split("\n");
      return [lines.length, (lines.at(-1)?.length ?? 0) + 1];
    };
    expect(problems.map(({ line, column }) => [line, column])).toEqual([at("ESSAY"), at("0, inception"), at("nobody")]);
  });

  it("is read without end of time or memory when its aliases multiply", async () => {
    const levels = Array.from({ length: 9 }, (_, at) => `  - &a${at + 1} [${Array(9).fill(`*a${at}`).join(", ")}]`);
    const bomb = ["places:", "  - &a0 [zenda]", ...levels].join("\n");
    expect((await problemsOf(readDossier(bomb, { folder })))[0]?.message).toMatch(/aliases/);
  });

  it("may repeat a part by an alias, and what is wrong is told where it is repeated", async () => {
    const anchored = changed("states: [state-rt]\ndoc", "states: &land [state-rt]\ndoc");
    const repeated = changed("kind: CITY, states: [state-rt]", "kind: CITY, states: *land", anchored);
    expect((await readDossier(repeated, { folder })).places[0]?.states).toEqual(["state-rt"]);
    const [problem] = await problemsOf(readDossier(changed("kind: CITY", "kind: *land", anchored), { folder }));
    expect(problem).toMatchObject({ path: "places[0].kind", line: 25, column: 38 });
    const [dangling] = await problemsOf(readDossier(changed("kind: CITY", "kind: *sea"), { folder }));
    expect(dangling?.message).toMatch(/anchor &sea/);
  });
});

describe("the record", () => {
  let database: TestDatabase;
  let db: Db;
  const enter = (text: string, at?: Date) =>
    importDossier(db, text, { folder, author: "Anthony Hope", ...(at ? { at } : {}) });
  const rows = async (sql: string) => (await db.pool.query<Record<string, unknown>>(sql)).rows;

  /** How many rows each table has. */
  async function census(): Promise<unknown> {
    const tables = await rows(`select tablename from pg_tables where schemaname = 'public' order by 1`);
    const counts = tables.map(
      ({ tablename }) => `select '${String(tablename)}' as name, count(*)::int from "${String(tablename)}"`,
    );
    return rows(counts.join(" union all "));
  }

  beforeEach(async () => {
    database = await cloneDatabase();
    db = openDb(database.url);
  });
  afterEach(async () => {
    await db.close();
    await database.drop();
  });

  it("takes a dossier in, whole, as one change set", async () => {
    const { changeSet, added, quotations } = await enter(dossier);
    expect({ changeSet, quotations }).toEqual({ changeSet: 1, quotations: 5 });
    expect(added).toMatchObject({
      crises: 1,
      documents: 1,
      places: 2,
      actors: 4,
      names: 5,
      positions: 1,
      passages: 5,
      assertions: 4,
    });
    expect(await rows(`select number, author, items, previous_hash from change_set`)).toEqual([
      { number: 1, author: "Anthony Hope", items: 13, previous_hash: null },
    ]);
    const versions = await rows(`
      select r.key, a.status, a.start_edtf, a.end_edtf, a.sort_day, a.reported_from, a.extractor_kind, a.extractor_name
      from assertion a join record r on r.id = a.record_id order by r.key`);
    const reported = {
      reported_from: new Date("1894-05-02T00:00:00Z"),
      extractor_kind: "HUMAN",
      extractor_name: "Anthony Hope",
    };
    expect(versions).toEqual([
      { key: "bridge-closed", status: "DISPUTED", start_edtf: null, end_edtf: null, sort_day: -27637, ...reported },
      { key: "gallia-michael", status: "ACCEPTED", start_edtf: null, end_edtf: null, sort_day: -27637, ...reported },
      {
        key: "rudolf-king",
        status: "ACCEPTED",
        start_edtf: "1894-05-01",
        end_edtf: null,
        sort_day: -27638,
        ...reported,
      },
      {
        key: "rudolf-speaks",
        status: "ACCEPTED",
        start_edtf: "1894-05-01",
        end_edtf: "1894-05-01",
        sort_day: -27638,
        ...reported,
      },
    ]);
    expect(
      await rows(
        `select text, folded, n.kind, ordinal from name n join actor a on a.id = n.actor_id where a.key = 'rudolf' order by ordinal`,
      ),
    ).toEqual([
      { text: "Rudolf", folded: "rudolf", kind: "COMMON", ordinal: 0 },
      { text: "Rodolphe", folded: "rodolphe", kind: "ALIAS", ordinal: 1 },
    ]);
    expect(await rows(`select wikidata_id, iso2, iso3 from actor where key = 'state-rt'`)).toEqual([
      { wikidata_id: "Q9001", iso2: "RT", iso3: "RTN" },
    ]);
  });

  it("keeps the source's own characters in each passage, cut at its offsets", async () => {
    await enter(dossier);
    const passages = await rows(`
      select p.exact, substring(c.text from p.start + 1 for p."end" - p.start) as cut, p.suffix
      from passage p join capture c on c.id = p.capture_id order by p.start`);
    for (const { exact, cut } of passages) expect(cut).toBe(exact);
    expect(passages.map(({ exact }) => exact)).toContain("“I am the king”");
    expect(passages.find(({ exact }) => exact === "His guards closed the bridge of Zenda")?.["suffix"]).toBe("!");
  });

  it("does not change when the same is entered again, comments and order of words aside", async () => {
    await enter(dossier);
    const before = await census();
    for (const text of [dossier, `# Told again.\n${dossier}`]) {
      const { changeSet, unchanged } = await enter(text);
      expect({ changeSet, unchanged }).toEqual({ changeSet: null, unchanged: 13 });
    }
    expect(await census()).toEqual(before);
  });

  it("grows by what an extended dossier adds, and by nothing else", async () => {
    await enter(dossier);
    const more = changed(
      "kind: ALIAS }] }",
      "kind: ALIAS }, { text: Rudi, kind: ALIAS }] }",
      changed("states: [state-rt]\ndoc", "states: [state-rt, gallia]\ndoc"),
    );
    const extended = `${more}  - key: michael-king
    kind: OCCUPANCY
    occupancy: { holder: michael, position: king, capacity: CLAIMED, claimType: ASSERTED, assertedBy: michael }
    evidence: [{ document: gazette, quote: Michael holds Zenda and calls himself king }]
`;
    const { changeSet, added, unchanged } = await enter(extended);
    expect({ changeSet, unchanged }).toEqual({ changeSet: 2, unchanged: 13 });
    expect(Object.entries(added).filter(([, count]) => count > 0)).toEqual([
      ["names", 1],
      ["passages", 1],
      ["assertions", 1],
    ]);
    expect(await rows(`select count(*)::int from crisis_state`)).toEqual([{ count: 2 }]);
    expect(
      await rows(
        `select second.previous_hash = first.hash as chained from change_set first, change_set second where first.number = 1 and second.number = 2`,
      ),
    ).toEqual([{ chained: true }]);
  });

  it("lets another dossier of the crisis speak of what it holds, by key", async () => {
    await enter(dossier);
    const head = dossier.slice(0, dossier.indexOf("documents:"));
    const other = `${head}assertions:
  - key: michael-king
    kind: OCCUPANCY
    occupancy: { holder: michael, position: king, capacity: CLAIMED, claimType: ASSERTED }
    evidence: [{ document: gazette, quote: calls himself king }]
  - key: bridge-guarded
    kind: EVENT
    event: { title: The bridge is guarded, eventKind: OTHER, status: ONGOING, partOf: bridge-closed }
    evidence: [{ document: gazette, quote: Michael holds Zenda }]
`;
    const { added } = await enter(other);
    expect(added).toMatchObject({ documents: 0, actors: 0, assertions: 2, passages: 1 });
    const looped = changed("      places: [zenda-bridge]", "      partOf: bridge-guarded");
    expect((await problemsOf(enter(looped)))[0]?.message).toMatch(
      /bridge-closed is part of bridge-guarded is part of bridge-closed/,
    );
  });

  it("corrects what is told otherwise, and keeps what it said before", async () => {
    await enter(dossier);
    const { changeSet, added } = await enter(changed("stance: RECOGNISES }", "stance: SUPPORTS_WITHOUT_RECOGNISING }"));
    expect([changeSet, added.corrections, added.assertions]).toEqual([2, 1, 0]);
    const versions = await rows(`
      select n.stance, a.reported_from, a.reported_to, a.recorded_from, a.recorded_to, a.change
      from recognition n join assertion a on a.id = n.assertion_id order by a.recorded_from`);
    const reported = { reported_from: new Date("1894-05-02T00:00:00Z"), reported_to: null };
    expect(versions).toEqual([
      { stance: "RECOGNISES", ...reported, recorded_from: 1, recorded_to: 2, change: "ASSERTED" },
      { stance: "SUPPORTS_WITHOUT_RECOGNISING", ...reported, recorded_from: 2, recorded_to: null, change: "CORRECTED" },
    ]);
    await enter(dossier);
    expect(
      await rows(
        `select count(*)::int from assertion a join record r on r.id = a.record_id where r.key = 'gallia-michael'`,
      ),
    ).toEqual([{ count: 3 }]);
  });

  it.each<[string, string, string, string]>([
    [
      "another summary",
      "summary: Two men claim",
      "summary: Three men claim",
      'crisis "ruritania-1894" with summary "Two men claim the throne of Ruritania."',
    ],
    ["another name", "name: Gallia", "name: Gaul", 'actor "gallia" with name "Gallia", and this says "Gaul"'],
    [
      "another state",
      "name: Michael, state: state-rt",
      "name: Michael, state: gallia",
      'with state "state-rt", and this says "gallia"',
    ],
    ["another place around it", "partOf: zenda, ", "", 'with partOf "zenda", and this says nothing'],
    ["another number of seats", "seats: 1,", "seats: 2,", 'position "king" with seats 1, and this says 2'],
    ["another date", "inception: 1701", "inception: 1702", 'with inception "1701", and this says "1702"'],
    [
      "another day of publication",
      "published: 1894-05-02",
      "published: 1894-05-03",
      'document "gazette" with reported 1894-05-02T00:00:00Z',
    ],
    ["another media type", "mediaType: text/plain", "mediaType: text/html", 'with mediaType "text/plain"'],
    [
      "another kind of fact",
      "kind: RECOGNITION\n    recognition: { recogniser: gallia, claimant: michael, position: king, stance: RECOGNISES }",
      "kind: OCCUPANCY\n    occupancy: { holder: michael, position: king, capacity: CLAIMED, claimType: ASSERTED }",
      '"gallia-michael" as RECOGNITION, and this says OCCUPANCY',
    ],
    [
      "an item that is another's",
      "name: Gallia }",
      "name: Gallia, identifiers: [{ scheme: wikidata, value: Q9001 }] }",
      'that of "state-rt"',
    ],
    [
      "a code that is another's",
      "name: Gallia }\n",
      "name: Gallia }\n  - { key: utopia, kind: STATE, name: Utopia, iso2: RT }\n",
      'iso2 "RT" is that of "state-rt"',
    ],
  ])("is not rewritten by a dossier with %s", async (_what, from, to, message) => {
    await enter(dossier);
    const before = await census();
    const problems = await problemsOf(enter(changed(from, to)));
    expect(problems.map((problem) => problem.message).join("\n")).toContain(message);
    expect(await census()).toEqual(before);
  });

  it("holds nothing of a dossier with one false quotation", async () => {
    const before = await census();
    await problemsOf(enter(changed("quote: Gallia recognises Michael", "quote: Gallia recognised Rudolf")));
    expect(await census()).toEqual(before);
  });

  it("counts change sets in order of time, also when the clock of the machine runs backwards", async () => {
    await enter(dossier, new Date("2026-03-01T00:00:00Z"));
    await enter(changed("stance: RECOGNISES }", "stance: NEUTRAL }"), new Date("2026-02-01T00:00:00Z"));
    expect(await rows(`select at from change_set order by number`)).toEqual([
      { at: new Date("2026-03-01T00:00:00.000Z") },
      { at: new Date("2026-03-01T00:00:00.001Z") },
    ]);
  });

  it("enters a dossier once when two hands bring it at the same time", async () => {
    const sets = await Promise.all([enter(dossier), enter(dossier)]);
    expect(sets.map(({ changeSet }) => changeSet).toSorted()).toEqual([1, null]);
  });
});
