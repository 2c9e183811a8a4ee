import type { ClientBase } from "pg";
import { MOST_FAULTS, type Fault } from "./verify.ts";

const digestOf = (number: string) => `(select coalesce(encode(sha256(string_agg(
    sha256(convert_to(concat_ws(' ', s."relation", s."deed", array_to_string(s."keys", ' ')), 'UTF8') || s."hashes"), '' order by s."ordinal")), 'hex'),
    encode(sha256(''), 'hex')) from "seal" s where s."change_set" = ${number})`;

/** The change sets whose hash, digest or place in the chain is not what follows from what they hold. */
export async function selectBrokenLinks(session: ClientBase): Promise<Fault[]> {
  const { rows } = await session.query<Fault>(
    `select 'edited' "what", case when not l."whole" then 'seal' else 'change_set' end "table", l."number"::text "key", l."number" "changeSet", null "subject"
     from (
       select c."number", c."digest" = ${digestOf(`c."number"`)} "whole",
         c."hash" = encode(sha256(convert_to(rtrim(left(jsonb_populate_record(c, '{"hash": null}')::text, -1), ','), 'UTF8')), 'hex') "hashed",
         c."previous_hash" is not distinct from lag(c."hash") over before
           and c."number" = coalesce(lag(c."number") over before, 0) + 1 and c."at" > coalesce(lag(c."at") over before, '-infinity') "chained"
       from "change_set" c window before as (order by c."number")) l
     where not (l."whole" and l."hashed" and l."chained") order by l."number" limit ${MOST_FAULTS}`,
  );
  return rows;
}

/** Seals of no change set, and former things that no amendment left behind. */
export async function selectStray(session: ClientBase): Promise<Fault[]> {
  const { rows } = await session.query<Fault>(
    `select 'added' "what", 'seal' "table", s."change_set" || ':' || s."ordinal" "key", s."change_set" "changeSet", null "subject"
     from "seal" s where not exists (select from "change_set" c where c."number" = s."change_set")
     union all
     select 'added', 'former_thing', f."relation" || ':' || f."id" || ':' || f."stood_from", null, f."relation" || ' ' || coalesce(f."row" ->> 'key', f."id"::text)
     from "former_thing" f
     where (select count(distinct s."deed") filter (where s."deed" in ('ENTERED', 'AMENDED') and s."change_set" = f."stood_from")
         + count(*) filter (where s."deed" = 'AMENDED' and s."change_set" = f."stood_to")
       from "seal" s where s."relation" = f."relation" and s."change_set" in (f."stood_from", f."stood_to") and f."id"::text = any (s."keys")) < 2
     limit ${MOST_FAULTS}`,
  );
  return rows;
}

/**
 * Quoted words that do not stand in their capture, where they are said to, and captures whose hash is another text's.
 * PostgreSQL walks a text from its beginning for each part of it; a long one that is quoted often is therefore parted once.
 */
export async function selectMisquoted(session: ClientBase): Promise<Fault[]> {
  const { rows } = await session.query<Fault>(
    `select 'edited' "what", 'passage' "table", p."id"::text "key", p."created_in" "changeSet", 'document ' || d."key" "subject"
     from (select "capture_id", count(*) "many" from "passage" group by "capture_id") q
     left join "capture" c on c."id" = q."capture_id" left join "document" d on d."id" = c."document_id"
     cross join lateral (select case when q."many" > 3 and octet_length(c."text") > 10000
       then array(select m[1] from regexp_matches(c."text", '.{1,250}', 'g') m) end "pieces" offset 0) w
     cross join lateral (select p.* from "passage" p where p."capture_id" = q."capture_id" and case when w."pieces" is null
       then substring(c."text" from p."start" + 1 for p."end" - p."start")
       else substring(array_to_string(w."pieces"[p."start" / 250 + 1 : (p."end" - 1) / 250 + 1], '') from p."start" % 250 + 1 for p."end" - p."start")
       end is distinct from p."exact" offset 0) p
     union all
     select 'edited', 'capture', c."id"::text, c."created_in", 'document ' || d."key" from "capture" c left join "document" d on d."id" = c."document_id"
     where c."sha256" <> encode(sha256(convert_to(c."text", 'UTF8')), 'hex')
     limit ${MOST_FAULTS}`,
  );
  return rows;
}

/** What a whole record comes to: how many change sets and sealed rows, and the last number and hash. */
export interface Head {
  readonly changeSets: number;
  readonly rows: number;
  readonly number: number | null;
  readonly hash: string | null;
}

/** How far the record reaches. */
export async function selectHead(session: ClientBase): Promise<Head> {
  const { rows } = await session.query<Head>(
    `select (select count(*)::int from "change_set") "changeSets", (select coalesce(sum(cardinality("keys")), 0)::float8 from "seal") "rows",
       l."number", l."hash" from (select 1) one left join lateral (select * from "change_set" order by "number" desc limit 1) l on true`,
  );
  const [head] = rows;
  if (!head) throw new Error("PostgreSQL did not tell how far the record reaches.");
  return head;
}

/** The number of the change set with this hash; null where there is none. */
export async function selectByHash(session: ClientBase, hash: string): Promise<number | null> {
  const { rows } = await session.query<{ number: number }>(`select "number" from "change_set" where "hash" = $1`, [
    hash,
  ]);
  return rows[0]?.number ?? null;
}
