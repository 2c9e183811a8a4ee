import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

interface Named {
  name: string;
}
interface Quoted {
  evidence: { passage: { exact: string } }[];
}
interface Nodes<T> {
  nodes: T[];
}

async function answer<T>(name: string, variables = {}): Promise<T> {
  const query = readFileSync(new URL(`../examples/question-${name}.graphql`, import.meta.url), "utf8");
  const { data, errors } = await record.ask(query, variables);
  expect(errors).toBeUndefined();
  return data as T;
}

function expectQuoted(entries: readonly Quoted[]): void {
  expect(entries.length).toBeGreaterThan(0);
  for (const { evidence } of entries) expect(evidence[0]?.passage.exact).toBeTruthy();
}

const four = ["United Kingdom", "France", "Germany", "Spain"];

test("1: Britain recognised Guaidó as interim president, by two documents' words", async () => {
  type Given = Quoted & { claimant: Named; stance: string; certainty: string };
  const { record: view } = await answer<{ record: { stateBy: { recognitionsGiven: Nodes<Given> } } }>("01-britain");
  const [given, ...others] = view.stateBy.recognitionsGiven.nodes;
  expect(others).toEqual([]);
  expect(given).toMatchObject({
    claimant: { name: "Juan Guaidó" },
    stance: "RECOGNISES_AS_INTERIM",
    certainty: "CERTAIN",
  });
  const words = given!.evidence.map(({ passage }) => passage.exact).join(" ");
  expect(words).toContain("Reino Unido");
  expect(words).toContain("Britain, France, Germany and Spain");
});

test("2: more than 40 and 20 are claimed, and the record says how many of them it can name", async () => {
  interface Office {
    recognitionsByStance: { claimant: Named; stance: string; count: number; actors: Named[] }[];
    recognitionTallies: Nodes<Quoted & { comparator: string; value: number; among: Named | null; named: number }>;
  }
  const { record: view } = await answer<{ record: { positionByKey: Office } }>("02-by-stance");
  const { recognitionsByStance: groups, recognitionTallies: tallies } = view.positionByKey;
  const interim = groups.find(
    ({ claimant, stance }) => claimant.name === "Juan Guaidó" && stance === "RECOGNISES_AS_INTERIM",
  );
  expect(interim!.actors.map(({ name }) => name)).toEqual(expect.arrayContaining([...four, "United States"]));
  expect(interim!.count).toBe(interim!.actors.length);
  const claimed = tallies.nodes.map(({ comparator, value }) => `${comparator} ${value}`);
  expect(claimed).toEqual(expect.arrayContaining(["MORE_THAN 40", "EXACTLY 20"]));
  for (const { comparator, value, named } of tallies.nodes) {
    expect(named).toBeGreaterThan(0);
    if (comparator === "MORE_THAN" && value === 40) expect(named).toBeLessThan(40);
  }
  expect(tallies.nodes.find(({ value }) => value === 20)!.named).toBe(4);
  expectQuoted(tallies.nodes);
});

test("3: Maduro holds the presidency in fact since a re-election, Guaidó claims it since last month", async () => {
  type Claim = Quoted & {
    holder: Named;
    capacity: string;
    claimType: string;
    assertedBy: Named | null;
    valid: { start: { edtf: string } };
  };
  const { positionByKey } = await answer<{ positionByKey: { occupancies: Nodes<Claim> } }>("03-claims");
  const { nodes } = positionByKey.occupancies;
  expectQuoted(nodes);
  expect(nodes.find(({ holder }) => holder.name === "Nicolás Maduro")).toMatchObject({
    capacity: "INCUMBENT",
    claimType: "DE_FACTO",
  });
  expect(nodes.find(({ capacity }) => capacity === "CLAIMED")).toMatchObject({
    holder: { name: "Juan Guaidó" },
    assertedBy: { name: "Juan Guaidó" },
    valid: { start: { edtf: "2019-01" } },
  });
});

test("4: the demand for new elections by 3 February was ignored, and the four named members recognised Guaidó", async () => {
  interface Answer {
    demands: Nodes<Quoted & { to: Named; deadline: { edtf: string } | null; commitmentStatus: string }>;
    blocs: Nodes<{
      name: string;
      memberships: Nodes<{ member: Named & { recognitionsGiven: Nodes<{ claimant: Named }> } }>;
    }>;
  }
  const { demands, blocs } = await answer<Answer>("04-demand");
  expect(demands.nodes.find(({ to }) => to.name === "Nicolás Maduro")).toMatchObject({
    deadline: { edtf: "2019-02-03" },
    commitmentStatus: "IGNORED",
  });
  const members = blocs.nodes
    .find(({ name }) => name === "European Union")!
    .memberships.nodes.map(({ member }) => member);
  expect(members.map(({ name }) => name)).toEqual(expect.arrayContaining(four));
  for (const { recognitionsGiven } of members) expect(recognitionsGiven.nodes[0]!.claimant.name).toBe("Juan Guaidó");
});

