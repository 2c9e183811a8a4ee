import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
beforeAll(async () => {
  database = await cloneSeeded();
  record = openRecord(database.url);
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

interface Candidate {
  readonly actor: { readonly key: string };
  readonly score: number;
  readonly matched: string | null;
  readonly reasons: readonly string[];
}

const asking = `query ($names: [MatchInput!]!, $first: Int!) {
  match(names: $names, first: $first) { name candidates { actor { key } score matched reasons } } }`;

async function candidates(name: object, first = 5): Promise<readonly Candidate[]> {
  const { data, errors } = await record.ask(asking, { names: [name], first });
  expect([name, errors]).toEqual([name, undefined]);
  return (data as { match: { candidates: Candidate[] }[] }).match[0]!.candidates;
}

async function refused(variables: object, query = asking): Promise<string> {
  const { errors } = await record.ask(query, { first: 5, ...variables });
  expect(record.faults).toEqual([]);
  expect(errors?.[0]?.extensions?.["code"]).toBe("BAD_USER_INPUT");
  return errors?.[0]?.message ?? "";
}

test("a name as it stands on record means its bearer, and says so", async () => {
  expect((await candidates({ name: "nicolás  MADURO" }))[0]).toEqual({
    actor: { key: "nicolas-maduro" },
    score: 1,
    matched: expect.stringContaining("Nicol") as string,
    reasons: ["SAME_NAME"],
  });
  expect((await candidates({ name: "Maduro, Nicolas" }))[0]).toMatchObject({ score: 0.99, reasons: ["SAME_WORDS"] });
});

test("a register's name of four words finds the bearer of two, by part of the name", async () => {
  const [first] = await candidates({ name: "GUAIDÓ MÁRQUEZ JUAN GERARDO", kind: "PERSON" });
  expect(first).toMatchObject({ actor: { key: "juan-guaido" }, reasons: ["PART_OF_NAME"] });
  expect(first!.score).toBeGreaterThan(0.8);
  expect(first!.score).toBeLessThan(0.9);
});

test("a slip of a paper, and another script, come near and no nearer", async () => {
  const slip = await candidates({ name: "Jorge Guaido", kind: "PERSON" });
  expect(slip).toEqual([]);
  const [cyrillic] = await candidates({ name: "Николас Мадуро", kind: "PERSON" });
  expect(cyrillic).toMatchObject({ actor: { key: "nicolas-maduro" }, reasons: ["PART_OF_NAME", "SIMILAR_SPELLING"] });
  expect(cyrillic!.score).toBeLessThan(0.9);
});

test("an identifier outweighs the name, and another one in its register halves it", async () => {
  const identifiers = [{ scheme: "wikidata", value: "Q717" }];
  expect(await candidates({ name: "Zzyzx", identifiers })).toEqual([
    { actor: { key: "state-ve" }, score: 1, matched: null, reasons: ["SAME_IDENTIFIER"] },
  ]);
  const other = await candidates({
    name: "Venezuela",
    kind: "STATE",
    identifiers: [{ scheme: "wikidata", value: "Q1" }],
  });
  expect(other[0]).toMatchObject({
    actor: { key: "state-ve" },
    score: 0.5,
    reasons: ["OTHER_IDENTIFIER", "SAME_NAME"],
  });
});

test("only actors of the kind asked for are candidates", async () => {
  const kinds = async (kind: string) => (await candidates({ name: "Juan Guaidó", kind })).map(({ actor }) => actor.key);
  expect(await kinds("PERSON")).toEqual(["juan-guaido"]);
  expect(await kinds("ORGANIZATION")).toEqual(["government-of-juan-guaido"]);
});

test("each name is answered in its place, the nearest candidates first and as many as are asked for", async () => {
  const names = [{ name: "Venezuela" }, { name: "Nobody Atall" }, { name: "Cuba" }];
  const { data } = await record.ask(asking, { names, first: 2 });
  const answers = (data as { match: { name: string; candidates: Candidate[] }[] }).match;
  expect(answers.map(({ name }) => name)).toEqual(names.map(({ name }) => name));
  expect(answers.map(({ candidates: found }) => found[0]?.actor.key)).toEqual(["state-ve", undefined, "state-cu"]);
  expect(Math.max(...answers.map(({ candidates: found }) => found.length))).toBeLessThanOrEqual(2);
});

test("nobody is a candidate before the record took them in", async () => {
  const asOf = `query ($names: [MatchInput!]!) { record(asOf: { knownAt: "1990-01-01T00:00:00Z", knownBy: RECORDED }) { match(names: $names) { candidates { score } } } }`;
  const names = [{ name: "Nicolás Maduro" }, { name: "X", identifiers: [{ scheme: "wikidata", value: "Q717" }] }];
  expect((await record.ask(asOf, { names })).data).toEqual({
    record: { match: [{ candidates: [] }, { candidates: [] }] },
  });
});

test("what cannot be matched is refused in words", async () => {
  expect(await refused({ names: [{ name: "Cuba" }, { name: "…" }] })).toContain("names[1].name holds no word");
  expect(await refused({ names: [{ name: "x".repeat(201) }] })).toContain("200");
  expect(await refused({ names: Array.from({ length: 21 }, () => ({ name: "Cuba" })) })).toContain("20 at most");
  expect(await refused({ names: [{ name: "Cuba" }], first: 21 })).toContain("1 to 20");
  const identifiers = Array.from({ length: 11 }, (_, i) => ({ scheme: "wikidata", value: `Q${i}` }));
  expect(await refused({ names: [{ name: "Cuba", identifiers }] })).toContain("10 at most");
  const { errors } = await record.ask(asking, { names: [{ name: "Cu\ud83dba" }], first: 1 });
  expect(errors?.[0]?.extensions?.["code"]).toBe("INVALID_TEXT");
});
