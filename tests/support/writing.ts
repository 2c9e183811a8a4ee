import { expect } from "vitest";
import { importDossier } from "../../src/formats/dossier/import-dossier.ts";
import { cloneDatabase } from "./database.ts";
import { everyKind } from "./every-kind.ts";
import { asHolder, openRecord, type TestRecord } from "./record.ts";

/** Somebody who may enter what they submit at once. */
export const clerk = asHolder("clerk", "read", "contribute", "admin");

/** Opens a record of its own that holds one fact of every kind, to be written on; closing it drops its database. */
export async function openEveryKind(): Promise<TestRecord> {
  const database = await cloneDatabase();
  const record = openRecord(database.url);
  await importDossier(record.db, everyKind, { folder: ".", author: "the founder" });
  const close = async () => {
    await record.close();
    await database.drop();
  };
  return { ...record, close };
}

/** What a mutation answered: the type of its result, and its fields. */
export type Told = Readonly<Record<string, unknown>> & { readonly __typename: string };

const told = `__typename ... on UserError { message code }
  ... on ValidationError { issues { path code message nearest } }
  ... on NotFoundError { path }
  ... on DuplicateError { path existing { id } }
  ... on QuoteNotFoundError { path nearest { text } }
  ... on QuoteAmbiguousError { path places { exact prefix start } }
  ... on ConflictError { path currentVersion current { id ... on Assertion { versionId } } }`;

/** Sends one mutation and answers what it told. `fields` is what is asked of what was submitted. */
export async function submit(
  record: TestRecord,
  name: string,
  input: object,
  { fields = "", as = clerk, headers = {} }: { fields?: string; as?: Record<string, string>; headers?: object } = {},
): Promise<Told> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { told: ${name}(input: $input) { ${told} ${fields} } }`;
  const answer = await record.ask(document, { input }, { ...as, ...headers });
  expect(record.faults).toEqual([]);
  expect(answer.errors).toBeUndefined();
  return answer.data?.["told"] as Told;
}

/** A fact of that record, as it stands: that Gallia recognises Michael as King. */
export async function findGalliaMichael(record: TestRecord): Promise<{ id: string; expectedVersion: string }> {
  const { data } = await record.ask(
    `{ recognitions(filter: { key: { eq: "gallia-michael" } }) { nodes { id versionId } } }`,
  );
  const [fact] = (data?.["recognitions"] as { nodes: { id: string; versionId: string }[] }).nodes;
  if (!fact) throw new Error("Gallia recognises nobody");
  return { id: fact.id, expectedVersion: fact.versionId };
}

/** What it says with another beginning; its stance is to be added. */
export const galliaMichael = {
  recogniser: { key: "gallia" },
  claimant: { key: "michael" },
  position: { key: "king" },
  onBehalfOf: { key: "league" },
  valid: { start: { edtf: "1894-03" } },
  evidence: [{ document: { key: "gazette" }, exact: "Gallia recognises Michael" }],
};
