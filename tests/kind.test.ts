import { afterAll, beforeAll, expect, it } from "vitest";
import { importDossier } from "../src/formats/dossier/import-dossier.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { everyKind } from "./support/every-kind.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
const enter = () => importDossier(record.db, everyKind, { folder: ".", author: "Anthony Hope" });
beforeAll(async () => {
  database = await cloneDatabase();
  record = openRecord(database.url);
  const { added } = await enter();
  expect(added).toMatchObject({ assertions: 21, programmes: 1, updates: 1, corrections: 0, retractions: 0 });
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

/** The nodes that a list of the record has, in the order of their keys. */
async function nodesOf(list: string, fields: string): Promise<Record<string, unknown>[]> {
  const { data, errors } = await record.ask(`{ ${list} { nodes { key ${fields} } } }`);
  expect(errors).toBeUndefined();
  const { nodes } = data?.[list] as { nodes: Record<string, unknown>[] };
  return nodes.toSorted((a, b) => (String(a["key"]) < String(b["key"]) ? -1 : 1));
}

it("changes nothing when a dossier of every kind is entered again", async () => {
  const { changeSet, added, unchanged } = await enter();
  expect(changeSet).toBeNull();
  expect(Object.values(added).every((count) => count === 0)).toBe(true);
  expect(unchanged).toBe(31);
});

it("tells who is on which list, and which offer would lift it", async () => {
  const designation = `target { key } programme { key title issuer { key } legalBases measures } authority { key }
    listed { edtf text basis } measures reason reference valid { start { edtf } } offersToLift { nodes { key } }`;
  expect(await nodesOf("designations", designation)).toEqual([
    {
      key: "michael-listed",
      target: { key: "michael" },
      programme: {
        key: "GAL-RUR",
        title: "Measures of Gallia",
        issuer: { key: "gallia" },
        legalBases: ["Decree 7"],
        measures: ["freezing of assets"],
      },
      authority: { key: "gallia" },
      listed: { edtf: "1894-04-19", text: "the day before", basis: "INFERRED" },
      measures: ["freezing of assets"],
      reason: "Rebellion",
      reference: "0007",
      valid: { start: { edtf: "1894-04-20" } },
      offersToLift: { nodes: [{ key: "offer" }] },
    },
  ]);
});

it("tells an offer with its condition, its otherwise, what it would lift, what it answers, and what came of it", async () => {
  const commitment = `commitmentKind by { key } to { key } action conditions otherwise { key } programme { key }
    designation { key } deadline { edtf } commitmentStatus outcome utterance { key } answers { key }`;
  const [offer, threat] = await nodesOf("commitments", commitment);
  expect(offer).toEqual({
    key: "offer",
    commitmentKind: "OFFER",
    by: { key: "rudolf" },
    to: { key: "guards" },
    action: "To lift the measures",
    conditions: "They open the gates",
    otherwise: { key: "threat" },
    programme: { key: "GAL-RUR" },
    designation: { key: "michael-listed" },
    deadline: { edtf: "1894-05-31" },
    commitmentStatus: "MET",
    outcome: "The guards took it",
    utterance: { key: "rudolf-speaks" },
    answers: { key: "bridge" },
  });
  expect(threat).toMatchObject({ key: "threat", otherwise: null, answers: null, deadline: null });
});

it("tells claims and numbers, what they contradict, and who judged them", async () => {
  const claim =
    "proposition claimant { key } polarity about { key } subject { key } contradicts { key } supports { key }";
  const proposition = "Michael is the rightful king";
  expect(await nodesOf("claims", claim)).toEqual([
    {
      key: "rightful",
      proposition,
      claimant: { key: "gallia" },
      polarity: "AFFIRMS",
      about: { key: "michael" },
      subject: { key: "rudolf-king" },
      contradicts: { key: "usurper" },
      supports: { key: "three-hundred" },
    },
    {
      key: "usurper",
      proposition,
      claimant: { key: "rudolf" },
      polarity: "DENIES",
      about: null,
      subject: null,
      contradicts: null,
      supports: null,
    },
  ]);
  const quantity = `claimant { key } value low high comparator unit counted words condition subject { key }
    assessments { nodes { subject { key } assessor { key } verdict url } }`;
  expect(await nodesOf("quantityClaims", quantity)).toEqual([
    {
      key: "three-hundred",
      claimant: { key: "michael" },
      value: 300,
      low: 0,
      high: 300,
      comparator: "UP_TO",
      unit: "person",
      counted: "guards in Zenda",
      words: "up to 300 guards",
      condition: "in May",
      subject: { key: "bridge" },
      assessments: {
        nodes: [
          {
            subject: { key: "three-hundred" },
            assessor: { key: "rudolf" },
            verdict: "Too many",
            url: "https://courier.test/7",
          },
        ],
      },
    },
  ]);
});

it("tells what an election, a consignment and a blockade were, and how the blockade is told", async () => {
  const event = `partOf { key } election { position { key } } consignment { donor { key } goods amount route }
    blockade { means } accounts { nodes { event { key } teller { key } frame statusAsserted } }`;
  const consignment = {
    donor: { key: "gallia" },
    goods: ["bread", "salt"],
    amount: "ten carts",
    route: "over the bridge",
  };
  const none = { partOf: null, election: null, consignment: null, blockade: null, accounts: { nodes: [] } };
  const account = {
    event: { key: "bridge" },
    teller: { key: "michael" },
    frame: "It is under repair",
    statusAsserted: "DENIED",
  };
  expect(await nodesOf("events", event)).toEqual([
    { ...none, key: "bread", partOf: { key: "vote" }, consignment },
    { ...none, key: "bridge", blockade: { means: ["carts"] }, accounts: { nodes: [account] } },
    { ...none, key: "vote", election: { position: { key: "king" } } },
  ]);
});

it("tells who stands by whom, who belongs to a bloc, and how many recognise a claimant", async () => {
  expect(await nodesOf("stances", "actor { key } towards { key } stanceKind")).toEqual([
    { key: "guards-loyal", actor: { key: "guards" }, towards: { key: "michael" }, stanceKind: "LOYAL_TO" },
  ]);
  expect(await nodesOf("blocMemberships", "bloc { key } member { key } valid { start { edtf } }")).toEqual([
    { key: "gallia-in-league", bloc: { key: "league" }, member: { key: "gallia" }, valid: { start: { edtf: "1815" } } },
  ]);
  const tally = "claimant { key } position { key } comparator value scope among { key } countedBy { key }";
  expect(await nodesOf("recognitionTallies", tally)).toEqual([
    {
      key: "tally",
      claimant: { key: "michael" },
      position: { key: "king" },
      comparator: "MORE_THAN",
      value: 4,
      scope: "members of the league",
      among: { key: "league" },
      countedBy: { key: "gallia" },
    },
  ]);
});

it("tells what a machine coded, without any passage, as proposed and by which machine", async () => {
  const coding = `subject { key } ontology version code modes contexts quad coder codedOn status reported { from }
    extractor { kind name version } evidence { role }`;
  expect(await nodesOf("eventCodings", coding)).toEqual([
    {
      key: "coded",
      subject: { key: "gallia-michael" },
      ontology: "PLOVER",
      version: "2024-02",
      code: "SUPPORT",
      modes: ["recognise"],
      contexts: ["diplomatic"],
      quad: 1,
      coder: "coder-one",
      codedOn: "1894-05-03",
      status: "PROPOSED",
      reported: { from: "1894-05-03T00:00:00Z" },
      extractor: { kind: "MODEL", name: "coder-one", version: "3" },
      evidence: [],
    },
  ]);
});

it("tells a misspelt name, whom it means, and who judged so", async () => {
  expect(await nodesOf("mentions", "surface resolvesTo { key }")).toEqual([
    { key: "named", surface: "Micheal", resolvesTo: { key: "michael" } },
  ]);
  const judgement = "left { key } mention { key } right { key } verdict score explanation judge";
  expect(await nodesOf("identityJudgements", judgement)).toEqual([
    {
      key: "not-brothers",
      left: { key: "rudolf" },
      mention: null,
      right: { key: "michael" },
      verdict: "DIFFERENT",
      score: null,
      explanation: "Both speak at once",
      judge: "the editor",
    },
    {
      key: "same-man",
      left: null,
      mention: { key: "named" },
      right: { key: "michael" },
      verdict: "SAME",
      score: 0.9,
      explanation: "Two letters changed places",
      judge: "the editor",
    },
  ]);
});
