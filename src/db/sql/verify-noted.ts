import type { ClientBase } from "pg";
import { MOST_FAULTS, type Fault } from "./verify.ts";
import { quote } from "./where.ts";

/** A trigger that notes what the columns of a table name. */
interface Noting {
  readonly table: string;
  readonly by: "chancery_concern" | "chancery_word";
  readonly given: readonly string[];
}

/**
 * What triggers noted beside the record, to find things by, and is not sealed: which versions concern a thing, the words
 * of texts, the log of changes. It follows from what is sealed, and is worked out anew from that: what is missing, too much
 * or otherwise is a fault. So is a proposal that says otherwise than the change set that entered it.
 */
export async function selectMisnoted(session: ClientBase): Promise<Fault[]> {
  const found: Fault[] = [];
  for (const statement of statementsOf(await selectNoting(session))) {
    if (!(await isThere(session, statement.table))) continue;
    found.push(...(await session.query<Fault>(`${statement.sql} limit ${MOST_FAULTS}`)).rows);
  }
  return found;
}

async function selectNoting(session: ClientBase): Promise<Noting[]> {
  const { rows } = await session.query<{ table: string; by: Noting["by"]; given: Buffer }>(
    `select distinct c.relname "table", f.proname "by", t.tgargs "given" from pg_trigger t
     join pg_class c on c.oid = t.tgrelid join pg_proc f on f.oid = t.tgfoid
     where c.relnamespace = 'public'::regnamespace and f.proname in ('chancery_concern', 'chancery_word')`,
  );
  return rows.map(({ given, ...row }) => ({ ...row, given: given.toString("utf8").split("\0").slice(0, -1) }));
}

/** Whether a table is there: a backup may be older than it. */
async function isThere(session: ClientBase, table: string): Promise<boolean> {
  const { rows } = await session.query<{ there: boolean }>(`select to_regclass($1) is not null "there"`, [
    `public.${quote(table)}`,
  ]);
  return rows[0]?.there === true;
}

function statementsOf(noting: readonly Noting[]): { readonly table: string; readonly sql: string }[] {
  const by = (name: Noting["by"]) => noting.filter((each) => each.by === name);
  return [
    { table: "concern", sql: concernSql(by("chancery_concern")) },
    { table: "word", sql: wordSql(by("chancery_word")) },
    { table: "change", sql: changeSql },
    { table: "change_concern", sql: changeConcernSql },
    { table: "proposal", sql: proposalSql },
  ].filter(({ sql }) => sql !== "");
}

/** What befell a row `h` that is held, against `e`, the row that is to be expected. */
const whatOf = (column: string) =>
  `case when h."${column}" is null then 'removed' when e."${column}" is null then 'added' else 'edited' end "what"`;

function concernSql(noting: readonly Noting[]): string {
  const parts = noting.flatMap(({ table, given }) =>
    given.map(
      (column) =>
        `select "assertion_id", ${quote(column)} "thing_id" from ${quote(table)} where ${quote(column)} is not null`,
    ),
  );
  if (parts.length === 0) return "";
  return `select ${whatOf("version_id")}, 'concern' "table", k."thing_id" || ':' || k."version_id" "key", a."recorded_from" "changeSet", 'record ' || r."key" "subject"
    from (select a."id" "version_id", n."thing_id", a."sort_day", a."reported_from" from (${parts.join(" union ")}) n join "assertion" a on a."id" = n."assertion_id") e
    full join "concern" h on h."version_id" = e."version_id" and h."thing_id" = e."thing_id"
    cross join lateral (select coalesce(h."version_id", e."version_id") "version_id", coalesce(h."thing_id", e."thing_id") "thing_id") k
    left join "assertion" a on a."id" = k."version_id" left join "record" r on r."id" = a."record_id"
    where (h."sort_day", h."reported_from") is distinct from (e."sort_day", e."reported_from") order by 3`;
}

function wordSql(noting: readonly Noting[]): string {
  const texts = noting.flatMap(({ table, given: [named = "", ...columns] }) =>
    columns.flatMap((column) => [
      `select '${named}'::boolean "named", ${quote(column)} "text" from ${quote(table)}`,
      `select '${named}'::boolean, "row" ->> '${column}' from "former_thing" where "relation" = '${table}'`,
    ]),
  );
  if (texts.length === 0) return "";
  return `select ${whatOf("word")}, 'word' "table", coalesce(h."word", e."word") "key", null::int "changeSet", null "subject"
    from (select distinct w "word", t."named" from (${texts.join(" union all ")}) t cross join unnest(chancery_words(t."text")) w where w !~ '[0-9]') e
    full join "word" h on h."word" = e."word" and h."named" = e."named"
    where h."word" is null or e."word" is null order by 3`;
}

const keyOf = (row: string) =>
  `(${row}."change_set_number", ${row}."change"::text, ${row}."kind", ${row}."subject_id", coalesce(${row}."version_id", ${row}."subject_id"), coalesce(${row}."crisis_id", ${row}."subject_id"))`;

/**
 * The log as chancery_log_changes writes it, of all change sets at once: what each did, in an order without a gap. Links that
 * came later than their crisis or place may be left out, for they were before there was a log.
 */
