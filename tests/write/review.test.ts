import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acceptProposal } from "../../src/record/proposal.ts";
import { newUuid } from "../../src/values/ids.ts";
import { asHolder, type TestRecord } from "../support/record.ts";
import { partsOf, readUntil } from "../support/stream.ts";
import { findGalliaMichael, galliaMichael, openEveryKind, submit, type Told } from "../support/writing.ts";

let record: TestRecord;

beforeAll(async () => {
  record = await openEveryKind();
});
afterAll(() => record.close());

const scribe = asHolder("scribe", "read", "contribute");
const chief = asHolder("chief", "read", "review");
const both = asHolder("both", "read", "contribute", "review");
const reader = asHolder("reader", "read");

const shown = `proposal { id state author reason reviewer reviewReason changeSet { number }
  changes { operation id outdated current { id } fields { field before after } } }`;

interface Proposed {
  readonly id: string;
  readonly state: string;
  readonly changes: readonly { id: string; outdated: boolean; current: unknown; fields: readonly object[] }[];
}

const recognising = {
  recogniser: { key: "league" },
  claimant: { key: "rudolf" },
  position: { key: "king" },
  stance: "RECOGNISES",
  evidence: [{ document: { key: "gazette" }, exact: "Rudolf was crowned king" }],
};

async function propose(key: string, as = scribe): Promise<Proposed> {
  const input = { reason: "The gazette says so.", crisis: { key: "ruritania-1894" }, key, says: recognising };
  const fields = `... on RecognitionSubmitted { recognition { id } changeSet { number } ${shown} }`;
  const told = await submit(record, "recognitionAssert", input, { fields, as });
  expect(told).toMatchObject({ __typename: "RecognitionSubmitted", recognition: null, changeSet: null });
  return told["proposal"] as Proposed;
}

const decide = (name: string, id: string, as: Record<string, string>, reason?: string): Promise<Told> =>
  submit(
    record,
    name,
    { id, ...(reason === undefined ? {} : { reason }) },
    {
      as,
      fields: `... on ProposalDecided { ${shown} }`,
    },
  );

const proposalOf = async (id: string, as: Record<string, string>) =>
  (await record.ask(`{ proposal(id: "${id}") { id state } }`, {}, as)).data?.["proposal"];

/** Everything by which a reader could come upon a proposal. */
async function seenByReaders(id: string): Promise<string> {
  const [type = ""] = id.split(":");
  const alone =
    type === "Person"
      ? `person(id: "${id}") { id }`
      : `recognition(id: "${id}") { id } history(id: "${id}") { change }`;
  const { data, errors } = await record.ask(
    `{ node(id: "${id}") { id } nodes(ids: ["${id}"]) { id } ${alone}
      recognitions(first: 100) { totalCount nodes { key } } timeline(first: 100) { nodes { key } }
      changeSets(first: 100) { nodes { number reason } } changes(first: 100) { edges { cursor } }
      search(query: "Hentzau") { totalCount nodes { matched } }
      match(names: [{ name: "Rupert of Hentzau" }]) { candidates { matched } }
      _entities(representations: [{ __typename: "${type}", id: "${id}" }]) { ... on Node { id } } }`,
    {},
    reader,
  );
  expect(errors).toBeUndefined();
  return JSON.stringify(data);
}

