import { withSession } from "../../src/db/connect.ts";

/** How many rows each table of a record holds, by its name. */
export type Rows = ReadonlyMap<string, number>;

/** Tables that the database fills by itself. */
const derived = ["change", "change_concern", "change_set", "concern", "former_thing", "guard", "seal", "word"];

/** Counts the rows of every table that holds any. */
export async function countRows(url: string): Promise<Rows> {
  return withSession(url, async (session) => {
    const { rows: tables } = await session.query<{ name: string }>(
      "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like '\\_%' order by 1",
    );
    const counted = new Map<string, number>();
    for (const { name } of tables) {
      const { rows } = await session.query<{ count: number }>(`select count(*)::int as count from "${name}"`);
      if (rows[0] && rows[0].count > 0) counted.set(name, rows[0].count);
    }
    return counted;
  });
}

/** The tables whose rows are entered, not those that follow from them. */
export function enteredOf(rows: Rows): Rows {
  return new Map([...rows].filter(([name]) => !derived.includes(name)));
}

/** How many rows that are together. */
export function total(rows: Rows): number {
  return [...rows.values()].reduce((sum, count) => sum + count, 0);
}
