import type { ClientBase } from "pg";
import { quote } from "./where.ts";

/** Something that is not as it was sealed. */
export interface Fault {
  /** What befell it behind the server's back. */
  readonly what: "edited" | "added" | "removed";
  readonly table: string;
  /** The key of its row; of a row of a version or of a thing, with the key of the record or the thing in words. */
  readonly key: string;
  readonly subject: string | null;
  /** The change set that sealed it; null where none did. */
  readonly changeSet: number | null;
}

/** A table of the record, as far as its rows are sealed. */
export interface SealedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns of its key, in order, and their types. */
  readonly keys: readonly string[];
  readonly types: readonly string[];
}

/** The most faults of one table that are named. */
export const MOST_FAULTS = 100;

const hashOf = (row: string) => `sha256(convert_to(rtrim(left((${row})::text, -1), ','), 'UTF8'))`;

/** Every table that seals tell of, or that seals its rows. */
export async function selectSealedTables(session: ClientBase): Promise<SealedTable[]> {
  const { rows } = await session.query<SealedTable>(
    `select c.relname as name, (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum)) as keys,
      array_agg(format_type(a.atttypid, null) order by array_position(i.indkey::int2[], a.attnum)) as types
     from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
     join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
     where c.relnamespace = 'public'::regnamespace and (c.relname in (select distinct "relation" from "seal")
       or exists (select from pg_trigger t join pg_proc f on f.oid = t.tgfoid where t.tgrelid = c.oid and f.proname = 'chancery_seal_rows'))
     group by c.oid, c.relname order by c.relname`,
  );
  return rows;
}

/** The rows that seals tell of and that are not there, or not as they were sealed; named as far as `MOST_FAULTS`. */
export async function selectUnlike(session: ClientBase, table: SealedTable): Promise<Fault[]> {
  const name = quote(table.name);
  const parts = table.keys.map((key, i) => {
    const part = `split_part(k."key", ':', ${i + 1})`;
    const uuid = `case when ${part} ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then ${part}::uuid end`;
    return table.types[i] === "uuid" ? `r.${quote(key)} = ${uuid}` : `r.${quote(key)}::text = ${part}`;
  });
  const { rows } = await session.query<Fault>(
    `select case when w."image" is null then 'removed' else 'edited' end "what", $1 "table", s."key", s."change_set" "changeSet",
        ${subjectOf(table)} "subject"
     from (select s."change_set", s."deed", k."key", substring(s."hashes" from (k.n::int - 1) * 32 + 1 for 32) "hash"
       from "seal" s cross join lateral unnest(s."keys") with ordinality k("key", n) where s."relation" = $1) s
     cross join lateral (select s."key") k
     left join ${name} r on ${parts.join(" and ")}
     left join lateral (${imageOf(table)}) w on true
     where w."image" is null or ${hashOf(`w."image"`)} is distinct from s."hash"
     order by s."change_set", s."key" limit ${MOST_FAULTS}`,
    [table.name],
  );
  return rows;
}

/** The row as it stood after the change set of its seal `s`, where `r` is the row as it stands; null where it is gone. */
function imageOf({ name, columns, keys }: SealedTable): string {
  const there = `r.${quote(keys[0] ?? "")} is not null`;
  if (columns.includes("recorded_to")) {
    return `select case s."deed" when 'ENTERED' then jsonb_populate_record(r, '{"recorded_to": null}') else r end "image" where ${there}`;
  }
  if (!columns.includes("amended_in")) return `select r "image" where ${there}`;
  return `select r "image" where coalesce(r."amended_in", r."created_in") = s."change_set"
    union all select jsonb_populate_record(null::public.${quote(name)}, f."row") from "former_thing" f
    where f."relation" = $1 and f."id"::text = s."key" and f."stood_from" = s."change_set" and r."id" is not null`;
}

/** The rows that no seal tells of; named as far as `MOST_FAULTS`. */
export async function selectUnsealed(session: ClientBase, table: SealedTable): Promise<Fault[]> {
  const key = table.keys.map((each) => `r.${quote(each)}::text`).join(" || ':' || ");
  const closed = table.columns.includes("recorded_to")
    ? `union all select r."key", r."subject" from (select ${key} "key", r."recorded_to", ${subjectOf(table)} "subject" from ${quote(table.name)} r cross join lateral (select ${key} "key") k
        where r."recorded_to" is not null) r
       left join (select k."key", s."change_set" from "seal" s cross join lateral unnest(s."keys") k("key") where s."relation" = $1 and s."deed" = 'CLOSED') c
         on c."key" = r."key" and c."change_set" = r."recorded_to" where c."key" is null`
    : "";
  const { rows } = await session.query<Fault>(
    `select 'added' "what", $1 "table", u."key", null::int "changeSet", u."subject" from (
       select k."key", ${subjectOf(table)} "subject" from ${quote(table.name)} r cross join lateral (select ${key} "key") k
       left join (select k."key" from "seal" s cross join lateral unnest(s."keys") k("key") where s."relation" = $1 and s."deed" = 'ENTERED') e
         on e."key" = k."key" where e."key" is null ${closed}) u
     order by u."key" limit ${MOST_FAULTS}`,
    [table.name],
  );
  return rows;
}

/** What a row `r` of a table with the sealed key `k` belongs to, in words: a record, a thing, or nothing that is left. */
function subjectOf({ columns, keys }: SealedTable): string {
  const id = (column: string) =>
    keys[0] === column && keys.length === 1
      ? `coalesce(r.${quote(column)}::text, k."key")`
      : `r.${quote(column)}::text`;
  const named = (table: string, column: string) =>
    `(select '${table.replaceAll("_", " ")} ' || o."key" from "${table}" o where o."id"::text = ${id(column)})`;
  if (columns.includes("key")) return `r."key"`;
  if (columns.includes("record_id")) return named("record", "record_id");
  if (columns.includes("assertion_id")) {
    return `(select 'record ' || o."key" from "assertion" a join "record" o on o."id" = a."record_id" where a."id"::text = ${id("assertion_id")})`;
  }
  for (const table of ["crisis", "place", "document", "actor"]) {
    if (columns.includes(`${table}_id`)) return named(table, `${table}_id`);
  }
  if (!columns.includes("capture_id")) return "null::text";
  return `(select 'document ' || o."key" from "capture" c join "document" o on o."id" = c."document_id" where c."id" = r."capture_id")`;
}