test("5: Bolton's offer stands on a condition, its otherwise closes off the financial circle, nobody took it up", async () => {
  type Made = Quoted & {
    commitmentKind: string;
    by: Named;
    to: Named | null;
    conditions: string | null;
    otherwise: { commitmentKind: string; action: string } | null;
    commitmentStatus: string;
    utterance: { exact: string } | null;
  };
  const { commitments } = await answer<{ commitments: Nodes<Made> }>("05-officers");
  const offer = commitments.nodes.find(
    ({ by, commitmentKind }) => by.name === "John Bolton" && commitmentKind === "OFFER",
  )!;
  expect(offer.to!.name).toMatch(/officers/);
  expect(offer.conditions).toMatch(/democracy/);
  expect(offer.otherwise).toMatchObject({
    commitmentKind: "THREAT",
    action: expect.stringContaining("financial circle") as string,
  });
  expect(offer.commitmentStatus).toBe("OPEN");
  expect(offer.utterance!.exact).toContain("sanctions off-ramps");
  expectQuoted(commitments.nodes);
});

test("6: the bridge was blocked with a tanker truck and a container, as told by Maduro, Guaidó and the press", async () => {
  interface Answer {
    events: Nodes<{
      places: (Named & { states: Named[] })[];
      blockade: { means: string[] };
      accounts: Nodes<Quoted & { teller: Named }>;
    }>;
    claims: Nodes<{ claimant: Named; contradicts: object | null }>;
  }
  const { events, claims } = await answer<Answer>("06-bridge");
  const told = events.nodes.find(({ accounts }) => accounts.nodes.length > 0)!;
  expect(told.blockade.means.join(" ")).toMatch(/tanker truck.*container/);
  const bridge = told.places.find(({ name }) => /bridge/.test(name))!;
  expect(new Set(bridge.states.map(({ name }) => name))).toEqual(new Set(["Venezuela", "Colombia"]));
  const tellers = told.accounts.nodes.map(({ teller }) => teller.name);
  expect(tellers).toEqual(expect.arrayContaining(["Nicolás Maduro", "Juan Guaidó"]));
  expectQuoted(told.accounts.nodes);
  expect(claims.nodes.some(({ claimant, contradicts }) => claimant.name === "Nicolás Maduro" && contradicts)).toBe(
    true,
  );
});

test("7: up to 300,000 face death by Guaidó's count, hundreds of thousands need the aid by the press'", async () => {
  type Number = Quoted & {
    claimant: Named;
    comparator: string;
    value: number | null;
    words: string;
    condition: string | null;
  };
  const { quantityClaims } = await answer<{ quantityClaims: Nodes<Number> }>("07-people-at-risk");
  const guaido = quantityClaims.nodes.find(({ claimant }) => claimant.name === "Juan Guaidó")!;
  expect(guaido).toMatchObject({ comparator: "UP_TO", value: 300_000 });
  expect(guaido.condition).toBeTruthy();
  expect(quantityClaims.nodes.some(({ words }) => /hundreds of thousands/i.test(words))).toBe(true);
  expectQuoted(quantityClaims.nodes);
});

test("8: of sanctions Bolton wrote on Twitter on 6 February, and it was an offer", async () => {
  type Said = Quoted & {
    exact: string;
    channel: string;
    acts: string[];
    verbatim: boolean;
    valid: { start: { edtf: string } };
  };
  const { utterances } = await answer<{ utterances: Nodes<Said> }>("08-said");
  expect(utterances.nodes).toHaveLength(1);
  expect(utterances.nodes[0]).toMatchObject({
    channel: "X_TWITTER",
    acts: ["OFFER"],
    verbatim: true,
    valid: { start: { edtf: "2019-02-06" } },
  });
  const none = await answer<{ utterances: Nodes<Said> }>("08-said", { topic: "carnival" });
  expect(none.utterances.nodes).toEqual([]);
});

test("9: the state oil company stood designated under Executive Order 13850, and an offer hangs on its programme", async () => {
  type Listed = Quoted & {
    target: Named;
    listed: { edtf: string };
    programme: { legalBases: string[]; commitments: Nodes<{ commitmentKind: string; by: Named }> };
  };
  const { designations } = await answer<{ designations: Nodes<Listed> }>("09-designations");
  expect(designations.nodes).toHaveLength(1);
  const [{ target, listed, programme }] = designations.nodes as [Listed];
  expect(target.name).toMatch(/Petróleos de Venezuela/);
  expect(listed.edtf).toBe("2019-01-28");
  expect(programme.legalBases.join()).toContain("13850");
  expect(programme.commitments.nodes).toContainEqual(
    expect.objectContaining({ commitmentKind: "OFFER", by: { name: "John Bolton" } }),
  );
  expectQuoted(designations.nodes);
});

