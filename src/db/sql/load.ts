import type pg from "pg";
import type { Table } from "./catalogue.ts";
import { quote } from "./where.ts";

/**
 * Begins to fill tables with rows that were checked when they were first entered: their triggers rest, which would check
 * and note everything once more, and foreign keys are laid aside until all rows are there.
 * @returns what puts all of that back; foreign keys are checked over every row then
 */
export async function beginLoad(session: pg.ClientBase): Promise<() => Promise<void>> {
  await session.query(`begin; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
    set local client_encoding = 'UTF8'; set local timezone = 'UTC'; set local datestyle = 'ISO'`);
  const { rows: triggers } = await session.query<{ rest: string; resume: string }>(
    `select format('alter table %s disable trigger %I', t.tgrelid::regclass, t.tgname) as "rest",
      format('alter table %s enable %s trigger %I', t.tgrelid::regclass,
        case t.tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, t.tgname) as "resume"
    from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and t.tgenabled <> 'D' and c.relnamespace = current_schema()::regnamespace`,
  );
  const { rows: keys } = await session.query<{ lay: string; put: string }>(
    `select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as "lay",
      format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as "put"
    from pg_constraint k where k.contype = 'f' and k.connamespace = current_schema()::regnamespace order by k.oid`,
  );
  for (const { rest } of triggers) await session.query(rest);
  for (const { lay } of keys) await session.query(lay);
  return async () => {
    for (const { put } of keys) await session.query(put);
    await session.query("set constraints all immediate");
    for (const { resume } of triggers) await session.query(resume);
  };
}

/** Enters rows, each a line of JSON, into a table as they are. */
export async function loadRows(
  session: pg.ClientBase,
  { name, schema, columns }: Table,
  lines: readonly string[],
): Promise<number> {
  const list = columns.map(quote).join(", ");
  const { rowCount } = await session.query(
    `insert into ${quote(name)} (${list}) overriding system value
      select ${list} from json_populate_recordset(null::${quote(schema)}.${quote(name)}, $1::json)`,
    [`[${lines.join(",")}]`],
  );
  return rowCount ?? 0;
}

/** Lets the sequences of columns go on after the rows that were loaded. */
export async function advanceSequences(session: pg.ClientBase): Promise<void> {
  const { rows } = await session.query<{ statement: string }>(
    `select format('select setval(%L, coalesce((select max(%I) from %s), 0) + 1, false)', s.name, a.attname, c.oid::regclass) as "statement"
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    cross join lateral pg_get_serial_sequence(format('%I.%I', current_schema(), c.relname), a.attname) s(name)
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and s.name is not null`,
  );
  for (const { statement } of rows) await session.query(statement);
}

/**
 * Looks whether every B-tree index leads to every row, by PostgreSQL's amcheck; false where that is not to be had here.
 * @throws DatabaseError that names the index which does not
 */
export async function checkIndexes(session: pg.ClientBase): Promise<boolean> {
  const { rows } = await session.query<{ able: boolean }>(
    `select exists (select from pg_available_extensions where name = 'amcheck')
      and (select rolsuper from pg_roles where rolname = current_user) as "able"`,
  );
  if (!rows[0]?.able) return false;
  await session.query("savepoint without_amcheck; create extension if not exists amcheck");
  await session.query(
    `select bt_index_check(i.indexrelid, true) from pg_index i join pg_class c on c.oid = i.indexrelid
      join pg_am a on a.oid = c.relam
    where a.amname = 'btree' and c.relnamespace = current_schema()::regnamespace and i.indisvalid`,
  );
  await session.query("rollback to savepoint without_amcheck");
  return true;
}
