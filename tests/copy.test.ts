import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inChangeSet } from "../src/record/change-set.ts";
import { enterActors } from "../src/record/actor.ts";
import { commonName, enterNames } from "../src/record/name.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
beforeAll(async () => {
  database = await cloneDatabase();
  record = openRecord(database.url);
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

const submission = { author: "Copyist", reason: "Many at once" };
const names = [
  "Tab\tand\nline",
  "back\\slash \\N \\.",
  'quo"te {a,b}',
  "Guaidó \u{1F1FB}\u{1F1EA}",
  "carriage\r\nreturn",
  "",
  "\\N",
];

function actorsOf(count: number, prefix: string) {
  return Array.from({ length: count }, (_, i) => ({
    id: randomUUID(),
    kind: "PERSON" as const,
    key: `${prefix}-${i}`,
    name: `${names[i % names.length]} ${i}`,
    description: i % 2 === 0 ? null : (names[i % names.length] ?? null),
    wikidataId: null,
    iso2: null,
    iso3: null,
    organizationKind: null,
    stateId: null,
  }));
}

test("many rows, whatever signs they hold, are entered letter for letter, sealed and chained", async () => {
  const actors = actorsOf(500, "many");
  const { changeSet } = await inChangeSet(record.db, submission, async (tx, set) => {
    enterActors(tx, set, actors);
    await enterNames(
      tx,
      set,
      actors.map(({ id: actorId, name }) => ({ actorId, name: commonName(name) })),
    );
  });
  const held = await record.db.prisma.actor.findMany({ where: { createdIn: changeSet ?? 0 } });
  const said = (row: { key: string; name: string; description: string | null }) => [row.key, row.name, row.description];
  expect(held.map(said).toSorted()).toEqual(actors.map(said).toSorted());
  const { rows } = await record.db.pool.query<{ relation: string; n: number }>(
    "select relation, cardinality(keys) n from seal where change_set = $1 order by ordinal",
    [changeSet],
  );
  // One seal a table: that is, one statement.
  expect(rows).toEqual([
    { relation: "actor", n: 500 },
    { relation: "name", n: 500 },
  ]);
});

test("one row that cannot stand keeps all of them out", async () => {
  const actors = actorsOf(300, "few").map((actor, i) => (i === 299 ? { ...actor, key: "few-0" } : actor));
  const before = await record.db.prisma.changeSet.count();
  const entering = inChangeSet(record.db, submission, (tx, set) => {
    enterActors(tx, set, actors);
    return Promise.resolve();
  });
  await expect(entering).rejects.toThrow(/actor_key_key/);
  expect(await record.db.prisma.actor.count({ where: { key: { startsWith: "few-" } } })).toBe(0);
  expect(await record.db.prisma.changeSet.count()).toBe(before);
  // The session that failed is fit for the next.
  await inChangeSet(record.db, submission, (tx, set) => {
    enterActors(tx, set, actorsOf(150, "next"));
    return Promise.resolve();
  });
  expect(await record.db.prisma.actor.count({ where: { key: { startsWith: "next-" } } })).toBe(150);
});
