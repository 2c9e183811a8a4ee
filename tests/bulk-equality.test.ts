import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importBulk } from "../src/formats/bulk/import-bulk.ts";
import { unfitness } from "../src/graph/write/unfitness.ts";
import { AssertionKind } from "../src/generated/prisma/enums.ts";
import { verifyRecord } from "../src/record/verify.ts";
import { contentOf } from "./support/content.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";
import { operationsOf } from "./support/dossier-operations.ts";
import { everyKind } from "./support/every-kind.ts";
import { openRecord, type TestRecord } from "./support/record.ts";
import { submit } from "./support/writing.ts";

let databases: TestDatabase[];
let records: TestRecord[];
const folder = mkdtempSync(join(tmpdir(), "chancery-equality-"));
beforeAll(async () => {
  databases = [await cloneDatabase(), await cloneDatabase()];
  records = databases.map(({ url }) => openRecord(url));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  for (const record of records) await record.close();
  for (const database of databases) await database.drop();
});

/** From how many on the rows of a table are copied, and not inserted. */
const many = 12;

/** The operations of the dossier, and its facts again and again under other keys. */
function repeated(): object[][] {
  const all = operationsOf(everyKind);
  const facts = all.filter((operation) => Object.keys(operation)[0]?.endsWith("Assert"));
  const again = Array.from({ length: many }, (_, i) =>
    facts.map((fact) => {
      const [[name, input] = ["", null]] = Object.entries(fact) as [string, { key: string }][];
      return { [name]: { ...input, key: `${input?.key}-${i}` } };
    }),
  );
  return [all, ...again];
}

test("a file enters what the API enters, of every kind, by copying as by inserting", async () => {
  const [byApi, byFile] = records as [TestRecord, TestRecord];
  const sets = repeated();
  for (const operations of sets) {
    const told = await submit(byApi, "changeSetSubmit", { reason: "So it was.", operations });
    expect(told.__typename).toBe("ChangeSetSubmitted");
  }
  const path = join(folder, "all.ndjson");
  writeFileSync(
    path,
    sets
      .flat()
      .map((operation) => JSON.stringify(operation))
      .join("\n"),
  );
  const imported = await importBulk(byFile.db, path, { author: "clerk", say: () => undefined, unfitness });
  // Else the two would have been read the same way.
  expect(imported).toMatchObject({ changeSets: 1, ahead: 1 });
  const [one, other] = [await contentOf(byApi.db.pool), await contentOf(byFile.db.pool)];
  expect(Object.keys(one)).toEqual(
    expect.arrayContaining(["assertion", "concern", "change_concern", "evidence", "word"]),
  );
  for (const table of new Set([...Object.keys(one), ...Object.keys(other)]))
    expect([table, other[table]]).toEqual([table, one[table]]);
  const kinds = await byFile.db.pool.query<{ kind: string; count: number }>(
    "select kind::text, count(*)::int as count from assertion group by 1",
  );
  expect(kinds.rows).toHaveLength(Object.keys(AssertionKind).length);
  expect(Math.min(...kinds.rows.map(({ count }) => count))).toBeGreaterThanOrEqual(many);
  expect((await verifyRecord(databases[1]?.ownerUrl ?? "")).faults).toEqual([]);
});

test("a link to a record of another kind, and a blockade of no event, are refused by the database", async () => {
  const { pool } = (records[1] as TestRecord).db;
  const enter = async (statement: string) => {
    const session = await pool.connect();
    try {
      await session.query("begin");
      await session.query("select set_config('chancery.change_set', (max(number) + 1)::text, true) from change_set");
      await session.query(statement);
    } finally {
      await session.query("rollback");
      session.release();
    }
  };
  const linked = (kind: string) => `insert into account (assertion_id, event_id, teller_id, frame, status_asserted)
    select c.assertion_id, (select id from record where kind = '${kind}' limit 1), c.claimant_id, 'So it is told', 'OCCURRED'
    from claim c limit 1`;
  await expect(enter(linked("CLAIM"))).rejects.toThrow("event_id of account leads to a record of another kind");
  await expect(enter(linked("EVENT"))).rejects.toThrow("account does not belong to assertion");
  const blocking = "insert into blockade (assertion_id, means) select assertion_id, '{carts}' from claim limit 1";
  await expect(enter(blocking)).rejects.toThrow("blockade belongs to no event");
});
