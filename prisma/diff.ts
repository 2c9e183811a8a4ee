import { withSession } from "../src/db/connect.ts";
import type { ModelFile } from "./model-file.ts";
import { diffByEngine } from "./schema-engine.ts";

/** The longest name that PostgreSQL keeps, in bytes. */
const LONGEST_NAME = 63;

/**
 * The SQL that would turn the database at `url` into what the models say; empty where they agree. What models cannot
 * say (checks, triggers, exclusions, partial indexes) is left as it is, and so is every index that was made by hand:
 * one whose name is not the name that Prisma gives to an index of that table and those columns.
 */
export async function sqlFromDatabaseToModels(url: string, files: readonly ModelFile[]): Promise<string> {
  const sql = await diffByEngine(url, files);
  const handMade = await readHandMadeIndexes(url);
  return sql
    .replace(/-- DropIndex\nDROP INDEX "([^"]+)";\s*/g, (drop, name: string) => (handMade.has(name) ? "" : drop))
    .trim();
}

async function readHandMadeIndexes(url: string): Promise<Set<string>> {
  const { rows } = await withSession(url, (session) =>
    session.query<{ name: string; table: string; columns: string[] }>(`
      SELECT i.relname AS name, t.relname AS "table",
             ARRAY(SELECT coalesce(a.attname, '') FROM unnest(x.indkey) WITH ORDINALITY AS k(number, place)
                     LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
                    ORDER BY k.place)::text[] AS columns
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
       WHERE t.relnamespace = 'public'::regnamespace`),
  );
  const byHand = rows.filter(
    ({ name, table, columns }) => !["idx", "key"].some((end) => name === nameOf(table, columns, end)),
  );
  return new Set(byHand.map(({ name }) => name));
}

function nameOf(table: string, columns: readonly string[], end: string): string {
  return `${[table, ...columns].join("_").slice(0, LONGEST_NAME - end.length - 1)}_${end}`;
}
