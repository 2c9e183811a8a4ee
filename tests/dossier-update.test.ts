import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importDossier } from "../src/formats/dossier/import-dossier.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { everyKind, written } from "./support/every-kind.ts";
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

const enter = (text: string) => importDossier(record.db, text, { folder: ".", author: "Anthony Hope" });

const first = written(everyKind, / {4}updates:\n( {6}.*\n)+/, "");
const withdrawal = "    retracted: The gazette took it back\n";
const withdrawn = written(everyKind, "    valid: { start: 1894-04 }\n", `    valid: { start: 1894-04 }\n${withdrawal}`);
const reworded = (text: string) => written(text, "conditions: They open the gates", "conditions: The gates are opened");

/** What became of the offer, and on what condition it was made, as known on a day. */
async function offerOn(day: string): Promise<unknown> {
  const query = `query ($at: DateTime!) { record(asOf: { knownAt: $at }) {
    commitments(filter: { commitmentKind: { in: [OFFER] } }) { nodes { commitmentStatus conditions } } } }`;
  const { data, errors } = await record.ask(query, { at: `${day}T12:00:00Z` });
  expect(errors).toBeUndefined();
  return (data?.["record"] as { commitments: { nodes: unknown[] } }).commitments.nodes;
}

/** How the versions of an assertion came to be that the record ever held, oldest first. */
async function changesOf(key: string): Promise<unknown[]> {
  const { rows } = await record.db.pool.query<{ step: string }>(
    `select a.change || case when a.recorded_to is null then '' else ' closed' end as step from assertion a
     join record r on r.id = a.record_id where r.key = $1 order by a.recorded_from, a.reported_from`,
    [key],
  );
  return rows.map(({ step }) => step);
}

describe("a later report", () => {
  it("is known from its own day on, and leaves what was known before as it was", async () => {
    await enter(everyKind);
    expect(await offerOn("1894-05-10")).toEqual([{ commitmentStatus: "OPEN", conditions: "They open the gates" }]);
    expect(await offerOn("1894-06-01")).toEqual([{ commitmentStatus: "MET", conditions: "They open the gates" }]);
    expect(await changesOf("offer")).toEqual(["ASSERTED", "UPDATED"]);
  });

  it("may come with a later dossier, once", async () => {
    await enter(first);
    expect((await enter(everyKind)).added).toMatchObject({ updates: 1, corrections: 0, assertions: 0 });
    expect(await changesOf("offer")).toEqual(["ASSERTED closed", "CARRIED", "UPDATED"]);
    expect(await offerOn("1894-05-10")).toMatchObject([{ commitmentStatus: "OPEN" }]);
    expect((await enter(everyKind)).changeSet).toBeNull();
    expect((await enter(first)).changeSet).toBeNull();
  });

  it("stays when what an earlier one said is put right", async () => {
    await enter(everyKind);
    expect((await enter(reworded(everyKind))).added).toMatchObject({ corrections: 1, updates: 0 });
    expect(await offerOn("1894-05-10")).toEqual([{ commitmentStatus: "OPEN", conditions: "The gates are opened" }]);
    expect(await offerOn("1894-06-01")).toEqual([{ commitmentStatus: "MET", conditions: "They open the gates" }]);
    expect((await enter(reworded(everyKind))).changeSet).toBeNull();
  });

  it("may come together with a correction of the one before", async () => {
    await enter(first);
    const { added, changeSet } = await enter(reworded(everyKind));
    expect([added.corrections, added.updates, changeSet]).toEqual([1, 1, 2]);
    expect(await changesOf("offer")).toEqual(["ASSERTED closed", "CORRECTED closed", "CARRIED", "UPDATED"]);
    expect((await enter(reworded(everyKind))).changeSet).toBeNull();
  });

  it("is refused when it is no later than the one before", async () => {
    const late = "document: courier, quote: The guards took the offer";
    const early = "document: gazette, quote: Rudolf was crowned king";
    const refused = enter(written(everyKind, late, early));
    await expect(refused).rejects.toThrow(/\.updates\[0\]: .*1894-05-02.*each from a later report/);
    expect(await changesOf("offer")).toEqual([]);
  });

  it("is refused when the record holds a later one already", async () => {
    await enter(everyKind);
    const sooner = written(everyKind, "published: 1894-06-01", "published: 1894-05-20").replaceAll("courier", "herald");
    await expect(enter(sooner)).rejects.toThrow(/\.updates\[0\]: .*1894-05-20.*1894-06-01.*later report/);
  });
});