const changeSql = `with noted as (
    select "created_in" this, 1 rank, 'ENTERED' change, 'CRISIS' kind, "id" subject_id, null::uuid version_id, "id" crisis_id, null::timestamptz reported_from, true must from "crisis"
    union all select "created_in", 2, 'ENTERED', "kind"::text, "id", null, null, null, true from "actor"
    union all select "created_in", 3, 'ENTERED', 'POSITION', "id", null, null, null, true from "position"
    union all select "created_in", 4, 'ENTERED', 'PLACE', "id", null, null, null, true from "place"
    union all select "created_in", 5, 'ENTERED', 'DOCUMENT', "id", null, null, null, true from "document"
    union all select "created_in", 6, 'ENTERED', 'SANCTIONS_PROGRAMME', "id", null, null, null, true from "sanctions_programme"
    union all select p.this, 7, 'AMENDED', a."kind"::text, a."id", null, null, null, true from (
      select "created_in" this, "actor_id" from "name" union select "created_in", "actor_id" from "identifier"
      union select "stood_to", "id" from "former_thing" where "relation" = 'actor'
      union select "stood_to", ("row" ->> 'actor_id')::uuid from "former_thing" where "relation" in ('name', 'identifier')
    ) p join "actor" a on a."id" = p."actor_id" where a."created_in" <> p.this
    union all select p.this, 8, 'AMENDED', 'DOCUMENT', d."id", null, null, null, true from (
      select "created_in" this, "document_id" from "capture"
      union select "stood_to", "id" from "former_thing" where "relation" = 'document'
      union select f."stood_to", c."document_id" from "former_thing" f join "capture" c on c."id" = f."id" where f."relation" = 'capture'
    ) p join "document" d on d."id" = p."document_id" where d."created_in" <> p.this
    union all select p.this, 8, 'AMENDED', p.kind, p.id, null, case p.kind when 'CRISIS' then p.id end, null, bool_or(p.must) from (
      select "stood_to" this, upper("relation") kind, "id" id, true must from "former_thing" where "relation" not in ('actor', 'document', 'capture', 'name', 'identifier')
      union all select l."created_in", 'CRISIS', c."id", false from "crisis_state" l join "crisis" c on c."id" = l."crisis_id" where l."created_in" <> c."created_in"
      union all select l."created_in", 'PLACE', p."id", false from "place_state" l join "place" p on p."id" = l."place_id" where l."created_in" <> p."created_in"
    ) p group by p.this, p.kind, p.id
    union all select "recorded_from", 9, "change"::text, "kind"::text, "record_id", "id", "crisis_id", "reported_from", true from "assertion" where "change" <> 'CARRIED'
    union all select r."change_set_number", 10, 'RETRACTED', a."kind"::text, a."record_id", a."id", a."crisis_id", a."reported_from", true
      from "retraction" r join "assertion" a on a."record_id" = r."record_id" and a."recorded_to" = r."change_set_number" and a."reported_to" is null
  ), e as (
    select this "change_set_number", change "change", kind "kind", subject_id "subject_id", version_id "version_id", crisis_id "crisis_id", rank, reported_from, must from noted
  ), l as (
    select h."place", coalesce(e."change_set_number", h."change_set_number") "number", e.must, e.rank is null "added",
      h."place" - coalesce(lag(h."place") over (partition by h."place" is null or e.rank is null
        order by e."change_set_number", e.rank, e."subject_id", e.reported_from, e."version_id"), 0) "step",
      e."change" || ' ' || e."subject_id" "said"
    from e full join "change" h on ${keyOf("h")} = ${keyOf("e")}
  )
  select case when "place" is null then 'removed' when "added" then 'added' else 'edited' end "what", 'change' "table",
    coalesce("place"::text, "said") "key", "number" "changeSet", null "subject"
  from l where "added" or "place" is null and must or "place" is not null and "step" <> 1
  order by "number", "place"`;

const changeConcernSql = `select ${whatOf("place")}, 'change_concern' "table", coalesce(h."thing_id", e."thing_id") || ':' || coalesce(h."place", e."place") "key",
    c."change_set_number" "changeSet", null "subject"
  from (
    select "subject_id" "thing_id", "place" from "change" where "version_id" is null
    union select c."thing_id", l."place" from "change" l join "concern" c on c."version_id" = l."version_id"
    union select k."document_id", l."place" from "change" l join "evidence" e on e."assertion_id" = l."version_id"
      join "passage" p on p."id" = e."passage_id" join "capture" k on k."id" = p."capture_id"
  ) e full join "change_concern" h on h."thing_id" = e."thing_id" and h."place" = e."place"
  left join "change" c on c."place" = coalesce(h."place", e."place")
  where h."place" is null or e."place" is null order by 3`;

/** What a proposal says of its author that its change set, which is sealed, says too. */
const proposalSql = `select 'edited' "what", 'proposal' "table", p."id"::text "key", c."number" "changeSet", null "subject"
  from "proposal" p join "change_set" c on c."number" = p."change_set_number"
  where (p."author", p."key_id", p."reason", p."request_id") is distinct from (c."author", c."key_id", c."reason", c."request_id")
  order by 3`;
