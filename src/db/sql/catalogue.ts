import type pg from "pg";
import { quote } from "./where.ts";

/** A table of the database, as the catalogue has it. */
export interface Table {
  readonly name: string;
  readonly schema: string;
  /** The columns that are written, in their order: those that the database works out itself are left out. */
  readonly columns: readonly string[];
  /** Those of its primary key. */
  readonly key: readonly string[];
}

/** Every table, by name. */
export async function readTables(session: pg.ClientBase): Promise<Table[]> {
  const { rows } = await session.query<Table>(
    `select c.relname as "name", current_schema() as "schema",
      (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as "columns",
      coalesce((select array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum))
        from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary), '{}') as "key"
    from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace
    order by c.relname collate "C"`,
  );
  return rows;
}

/** The names of those tables that hold a row. */
export async function filledTables(session: pg.ClientBase, names: readonly string[]): Promise<string[]> {
  const filled: string[] = [];
  for (const name of names) {
    const { rows } = await session.query<{ filled: boolean }>(`select exists (select from ${quote(name)}) as "filled"`);
    if (rows[0]?.filled) filled.push(name);
  }
  return filled;
}

/** The migrations that a database has had, by name. */
export async function readMigrationsOf(session: pg.ClientBase): Promise<{ name: string; checksum: string }[]> {
  const { rows } = await session.query<{ name: string; checksum: string }>(
    `select migration_name as "name", checksum from "_prisma_migrations"
      where finished_at is not null and rolled_back_at is null order by migration_name collate "C"`,
  );
  return rows;
}

/** The newest change set; null where there is none. */
export async function readHead(session: pg.ClientBase): Promise<{ number: number; hash: string } | null> {
  const { rows } = await session.query<{ number: number; hash: string }>(
    `select "number", "hash" from "change_set" order by "number" desc limit 1`,
  );
  return rows[0] ?? null;
}