describe("what should not have been asserted", () => {
  const recognitions = async () => (await record.ask("{ recognitions { nodes { key } } }")).data?.["recognitions"];

  it("is not corrected by a later report alone, and the refusal says where and what would do", async () => {
    await enter(everyKind);
    const later = written(
      everyKind,
      "claimant: rudolf, polarity: DENIES }, evidence: *crowned",
      "claimant: rudolf, polarity: DENIES }, evidence: [{ document: courier, quote: The guards took the offer }]",
    );
    const refusal = enter(later);
    await expect(refusal).rejects.toThrow(/"usurper" as reported .* rests on nothing before .* as an update/);
    const problem = expect.objectContaining({ path: expect.stringMatching(/evidence$/) as string }) as object;
    await expect(refusal).rejects.toMatchObject({ details: { problems: [problem] } });
  });

  it("is withdrawn with its reason, also by the dossier that brings it in", async () => {
    expect((await enter(withdrawn)).added).toMatchObject({ assertions: 21, retractions: 1 });
    expect(await recognitions()).toEqual({ nodes: [] });
    expect(await changesOf("gallia-michael")).toEqual(["ASSERTED closed"]);
    const { rows } = await record.db.pool.query("select reason, change_set_number as number from retraction");
    expect(rows).toEqual([{ reason: "The gazette took it back", number: 2 }]);
    expect((await enter(withdrawn)).changeSet).toBeNull();
  });

  it("is withdrawn by a later dossier, and what leads to it still stands", async () => {
    await enter(everyKind);
    expect((await enter(withdrawn)).added).toMatchObject({ retractions: 1, corrections: 0 });
    expect(await recognitions()).toEqual({ nodes: [] });
    expect((await record.ask("{ eventCodings { nodes { key } } }")).data?.["eventCodings"]).toEqual({
      nodes: [{ key: "coded" }],
    });
  });

  it("is not asserted again, nor withdrawn for another reason", async () => {
    await enter(withdrawn);
    await expect(enter(everyKind)).rejects.toThrow(/"gallia-michael" was withdrawn from the record/);
    const otherwise = written(withdrawn, "The gazette took it back", "Nobody believes it");
    await expect(enter(otherwise)).rejects.toThrow(/\.retracted: .*another reason, "The gazette took it back"/);
  });
});

it("refuses an otherwise that leads back through what the record holds", async () => {
  await enter(everyKind);
  const threat = `  - { key: threat, kind: COMMITMENT, commitment: { commitmentKind: THREAT, by: rudolf, action: To storm the castle, otherwise: offer, commitmentStatus: LAPSED }, evidence: [{ document: gazette, quote: Duke Micheal holds Zenda }] }\n`;
  const later = `dossier: 1\ncrisis: { key: ruritania-1894, title: Ruritanian succession, summary: Two men claim the throne of Ruritania. }\nassertions:\n${threat}`;
  await expect(enter(later)).rejects.toThrow(/"threat" would follow upon its own failure/);
});

it("takes what a machine proposed as reported when it was first said to be, for ever", async () => {
  await enter(everyKind);
  const later = written(everyKind, "1894-05-03T00:00:00Z", "1894-05-04T00:00:00Z");
  await expect(enter(later)).rejects.toThrow(/\.reported: The record holds "coded" as reported 1894-05-03/);
});
