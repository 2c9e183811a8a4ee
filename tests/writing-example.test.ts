import { readdirSync, readFileSync } from "node:fs";
import { parse } from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { bearer, issue, openGuarded, type Guarded } from "./support/guarded.ts";
import { partsOf, readUntil } from "./support/stream.ts";

const folder = new URL("../examples/", import.meta.url);
const read = (name: string) => readFileSync(new URL(`writing-${name}.graphql`, folder), "utf8");

let database: TestDatabase;
let server: Guarded;
const keys = { archive: "", volunteer: "", editor: "" };
beforeAll(async () => {
  database = await cloneSeeded();
  server = openGuarded(database.url);
  keys.archive = (await issue(server.db, "Archive", "read", "contribute", "admin")).secret;
  keys.volunteer = (await issue(server.db, "Volunteer", "read", "contribute")).secret;
  keys.editor = (await issue(server.db, "Editor", "read", "review")).secret;
});
afterAll(async () => {
  expect(server.faults).toEqual([]);
  await server.close();
  await database.drop();
});

/** Runs one operation of an example, as the playground does: with a key in a header, and variables. */
async function run(name: string, operationName: string, key: string | null, variables: object = {}) {
  const response = await server.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", ...(key === null ? {} : bearer(key)) },
    body: JSON.stringify({ query: read(name), operationName, variables }),
  });
  return (await response.json()) as { data: Record<string, never> | null; errors?: { extensions: { code: string } }[] };
}

/** What an operation answers, without an error. */
async function told<T>(...asked: Parameters<typeof run>): Promise<T> {
  const { data, errors } = await run(...asked);
  expect(errors).toBeUndefined();
  return data as T;
}

interface Fact {
  readonly id: string;
  readonly versionId: string;
  readonly form: string;
}
const readFact = async () =>
  (await told<{ recognitions: { nodes: Fact[] } }>("2-correct", "Read", null)).recognitions.nodes[0] as Fact;
interface Queue {
  readonly proposals: { nodes: { id: string; author: string; changes: { operation: string; fields: object[] }[] }[] };
}
const queue = async () => (await told<Queue>("3-review", "WaitingForReview", keys.editor)).proposals.nodes;
const settled = (name: string, state: string) => ({ [name]: { proposal: { state } } });

test("the tabs of writing are four, and say where the key goes unless none is needed", () => {
  const names = readdirSync(folder).filter((name) => /^writing-.*\.graphql$/.test(name));
  expect(names).toHaveLength(4);
  for (const name of names) {
    const text = readFileSync(new URL(name, folder), "utf8");
    const writes = parse(text).definitions.some((each) => "operation" in each && each.operation === "mutation");
    const comment = /^(?:#.*\n)+/.exec(text)?.[0] ?? "";
    expect([name, /Headers pane.*\{ "authorization": "Bearer pcr_…" \}/s.test(comment)]).toEqual([name, writes]);
  }
});

test("without a key nothing is brought in, and the answer names the scope", async () => {
  const { errors } = await run("1-submit", "BringInASource", null);
  expect(errors?.[0]?.extensions).toMatchObject({ code: "FORBIDDEN", scope: "contribute" });
});

test("a source is proposed, found in the queue, rejected, proposed again and accepted by another", async () => {
  for (const [name, state] of [
    ["Reject", "REJECTED"],
    ["Accept", "ACCEPTED"],
  ] as const) {
    const proposed = await told("1-submit", "BringInASource", keys.volunteer);
    expect(proposed).toMatchObject({
      changeSetSubmit: { changeSet: null, proposal: { id: expect.stringMatching(/^Proposal:/) as string } },
    });
    const [waiting] = await queue();
    expect(waiting).toMatchObject({ author: "Volunteer", changes: { length: 4 } });
    expect(waiting?.changes.map(({ operation }) => operation)).toContain("captureCreate");
    const decision = await told("3-review", name, keys.editor, { id: waiting?.id });
    expect(decision).toMatchObject(settled(`proposal${name}`, state));
    expect(await queue()).toEqual([]);
  }
  expect(await readFact()).toMatchObject({ form: "NOT_STATED" });
});

test("the fact is corrected from the version that was read, once", async () => {
  const { id, versionId: expectedVersion } = await readFact();
  const corrected = await told("2-correct", "Correct", keys.archive, { id, expectedVersion });
  expect(corrected).toMatchObject({ recognitionCorrect: { recognition: { form: "UNILATERAL" }, proposal: null } });
  const { versionId } = await readFact();
  const late = await told("2-correct", "Correct", keys.archive, { id, expectedVersion });
  expect(late).toMatchObject({ recognitionCorrect: { code: "CONFLICT", currentVersion: versionId } });
});

test("the log tells of it, and the stream of what comes after a cursor", async () => {
  type Log = { readonly changes: { nodes: { change: string; changeSet: { author: string } }[]; head: string } };
  const { changes } = await told<Log>("4-changes", "Changes", null);
  expect(changes.nodes.at(-1)).toMatchObject({ change: "CORRECTED", changeSet: { author: "Archive" } });
  const { id, versionId: expectedVersion } = await readFact();
  await told("2-correct", "Correct", keys.archive, { id, expectedVersion });
  const response = await server.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({
      query: read("4-changes"),
      operationName: "Follow",
      variables: { after: changes.head },
    }),
  });
  const text = await readUntil(partsOf(response), '"change":null');
  expect(text).toContain('"change":"CORRECTED"');
  expect(text).toContain('"key":"recognition-ruritania-guaido"');
});
