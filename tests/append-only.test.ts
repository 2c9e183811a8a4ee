import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cloneSeeded, type TestDatabase } from "./support/database.ts";
import { openRecord, type TestRecord } from "./support/record.ts";

let database: TestDatabase;
let record: TestRecord;
beforeAll(async () => {
  database = await cloneSeeded();
  record = openRecord(database.ownerUrl);
});
afterAll(async () => {
  await record.close();
  await database.drop();
});

async function refused(sql: string): Promise<unknown> {
  return record.db.pool.query(sql).then(
    () => "accepted",
    (error: unknown) => (error as { code: string }).code,
  );
}

async function tables(): Promise<string[]> {
  const { rows } = await record.db.pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
      and relname not in ('_prisma_migrations', 'guard') and chancery_decision(oid) is distinct from 'operational' order by 1`,
  );
  return rows.map(({ name }) => name);
}

describe("the record is never rewritten, not even by its owner", () => {
  test("no table can be emptied", async () => {
    for (const table of await tables()) {
      expect([table, await refused(`truncate "${table}" cascade`)]).toEqual([table, "23001"]);
    }
  });

  test("no row can be removed", async () => {
    for (const table of await tables()) {
      const { rowCount } = await record.db.pool.query(`select 1 from "${table}" limit 1`);
      if (rowCount === 0) continue;
      expect([table, await refused(`delete from "${table}"`)]).toEqual([table, "23001"]);
    }
  });

  test("no row can be edited, whatever the session calls itself", async () => {
    const edits: [string, string][] = [
      ["passage", `"exact" = "exact" || '!'`],
      ["capture", `"text" = ''`],
      ["change_set", `"author" = 'somebody else'`],
      ["actor", `"name" = 'X'`],
      ["recognition", `"stance" = 'REJECTS'`],
      ["evidence", `"role" = 'CONTEXT'`],
      ["assertion", `"status" = 'DISPUTED'`],
      ["assertion", `"reported_to" = now()`],
      ["assertion", `"recorded_to" = 99, "status" = 'DISPUTED'`],
    ];
    for (const [table, set] of edits) {
      expect([set, await refused(`update "${table}" set ${set}`)]).toEqual([set, "23001"]);
      const replica = `begin; set local session_replication_role = replica; update "${table}" set ${set}; commit`;
      expect([set, await refused(replica)]).toEqual([set, "23001"]);
      await record.db.pool.query("rollback");
    }
  });
});

describe("what the database holds by itself", () => {
  test("a passage whose words do not stand where it says", async () => {
    const insert = `insert into passage (id, capture_id, exact, prefix, suffix, start, "end", verified_at, created_in)
      select gen_random_uuid(), id, 'zzz', '', '', 0, 3, now(), 1 from capture limit 1`;
    expect(await refused(insert)).toBe("23514");
  });

  test("a capture under a hash that is not its text's", async () => {
    const insert = `insert into capture select gen_random_uuid(), document_id, sha256, text || '!', text_public, length + 1, media_type, captured_at, normalisation, created_in from capture limit 1`;
    expect(await refused(insert)).toBe("23514");
  });

  test("two versions of one record at one moment", async () => {
    const { rows } = await record.db.pool.query<{ column_name: string }>(
      "select column_name from information_schema.columns where table_name = 'assertion' and column_name <> 'id' order by ordinal_position",
    );
    const columns = rows.map((row) => `"${row.column_name}"`).join(", ");
    const insert = `insert into assertion (id, ${columns}) select gen_random_uuid(), ${columns} from assertion limit 1`;
    expect(await refused(insert)).toMatch(/23P01|23505/);
  });

  test("a change set out of its order", async () => {
    const insert = `insert into change_set (number, at, author, reason, previous_hash, hash, items)
      select 7, now(), 'x', 'x', hash, repeat('0', 64), 0 from change_set`;
    expect(await refused(insert)).toBe("23514");
  });
});
