import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import type { AssertionKind } from "../../src/generated/prisma/enums.ts";
import { typeOf } from "../../src/record/terms/noun.ts";
import { fieldOfKind } from "../../src/values/kind-name.ts";
import { saysOf } from "../support/dossier-operations.ts";
import { everyKind } from "../support/every-kind.ts";
import { type TestRecord } from "../support/record.ts";
import { openEveryKind, submit } from "../support/writing.ts";

let record: TestRecord;

beforeAll(async () => {
  record = await openEveryKind();
});
afterAll(() => record.close());

type Row = Readonly<Record<string, unknown>>;

/** By kind: how to ask for what a later report says otherwise, what that is, and what had been right. */
const otherwise: Readonly<Record<AssertionKind, readonly [asked: string, updated: Row, corrected: Row]>> = {
  OCCUPANCY: ["basis", { basis: "The estates" }, { basis: "The old law" }],
  RECOGNITION: ["stance", { stance: "WITHDRAWN" }, { stance: "REJECTS" }],
  UTTERANCE: ["paraphrase", { paraphrase: "He was king" }, { paraphrase: "He will be king" }],
  EVENT: ["title", { title: "The estates have voted" }, { title: "The estates vote again" }],
  DESIGNATION: ["reason", { reason: "Treason" }, { reason: "Riot" }],
  COMMITMENT: ["action", { action: "To lift some measures" }, { action: "To lift no measure" }],
  CLAIM: ["proposition", { proposition: "Michael was king" }, { proposition: "Michael is duke" }],
  QUANTITY_CLAIM: ["counted", { counted: "guards who left" }, { counted: "guards who stayed" }],
  ACCOUNT: ["frame", { frame: "It was repaired" }, { frame: "It is to be repaired" }],
  STANCE: ["stanceKind", { stanceKind: "BACKS" }, { stanceKind: "OPPOSES" }],
  RECOGNITION_TALLY: ["value", { value: 5 }, { value: 6 }],
  BLOC_MEMBERSHIP: ["confidence", { confidence: "LOW" }, { confidence: "HIGH" }],
  EVENT_CODING: ["code", { code: "REJECT" }, { code: "ACCUSE" }],
  ASSESSMENT: ["verdict", { verdict: "Too few" }, { verdict: "About right" }],
  MENTION: [
    "surface resolvesTo { key }",
    { surface: "Michael", resolvesTo: { key: "rudolf" } },
    { surface: "Gallia", resolvesTo: { key: "gallia" } },
  ],
  IDENTITY_JUDGEMENT: ["explanation", { explanation: "A clerk's slip" }, { explanation: "A printer's slip" }],
};

/** What it rests on, which tells by itself when it was reported. */
const later = {
  evidence: [{ document: { key: "courier" }, exact: "Gallia no longer recognises Michael" }],
  reportedAt: null,
};
const { assertions } = parse(everyKind) as { assertions: readonly (Row & { readonly kind: string })[] };

function saidOf(kind: AssertionKind): Row {
  const entry = assertions.find((each) => each.kind === kind);
  if (!entry) throw new Error(`The dossier of every kind has no ${kind}.`);
  return saysOf(kind, entry);
}

test.each(Object.keys(otherwise) as AssertionKind[])(
  "%s is asserted, updated, corrected and retracted, and each step is read back",
  async (kind) => {
    const [asked, updated, corrected] = otherwise[kind];
    const [name, type] = [fieldOfKind(kind), typeOf("record", kind)];
    const fields = `... on ${type}Submitted { fact: ${name} { id versionId } }`;
    const says = saidOf(kind);
    const read = async (id: string) => {
      const { data, errors } = await record.ask(`{ node(id: "${id}") { ... on ${type} { versionId ${asked} } } }`);
      expect(errors).toBeUndefined();
      return data?.["node"];
    };
    const take = async (step: string, input: Row) => {
      const told = await submit(record, step, { reason: "It is so.", ...input }, { fields });
      expect(told).toEqual({ __typename: `${type}Submitted`, fact: told["fact"] });
      return told["fact"] as { id: string; versionId: string };
    };
    const crisis = { key: "ruritania-1894" };
    const first = await take(`${name}Assert`, {
      crisis,
      key: `another-${kind.toLowerCase().replaceAll("_", "-")}`,
      says,
    });
    const { id } = first;
    const { versionId: _, ...original } = (await read(id)) as Row;
    for (const field of Object.keys(original).filter((each) => each in says))
      expect(original[field]).toEqual(says[field]);
    const second = await take(`${name}Update`, {
      id,
      expectedVersion: first.versionId,
      says: { ...says, ...updated, ...later },
    });
    expect(await read(id)).toEqual({ versionId: second.versionId, ...updated });
    const third = await take(`${name}Correct`, {
      id,
      expectedVersion: second.versionId,
      says: { ...says, ...corrected, ...later },
    });
    expect(third.id).toBe(id);
    expect(await read(id)).toEqual({ versionId: third.versionId, ...corrected });
    const gone = await submit(record, "assertionRetract", { reason: "A hoax.", id, expectedVersion: third.versionId });
    expect(gone["__typename"]).toBe("AssertionSubmitted");
    expect(await read(id)).toBeNull();
    const { data } = await record.ask(`{ history(id: "${id}") { change assertion { ... on ${type} { ${asked} } } } }`);
    const steps = data?.["history"] as { change: string; assertion: Row }[];
    const saidBy = (change: string) => steps.filter((step) => step.change === change).map(({ assertion }) => assertion);
    expect(saidBy("ASSERTED")).toEqual([original]);
    expect(saidBy("UPDATED")).toEqual([updated]);
    expect(saidBy("CORRECTED")).toEqual([corrected]);
    expect(saidBy("RETRACTED")).toHaveLength(1);
  },
);
