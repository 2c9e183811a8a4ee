import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importDossier } from "../../src/formats/dossier/import-dossier.ts";
import { findHeldRecords } from "../../src/record/held-version.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { operationsOf } from "../support/dossier-operations.ts";
import { everyKind, written } from "../support/every-kind.ts";
import { openRecord, type TestRecord } from "../support/record.ts";
import { clerk, submit } from "../support/writing.ts";

let databases: TestDatabase[];
let record: TestRecord;
let other: TestRecord;

beforeAll(async () => {
  databases = [await cloneDatabase(), await cloneDatabase()];
  record = openRecord(databases[0]?.url ?? "");
  other = openRecord(databases[1]?.url ?? "");
});
afterAll(async () => {
  await record.close();
  await other.close();
  for (const database of databases) await database.drop();
});

const fields = `... on ChangeSetSubmitted { changeSet { number items author } items { ref id node { id } } }`;
const enter = (operations: readonly object[], reason = "All of it.") =>
  submit(record, "changeSetSubmit", { reason, operations }, { fields });

/** Everything that a record holds of a crisis, with keys in place of ids. */
async function saidIn({ db }: TestRecord): Promise<Record<string, string>> {
  const named = new Map<string, string>();
  for (const rows of [
    await db.prisma.actor.findMany(),
    await db.prisma.position.findMany(),
    await db.prisma.sanctionsProgramme.findMany(),
    await db.prisma.record.findMany(),
  ]) {
    for (const { id, key } of rows) named.set(id, key);
  }
  for (const { id, exact } of await db.prisma.passage.findMany()) named.set(id, exact);
  const crisis = await db.prisma.crisis.findUniqueOrThrow({ where: { key: "ruritania-1894" } });
  const keys = (await db.prisma.record.findMany()).map(({ key }) => key);
  const held = await findHeldRecords(db.prisma, crisis.id, keys);
  const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
  return Object.fromEntries(
    [...held].map(([key, { versions }]) => [
      key,
      versions.map(({ content }) => content.replaceAll(uuid, (id) => named.get(id) ?? id)).join(),
    ]),
  );
}

const withoutUpdates = written(everyKind, /\n {4}updates:\n[^\n]*\n[^\n]*\n/, "\n");

describe("a change set", () => {
  test("enters a crisis with everything in it, whatever the order, as a dossier of the same would", async () => {
    const operations = operationsOf(withoutUpdates);
    const told = await enter(operations);
    expect(told).toMatchObject({ __typename: "ChangeSetSubmitted", changeSet: { number: 1, author: "clerk" } });
    const items = told["items"] as { id: string; node: { id: string } | null }[];
    expect(items.map(({ id, node }) => node?.id === id)).toEqual(operations.map(() => true));
    await importDossier(other.db, withoutUpdates, { folder: ".", author: "clerk" });
    expect(await saidIn(record)).toEqual(await saidIn(other));
    expect(Object.keys(await saidIn(record)).length).toBe(21);
  });

  test("lets operations lead to each other by reference", async () => {
    const told = await enter([
      { passageCreate: { ref: "words", document: { key: "gazette" }, exact: "Duke Micheal" } },
      { personCreate: { ref: "flavia", key: "flavia", name: "Flavia" } },
      { actorNameAdd: { actor: { ref: "flavia" }, text: "Princess Flavia", kind: "TITLE" } },
      {
        stanceAssert: {
          ref: "backs",
          crisis: { key: "ruritania-1894" },
          key: "flavia-backs-rudolf",
          says: {
            actor: { ref: "flavia" },
            towards: { key: "rudolf" },
            stanceKind: "BACKS",
            evidence: [{ passage: { ref: "words" } }],
          },
        },
      },
    ]);
    expect(told["__typename"]).toBe("ChangeSetSubmitted");
    expect((told["items"] as { ref: string | null }[]).map(({ ref }) => ref)).toEqual([
      "words",
      "flavia",
      null,
      "backs",
    ]);
    const { data } = await record.ask(`{ personByKey(key: "flavia") { names { text } }
      stances(filter: { key: { eq: "flavia-backs-rudolf" } }) { nodes { evidence { passage { exact } } } } }`);
    expect(data).toEqual({
      personByKey: { names: [{ text: "Flavia" }, { text: "Princess Flavia" }] },
      stances: { nodes: [{ evidence: [{ passage: { exact: "Duke Micheal" } }] }] },
    });
  });

  test("of five hundred operations stands as a whole, and falls as a whole with its last", async () => {
    const people = (mark: string, last: object) => [
      ...Array.from({ length: 499 }, (_, i) => ({ personCreate: { key: `${mark}-${i}`, name: `Guard ${i}` } })),
      last,
    ];
    const before = await record.db.prisma.actor.count();
    const wrong = await enter(people("fallen", { personCreate: { key: "Not A Key", name: "Nobody" } }));
    expect(wrong).toMatchObject({
      __typename: "ValidationError",
      issues: [{ path: ["input", "operations", "499", "personCreate", "key"], code: "INVALID" }],
    });
    expect(await record.db.prisma.actor.count()).toBe(before);
    const right = await enter(people("guard", { personCreate: { key: "guard-499", name: "The last guard" } }));
    expect(right).toMatchObject({ __typename: "ChangeSetSubmitted", changeSet: { items: 500 } });
    expect(await record.db.prisma.actor.count()).toBe(before + 500);
  }, 60_000);

  test("has one operation at least and 500 at most", async () => {
    expect(await enter([])).toMatchObject({
      __typename: "ValidationError",
      issues: [{ path: ["input", "operations"] }],
    });
  });

  test("is refused where a reference is given twice, leads nowhere, or to the wrong thing", async () => {
    const person = (ref: string, key: string) => ({ personCreate: { ref, key, name: "X" } });
    const told = await enter([
      person("x", "one"),
      person("x", "two"),
      { positionCreate: { key: "seat", title: "Seat", organization: { ref: "x" }, state: { ref: "nobody" } } },
      { placeCreate: { key: "moon", name: "Moon", placeKind: "OTHER", partOf: { ref: "x" } } },
    ]);
    const issues = told["issues"] as { path: string[]; code: string }[];
    expect(issues.map(({ path, code }) => `${path.slice(2).join(".")} ${code}`)).toEqual([
      "1.personCreate.ref DUPLICATE",
      "2.positionCreate.state.ref NOT_FOUND",
      "3.placeCreate.partOf.ref WRONG_KIND",
      "2.positionCreate.organization WRONG_KIND",
    ]);
  });
});

test("text is kept byte for byte, and what PostgreSQL cannot hold is refused", async () => {
  const text = "Zo\u00eb\r\nZoe\u0308 \u202eba\u202c \ud83d\udc51\tend ";
  const capture = {
    document: { key: "gazette" },
    text,
    textPublic: true,
    mediaType: "text/plain",
    capturedAt: "2026-01-06T00:00:00Z",
  };
  const told = await submit(
    record,
    "captureCreate",
    { reason: "Another copy.", ...capture },
    { fields: "... on CaptureSubmitted { capture { text length } }" },
  );
  expect(told).toMatchObject({ capture: { text, length: Array.from(text).length } });
  for (const bad of ["half \ud83d", "nul \0"]) {
    const { errors } = await record.ask(
      `mutation ($input: CaptureCreateInput!) { captureCreate(input: $input) { __typename } }`,
      { input: { reason: "Broken.", ...capture, text: bad } },
      clerk,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code: "INVALID_TEXT" });
  }
});