describe("10: between 25 January and 5 February 2019", () => {
  interface Change {
    change: string;
    key: string;
    before: object | null;
    after: Quoted | null;
  }

  test("the record gained the oil company's designation and Europe's recognitions, and nothing of 7 February", async () => {
    const { delta } = await answer<{ delta: { totalCount: number } & Nodes<Change> }>("10-delta");
    const gained = delta.nodes.filter(({ change }) => change === "GAINED");
    expect(gained.map(({ key }) => key)).toEqual(
      expect.arrayContaining(["designation-pdvsa", "recognition-gb-guaido"]),
    );
    expect(delta.nodes.map(({ key }) => key)).not.toContain("bolton-offer-to-officers");
    for (const { before, after } of gained) {
      expect(before).toBeNull();
      expect(JSON.stringify(after)).not.toContain("Britain, France, Germany and Spain were four");
    }
  });
});

test("11: Britain's recognition was entered once, by the change set that brought the dossier, and stands", async () => {
  type Step = Quoted & {
    change: string;
    status: string;
    recorded: { from: { number: number }; to: null };
    retraction: null;
  };
  const { timeline } = await answer<{ timeline: Nodes<{ history: Step[] }> }>("11-life");
  const [{ history }] = timeline.nodes as [{ history: Step[] }];
  expect(history).toHaveLength(1);
  expect(history[0]).toMatchObject({
    change: "ASSERTED",
    status: "ACCEPTED",
    recorded: { from: { number: 1 }, to: null },
    retraction: null,
  });
  expectQuoted(history);
});

test("12: assertions are told apart by whose word they rest on", async () => {
  type Some = { totalCount: number } & Nodes<{ key: string }>;
  const { oneSource, unnamed, party } = await answer<Record<"oneSource" | "unnamed" | "party", Some>>("12-whose-word");
  const keys = ({ nodes }: Some) => nodes.map(({ key }) => key);
  expect(keys(oneSource)).not.toContain("recognition-gb-guaido");
  expect(oneSource.totalCount).toBeGreaterThan(100);
  expect(keys(party)).toContain("claim-guaido-maduro-illegitimate");
  expect(keys(party)).not.toContain("designation-pdvsa");
  expect(unnamed.totalCount).toBeGreaterThan(0);
});

test("13: recognitions are coded SUPPORT under PLOVER, and an offer is coded in two ways", async () => {
  type Coded = { subject: { __typename: string; recogniser?: Named } };
  const { eventCodings } = await answer<{ eventCodings: Nodes<Coded> }>("13-codings");
  const recognised = eventCodings.nodes.filter(({ subject }) => subject.__typename === "Recognition");
  expect(recognised.map(({ subject }) => subject.recogniser!.name)).toEqual(
    expect.arrayContaining([...four, "United States"]),
  );
  const { data } = await record.ask(
    `{ timeline(filter: { key: { eq: "bolton-offer-to-officers" } }) { nodes { codings { nodes { code } } } } }`,
  );
  expect(new Set(JSON.stringify(data).match(/"code":"\w+"/g))).toEqual(new Set(['"code":"CONCEDE"', '"code":"AGREE"']));
});

test("14: the name without its accent is judged to be Guaidó's, with a reason", async () => {
  type Met = Quoted & {
    surface: string;
    resolvesTo: Named;
    judgements: Nodes<{ right: Named; verdict: string; explanation: string }>;
  };
  const { mentions } = await answer<{ mentions: Nodes<Met> }>("14-mentions");
  const plain = mentions.nodes.filter(({ surface }) => surface === "Juan Guaido");
  expect(plain.length).toBeGreaterThan(0);
  const judged = plain.flatMap(({ judgements }) => judgements.nodes);
  expect(judged[0]).toMatchObject({ right: { name: "Juan Guaidó" }, verdict: "SAME" });
  expect(judged[0]!.explanation).toBeTruthy();
  expectQuoted(mentions.nodes);
});

test("15: sanction, recognition and offer follow each other, each with the certainty of its date", async () => {
  interface Link {
    key: string;
    certainty: string;
    valid: { start: { edtf: string; basis: string } | null };
  }
  const { timeline } = await answer<{ timeline: Nodes<Link> }>("15-chain");
  const keys = timeline.nodes.map(({ key }) => key);
  const chain = ["designation-pdvsa", "recognition-gb-guaido", "bolton-offer-to-officers"].map((key) =>
    keys.indexOf(key),
  );
  expect(chain.every((place) => place >= 0)).toBe(true);
  expect(chain).toEqual([...chain].sort((a, b) => a - b));
  expect(keys).toEqual(expect.arrayContaining(["eu-demand-for-new-election", "blockade-of-the-tienditas-bridge"]));
  for (const { certainty } of timeline.nodes) expect(["CERTAIN", "POSSIBLE"]).toContain(certainty);
});
