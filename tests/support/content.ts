import { createHash } from "node:crypto";
import type pg from "pg";

type Row = Record<string, unknown>;

/** What tells when and in which change set something was entered, and not what. */
const circumstance = new Set([
  ...["created_in", "recorded_from", "recorded_to", "amended_in", "change_set_number", "place", "verified_at"],
]);
const aside = ["_prisma_migrations", "change_set", "seal", "bulk_import", "dossier_import", "guard", "api_key"];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** How far apart a row and what tells it from its like may stand. */
const ROUNDS = 6;

/**
 * Everything that a record holds, by table, as texts that are alike for rows that say the same: ids stand for what they are
 * the ids of, and it is left out when something was entered, and by which change set.
 */
export async function contentOf(pool: pg.Pool): Promise<Record<string, string[]>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> all ($1) order by 1",
    [aside],
  );
  const content = new Map<string, Row[]>();
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: Row }>(`select to_jsonb(r) as row from "${name}" r`);
    if (rows.length > 0)
      content.set(
        name,
        rows.map(({ row }) => row),
      );
  }
  let labels = new Map<string, string>();
  for (let round = 0; round < ROUNDS; round += 1) labels = labelled(content, labels);
  return Object.fromEntries([...content].map(([name, rows]) => [name, rows.map((row) => textOf(row, labels)).sort()]));
}

function labelled(content: ReadonlyMap<string, Row[]>, before: ReadonlyMap<string, string>): Map<string, string> {
  const labels = new Map<string, string>();
  for (const [name, rows] of content) {
    for (const { id, ...row } of rows) {
      if (typeof id === "string") labels.set(id, hash(`${name} ${textOf(row, before)}`));
    }
  }
  return labels;
}

function textOf(row: Row, labels: ReadonlyMap<string, string>): string {
  const said = Object.entries(row).filter(([column]) => !circumstance.has(column));
  return JSON.stringify(
    said.map(([column, value]) => {
      return [column, typeof value === "string" && UUID.test(value) ? (labels.get(value) ?? "") : value];
    }),
  );
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