describe("what a key without the right to enter submits", () => {
  test("is seen by no reader in any way, and by its author and by reviewers", async () => {
    const unknown = "Recognition:0192f3a1-7c4e-7d7a-8a52-3f6b1c9e0d11";
    const before = await seenByReaders(unknown);
    const { id, state, changes } = await propose("hidden");
    expect(state).toBe("PROPOSED");
    expect(await seenByReaders(changes[0]?.id ?? "")).toBe(before);
    expect(await proposalOf(id, scribe)).toEqual({ id, state: "PROPOSED" });
    expect(await proposalOf(id, chief)).toEqual({ id, state: "PROPOSED" });
    for (const other of [reader, {}, asHolder("another", "read", "contribute", "admin")]) {
      expect(await proposalOf(id, other)).toBeNull();
      expect(await proposalOf(id.replace(/.{4}$/, "0000"), other)).toBeNull();
    }
    const asked = `{ node(id: "${id}") { id } }`;
    expect((await record.ask(asked, {}, chief)).data).toEqual({ node: null });
    for (const other of [reader, scribe]) {
      const { errors } = await record.ask(`{ proposals { nodes { id } } }`, {}, other);
      expect(errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN", scope: "review" });
    }
    const own = `{ ownProposals(filter: { state: { eq: PROPOSED } }) { totalCount nodes { id } } }`;
    const elsewhere = asHolder("elsewhere", "read", "contribute");
    expect((await record.ask(own, {}, elsewhere)).data).toEqual({ ownProposals: { totalCount: 0, nodes: [] } });
    expect(JSON.stringify((await record.ask(own, {}, scribe)).data)).toContain(id);
  });

  test("is found by no search, meant by no name, and told in no stream of changes", async () => {
    const rupert = { key: "rupert", name: "Rupert of Hentzau" };
    const unknown = "Person:0192f3a1-7c4e-7d7a-8a52-3f6b1c9e0d11";
    const fields = `... on PersonSubmitted { ${shown} }`;
    const bring = (said: object, as: Record<string, string>) =>
      submit(record, "personCreate", { reason: "He rode by.", ...said }, { as, fields });
    const before = await seenByReaders(unknown);
    const response = await record.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "text/event-stream", ...reader },
      body: JSON.stringify({ query: "subscription { recordChanged { change { subjectId } } }" }),
    });
    const stream = partsOf(response);
    const told = await bring(rupert, scribe);
    const id = (told["proposal"] as Proposed).changes[0]?.id ?? "";
    expect(id).toMatch(/^Person:/);
    expect(await seenByReaders(id)).toBe(before);
    await bring({ key: "sapt", name: "Sapt" }, asHolder("clerk", "read", "contribute", "admin"));
    const { data } = await record.ask(`{ personByKey(key: "sapt") { id } }`);
    const sapt = (data?.["personByKey"] as { id: string }).id;
    const text = await readUntil(stream, sapt);
    expect([...text.matchAll(/"subjectId":"(.*?)"/g)].map(([, subject]) => subject)).toEqual([sapt]);
    expect(await seenByReaders(id)).not.toContain("Hentzau");
    await decide("proposalAccept", (told["proposal"] as Proposed).id, chief, "I saw him.");
    expect(await seenByReaders(id)).toContain("Rupert of Hentzau");
  });

  test("is entered by another's acceptance, under its author's name, with the ids it was promised", async () => {
    const { id, changes } = await propose("accepted");
    const [change] = changes;
    expect(change).toMatchObject({ operation: "recognitionAssert", current: null, outdated: false });
    expect(change?.fields).toContainEqual({ field: "recogniser", before: null, after: "league" });
    const told = await decide("proposalAccept", id, chief, "Well sourced.");
    expect(told).toMatchObject({
      __typename: "ProposalDecided",
      proposal: { state: "ACCEPTED", reviewer: "chief", reviewReason: "Well sourced.", changeSet: {} },
    });
    const { data } = await record.ask(
      `{ recognition(id: "${change?.id ?? ""}") { key extractor { name } history { recorded { from { author reason review { reviewer reviewReason } } } } } }`,
    );
    const review = { reviewer: "chief", reviewReason: "Well sourced." };
    expect(data?.["recognition"]).toEqual({
      key: "accepted",
      extractor: { name: "scribe" },
      history: [{ recorded: { from: { author: "scribe", reason: "The gazette says so.", review } } }],
    });
    expect(await decide("proposalAccept", id, chief, "Again.")).toMatchObject({ __typename: "ProposalClosedError" });
  });

  test("is rejected with a reason, or taken back by its author alone, and then enters no more", async () => {
    const before = await record.db.prisma.changeSet.count();
    const rejected = await propose("rejected");
    expect(await decide("proposalReject", rejected.id, chief, "A hoax.")).toMatchObject({
      proposal: { state: "REJECTED", reviewReason: "A hoax." },
    });
    const taken = await propose("taken-back");
    const other = asHolder("other", "read", "contribute");
    expect(await decide("proposalWithdraw", taken.id, other)).toMatchObject({ __typename: "NotFoundError" });
    expect(await decide("proposalWithdraw", taken.id, scribe)).toMatchObject({ proposal: { state: "WITHDRAWN" } });
    for (const { id } of [rejected, taken]) {
      expect(await decide("proposalAccept", id, chief, "Yes.")).toMatchObject({ __typename: "ProposalClosedError" });
    }
    expect(await record.db.prisma.changeSet.count()).toBe(before);
  });

  test("is reviewed by nobody who proposed it", async () => {
    const { id } = await propose("own", both);
    for (const name of ["proposalAccept", "proposalReject"]) {
      expect(await decide(name, id, both, "I say so.")).toMatchObject({
        __typename: "OwnProposalError",
        code: "OWN_PROPOSAL",
      });
    }
    expect(await proposalOf(id, both)).toEqual({ id, state: "PROPOSED" });
  });

  test("is accepted by nobody under whose name it was proposed, though the key is another", async () => {
    const { id } = await propose("same-name", asHolder("anna", "read", "contribute"));
    const anna = { keyId: newUuid(), name: "anna", reason: "Good.", repeatable: null };
    const accepting = acceptProposal(record.db, { proposalId: id.split(":")[1] ?? "", ...anna });
    await expect(accepting).rejects.toMatchObject({ why: "OWN" });
    expect(await proposalOf(id, chief)).toEqual({ id, state: "PROPOSED" });
  });

  test("is held to the terms of entry at once", async () => {
    const input = { reason: "?", crisis: { key: "ruritania-1894" }, key: "misquoted" };
    const evidence = [{ document: { key: "gazette" }, exact: "Nobody was crowned" }];
    const told = await submit(
      record,
      "recognitionAssert",
      { ...input, says: { ...recognising, evidence } },
      { as: scribe },
    );
    expect(told["__typename"]).toBe("QuoteNotFoundError");
  });

  test("tells what it alters of what stands, and stays open when that changes meanwhile", async () => {
    const fact = await findGalliaMichael(record);
    const input = { reason: "Misread.", ...fact };
    const fields = `... on RecognitionSubmitted { ${shown} }`;
    const told = await submit(
      record,
      "recognitionCorrect",
      { ...input, says: { ...galliaMichael, stance: "REJECTS" } },
      { as: scribe, fields },
    );
    const proposal = told["proposal"] as Proposed;
    expect(proposal.changes).toEqual([
      {
        operation: "recognitionCorrect",
        id: fact.id,
        outdated: false,
        current: { id: fact.id },
        fields: [
          { field: "stance", before: "RECOGNISES", after: "REJECTS" },
          { field: "valid.start", before: "1894-04", after: "1894-03" },
        ],
      },
    ]);
    await submit(record, "recognitionCorrect", { ...input, says: { ...galliaMichael, stance: "NEUTRAL" } });
    expect(await decide("proposalAccept", proposal.id, chief, "Yes.")).toMatchObject({
      __typename: "ConflictError",
      path: ["operations", "0", "recognitionCorrect"],
    });
    const { data: queue } = await record.ask(
      `{ proposals(filter: { state: { eq: PROPOSED } }) { nodes { id changes { outdated } } } }`,
      {},
      chief,
    );
    expect((queue?.["proposals"] as { nodes: object[] }).nodes).toContainEqual({
      id: proposal.id,
      changes: [{ outdated: true }],
    });
  });

  const changesOf = async (id: string) => {
    const { data } = await record.ask(
      `query ($id: ID!) { proposal(id: $id) { changes { operation outdated fields { field before after } } } }`,
      { id },
      chief,
    );
    return (data?.["proposal"] as { changes: object[] }).changes;
  };
  const proposing = async (name: string, input: object): Promise<string> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1).replace(/(Create|Amend|Assert|NameWithdraw)$/, "Submitted")}`;
    const told = await submit(record, name, input, { as: scribe, fields: `... on ${type} { proposal { id } }` });
    return (told["proposal"] as { id: string }).id;
  };

  test("tells how a thing that is to be amended stands, and whether it was amended meanwhile", async () => {
    const { data } = await record.ask(`{ positionByKey(key: "king") { id title } }`, {}, chief);
    const king = data?.["positionByKey"] as { id: string; title: string };
    const input = { reason: "In full.", id: king.id, expectedVersion: "0", title: "The King of Ruritania" };
    const amendment = { ...input, inception: { edtf: "1700" }, state: { key: "gallia" } };
    const id = await proposing("positionAmend", amendment);
    const fields = [
      { field: "title", before: king.title, after: "The King of Ruritania" },
      { field: "inception", before: null, after: "1700" },
      { field: "state", before: null, after: "gallia" },
    ];
    const [change] = await changesOf(id);
    expect(change).toMatchObject({ operation: "positionAmend", outdated: false });
    expect((change as { fields: object[] }).fields).toEqual(expect.arrayContaining(fields));
    await submit(record, "positionAmend", { ...input, title: "Monarch" });
    expect(await changesOf(id)).toMatchObject([{ outdated: true }]);
    expect(await decide("proposalAccept", id, chief, "Yes.")).toMatchObject({ __typename: "ConflictError" });
  });

  test("tells when the key of what is to be brought in was taken meanwhile", async () => {
    const person = { reason: "A page.", key: "bertram", name: "Bertram" };
    const fact = {
      crisis: { key: "ruritania-1894" },
      key: "taken-meanwhile",
      says: recognising,
      reason: "It says so.",
    };
    const [one, other] = [await proposing("personCreate", person), await proposing("recognitionAssert", fact)];
    expect([await changesOf(one), await changesOf(other)]).toMatchObject([
      [{ outdated: false }],
      [{ outdated: false }],
    ]);
    await submit(record, "personCreate", person);
    await submit(record, "recognitionAssert", fact);
    expect([await changesOf(one), await changesOf(other)]).toMatchObject([[{ outdated: true }], [{ outdated: true }]]);
    expect(await decide("proposalAccept", one, chief, "Yes.")).toMatchObject({ __typename: "DuplicateError" });
  });

  test("does not withdraw another name than the one that its author saw, though it says the same", async () => {
    const name = { actor: { key: "rudolf" }, text: "Rassendyll", kind: "ALIAS" };
    const again = (deed: string) => submit(record, deed, { reason: "Put right.", ...name });
    await again("actorNameAdd");
    const id = await proposing("actorNameWithdraw", { reason: "He is not.", ...name });
    await again("actorNameWithdraw");
    await again("actorNameAdd");
    expect(await changesOf(id)).toMatchObject([{ outdated: true }]);
    const names = () => record.db.prisma.name.count({ where: { text: name.text, withdrawn: null } });
    expect(await decide("proposalAccept", id, chief, "Yes.")).toMatchObject({
      __typename: "ValidationError",
      issues: [
        { path: ["operations", "0", "actorNameWithdraw"], message: expect.stringContaining("given again") as string },
      ],
    });
    expect(await names()).toBe(1);
  });

  test("reads no more of what long proposals alter than an answer may hold", async () => {
    const description = "x".repeat(20_000);
    const operations = (of: number) =>
      Array.from({ length: 45 }, (_, at) => ({
        personCreate: { key: `long-${of}-${at}`, name: `Long ${at}`, description },
      }));
    for (let of = 0; of < 12; of++) {
      await submit(record, "changeSetSubmit", { reason: "Long.", operations: operations(of) }, { as: scribe });
    }
    const ask = (first: number) =>
      record.ask(
        `query ($first: Int) { proposals(first: $first, orderBy: SUBMITTED_DESC) { nodes { id changes { operation } } } }`,
        { first },
        chief,
      );
    expect((await ask(10)).errors).toBeUndefined();
    expect((await ask(12)).errors).toMatchObject([{ extensions: { code: "QUERY_TOO_COMPLEX" } }]);
    const { data } = await record.ask(
      `{ ownProposals(first: 12, orderBy: SUBMITTED_DESC) { nodes { id } } }`,
      {},
      scribe,
    );
    const ids = (data?.["ownProposals"] as { nodes: { id: string }[] }).nodes.map(({ id }) => id);
    const alone = (some: readonly string[]) =>
      some.map((id, at) => `p${at}: proposal(id: "${id}") { changes { operation } }`).join(" ");
    expect((await record.ask(`{ ${alone(ids.slice(0, 9))} }`, {}, scribe)).errors).toBeUndefined();
    const { errors } = await record.ask(`{ ${alone(ids)} }`, {}, scribe);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "QUERY_TOO_COMPLEX" });
    // What is told under many names counts each time, before the database has written any of it.
    const often = Array.from({ length: 25 }, (_, at) => `a${at}: after`).join(" ");
    const times = await record.ask(
      `{ ${ids
        .slice(0, 1)
        .map((id) => `proposal(id: "${id}") { changes { fields { ${often} } } }`)
        .join(" ")} }`,
      {},
      scribe,
    );
    expect(times.errors?.[0]?.extensions).toMatchObject({ code: "QUERY_TOO_COMPLEX" });
  });

  test("shows nothing of the record to a key that may not read it", async () => {
    const blind = asHolder("blind", "contribute");
    const input = { key: "rudolf", name: "Rudolf", reason: "Again." };
    const fields = "... on DuplicateError { message existing { id } }";
    const told = await submit(record, "personCreate", input, { fields, as: blind });
    expect(told).toMatchObject({ __typename: "DuplicateError", existing: null });
    const seen = await submit(record, "personCreate", input, { fields, as: scribe });
    expect(seen["existing"]).toMatchObject({ id: expect.stringMatching(/^Person:/) as string });
  });
});
