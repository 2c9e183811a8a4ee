-- CreateEnum
CREATE TYPE "seal_deed" AS ENUM ('ENTERED', 'CLOSED', 'AMENDED');

-- CreateTable
CREATE TABLE "seal" (
    "change_set" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "relation" TEXT NOT NULL,
    "deed" "seal_deed" NOT NULL,
    "keys" TEXT[],
    "hashes" BYTEA NOT NULL,

    CONSTRAINT "seal_pkey" PRIMARY KEY ("change_set","ordinal")
);

-- AlterTable
ALTER TABLE "change_set" ADD COLUMN     "digest" TEXT,
ADD COLUMN     "key_id" UUID,
ADD COLUMN     "request_id" TEXT;

-- AlterTable
ALTER TABLE "crisis_state" ADD COLUMN     "created_in" INTEGER;

-- AlterTable
ALTER TABLE "place_state" ADD COLUMN     "created_in" INTEGER;

-- What follows is written by hand.

-- What seals hold cannot be made smaller, and trying to costs more than writing it.
alter table "seal" alter "keys" set storage external, alter "hashes" set storage external,
  add constraint "seal_hashes_are_of_its_keys" check (cardinality("keys") > 0 and octet_length("hashes") = 32 * cardinality("keys"));

-- That something lies in a state is entered by a change set, as everything is: so far by the one that entered the later of both.
alter table "crisis_state" disable trigger "crisis_state_append_only";
update "crisis_state" l set "created_in" = greatest(c."created_in", s."created_in")
from "crisis" c, "actor" s where c."id" = l."crisis_id" and s."id" = l."state_id";
alter table "crisis_state" enable always trigger "crisis_state_append_only", alter "created_in" set not null;
alter table "place_state" disable trigger "place_state_append_only";
update "place_state" l set "created_in" = greatest(p."created_in", s."created_in")
from "place" p, "actor" s where p."id" = l."place_id" and s."id" = l."state_id";
alter table "place_state" enable always trigger "place_state_append_only", alter "created_in" set not null;

-- The number of the change set that this transaction enters: the setting chancery.change_set, which lives as long as it.
create function chancery_change_set() returns int language plpgsql stable set search_path = public, pg_temp as $$
declare entering int := nullif(current_setting('chancery.change_set', true), '')::int;
begin
  if entering is null then
    raise exception 'the record changes by change sets alone' using errcode = '55000',
      hint = 'Set chancery.change_set to the number after the last, then insert, then insert the change_set of that number; all in one transaction.';
  end if;
  if exists (select from "change_set" c where c."number" = entering) then
    raise exception 'change set % is sealed already', entering using errcode = '55000';
  end if;
  return entering;
end $$;

-- Seals what a statement brought in: one row with the keys of its rows, and the SHA-256 of each row's text as PostgreSQL
-- writes rows: "(a,,b)". Columns that are empty at its end are left off, so that a row says the same when the table has
-- got another column. Arguments: the deed; the column that names the change set, or whose assertion names it; then the
-- columns of the key.
create function chancery_seal_rows() returns trigger language plpgsql security definer
  set search_path = public, pg_temp set timezone = 'UTC' set datestyle = 'ISO' set extra_float_digits = 1 as $$
declare
  entering int := chancery_change_set();
  row_keys text[];
  row_hashes bytea;
  stray bigint;
begin
  execute format(
    'select array_agg(%s), string_agg(sha256(convert_to(rtrim(left(r::text, -1), '',''), ''UTF8'')), ''''),
      count(*) filter (where %s is distinct from $1) from changed r %s',
    (select string_agg(format('r.%I::text', name), ' || '':'' || ') from unnest(tg_argv[2:]) name),
    case tg_argv[1] when 'assertion_id' then 'a."recorded_from"' else format('r.%I', tg_argv[1]) end,
    case tg_argv[1] when 'assertion_id' then 'left join "assertion" a on a."id" = r."assertion_id"' else '' end)
  into row_keys, row_hashes, stray using entering;
  if row_keys is null then
    return null;
  end if;
  if stray > 0 then
    raise exception '% rows of % name another change set than %, which enters them', stray, tg_table_name, entering using errcode = '23514';
  end if;
  insert into "seal" ("change_set", "ordinal", "relation", "deed", "keys", "hashes")
  select entering, coalesce(max(s."ordinal") + 1, 0), tg_table_name, tg_argv[0]::"seal_deed", row_keys, row_hashes
  from "seal" s where s."change_set" = entering;
  return null;
end $$;

-- The columns of a table's key, and the one by which its rows name their change set.
create function chancery_seal_arguments(relation regclass) returns text[] language sql stable as $$
  select array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum)) from pg_index i
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
  where i.indrelid = relation and i.indisprimary
$$;
create function chancery_seal_set_column(relation regclass) returns text language sql stable as $$
  select a.attname::text from pg_attribute a
  where a.attrelid = relation and a.attname in ('created_in', 'recorded_from', 'change_set_number', 'assertion_id')
  order by a.attname = 'assertion_id' limit 1
$$;

-- Makes a table a part of the record: whatever is inserted into it is sealed. For this migration, and for later ones.
create function chancery_seal_table(relation regclass) returns void language plpgsql as $$
declare
  table_name text := (select relname from pg_class where oid = relation);
  arguments text := (select string_agg(quote_literal(c), ', ') from unnest(
    array['ENTERED', chancery_seal_set_column(relation)] || chancery_seal_arguments(relation)) c);
begin
  if chancery_seal_set_column(relation) is null then
    raise exception '% has no column that names the change set of its rows: created_in, say, or an assertion_id', relation;
  end if;
  execute format('create trigger %I after insert on %s referencing new table as changed for each statement execute function chancery_seal_rows(%s)',
    table_name || '_sealed', relation, arguments);
  execute format('alter table %s enable always trigger %I', relation, table_name || '_sealed');
end $$;

-- Seals are written by triggers, and by nothing else.
create function chancery_seal_by_trigger() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'seals are written by the database itself' using errcode = '23001';
  end if;
  return null;
end $$;

-- Nothing is committed that no change set tells of.
create function chancery_sealed() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if not exists (select from "change_set" c where c."number" = new."change_set") then
    raise exception 'change set % is not sealed', new."change_set" using errcode = '23514',
      hint = 'Insert its row into change_set before the transaction ends.';
  end if;
  return null;
end $$;

-- SHA-256 over the seals of a change set, in their order.
create function chancery_digest(of_set int) returns text language sql stable as $$
  select encode(sha256(string_agg(
    sha256(convert_to(concat_ws(' ', s."relation", s."deed", array_to_string(s."keys", ' ')), 'UTF8') || s."hashes"), '' order by s."ordinal")), 'hex')
  from "seal" s where s."change_set" = of_set
$$;

-- The hash of a change set: SHA-256 over the text of its row, the digest of its seals and the hash before it included.
create function chancery_change_set_hash(entered "change_set") returns text language plpgsql immutable
  set timezone = 'UTC' set datestyle = 'ISO' as $$
begin
  entered."hash" := null;
  return encode(sha256(convert_to(rtrim(left(entered::text, -1), ','), 'UTF8')), 'hex');
end $$;

-- A change set is sealed when it is inserted, which is the last thing that its transaction does to the record. It counts
-- in the order of commits, its time never runs backwards, and its hash covers everything that it brought in.
create or replace function chancery_change_set_follows() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare last "change_set";
begin
  select * into last from "change_set" order by "number" desc limit 1;
  if new."number" <> coalesce(last."number", 0) + 1 or new."at" <= last."at" then
    raise exception 'change set % does not follow change set %', new."number", last."number" using errcode = '23514';
  end if;
  new."digest" := chancery_digest(new."number");
  if new."digest" is null then
    raise exception 'change set % brings nothing in', new."number" using errcode = '23514';
  end if;
  new."previous_hash" := last."hash";
  new."hash" := chancery_change_set_hash(new);
  return new;
end $$;

-- Tells whoever listens, once it is committed, that a change set was entered.
create function chancery_tell_change_set() returns trigger language plpgsql as $$
begin
  perform pg_notify('change_set', new."number"::text);
  return null;
end $$;

-- A version says of itself what its record says, and is entered open.
create or replace function chancery_version_of_record() returns trigger language plpgsql as $$
begin
  if new."recorded_to" is not null then
    raise exception 'assertion % is entered closed', new."id" using errcode = '23514';
  end if;
  if not exists (select 1 from "record" r where r."id" = new."record_id" and r."kind" = new."kind" and r."crisis_id" = new."crisis_id") then
    raise exception 'assertion % differs from its record in kind or crisis', new."id" using errcode = '23514';
  end if;
  return new;
end $$;

-- A change set is there only when it is sealed, which comes after its rows.
alter table "record" alter constraint "record_created_in_fkey" deferrable initially deferred;
alter table "assertion" alter constraint "assertion_recorded_from_fkey" deferrable initially deferred,
  alter constraint "assertion_recorded_to_fkey" deferrable initially deferred;
alter table "retraction" alter constraint "retraction_change_set_number_fkey" deferrable initially deferred;

-- Every table of the record, sealed from now on; and what stands already, sealed change set by change set, in new hashes.
do $$
declare
  part record;
  entered "change_set";
  hash_of_row constant text := 'sha256(convert_to(rtrim(left(%s::text, -1), '',''), ''UTF8''))';
begin
  set local timezone = 'UTC';
  set local datestyle = 'ISO';
  set local extra_float_digits = 1;
  for part in
    select name, ordinal, (select string_agg(format('r.%I', key), ', ') from unnest(chancery_seal_arguments(name::regclass)) key) as keys,
      chancery_seal_set_column(name::regclass) as set_column
    from unnest(array[
      'crisis', 'actor', 'name', 'identifier', 'crisis_state', 'place', 'place_state', 'position', 'sanctions_programme',
      'document', 'capture', 'passage', 'record', 'assertion', 'retraction', 'occupancy', 'recognition', 'utterance', 'event',
      'participation', 'event_place', 'election', 'consignment', 'blockade', 'designation', 'commitment', 'claim',
      'quantity_claim', 'account', 'stance', 'recognition_tally', 'bloc_membership', 'event_coding', 'assessment', 'mention',
      'identity_judgement', 'attribution', 'evidence', 'dossier_import']) with ordinality listed (name, ordinal)
  loop
    execute format('insert into "seal" select %s, %s, %L, ''ENTERED'', array_agg(concat_ws('':'', %s) order by concat_ws('':'', %s)),
        string_agg(%s, '''' order by concat_ws('':'', %s)) from %I r %s group by 1',
      case part.set_column when 'assertion_id' then 'a."recorded_from"' else format('r.%I', part.set_column) end,
      part.ordinal, part.name, part.keys, part.keys,
      format(hash_of_row, case part.name when 'assertion' then 'jsonb_populate_record(r, ''{"recorded_to":null}'')' else 'r' end), part.keys, part.name,
      case part.set_column when 'assertion_id' then 'join "assertion" a on a."id" = r."assertion_id"' else '' end);
    perform chancery_seal_table(part.name::regclass);
  end loop;
  execute format('insert into "seal" select r."recorded_to", 0, ''assertion'', ''CLOSED'', array_agg(r."id"::text order by r."id"), string_agg(%s, '''' order by r."id")
    from "assertion" r where r."recorded_to" is not null group by 1', format(hash_of_row, 'r'));

  alter table "change_set" disable trigger "change_set_append_only";
  for entered in select * from "change_set" order by "number" loop
    entered."digest" := coalesce(chancery_digest(entered."number"), encode(sha256(''), 'hex'));
    entered."previous_hash" := (select c."hash" from "change_set" c where c."number" = entered."number" - 1);
    update "change_set" set "digest" = entered."digest", "previous_hash" = entered."previous_hash", "hash" = chancery_change_set_hash(entered)
    where "number" = entered."number";
  end loop;
  alter table "change_set" enable always trigger "change_set_append_only";
end $$;
alter table "change_set" alter "digest" set not null,
  add constraint "change_set_digest_is_sha256" check ("digest" ~ '^[0-9a-f]{64}$');

create trigger "assertion_closing_sealed" after update on "assertion" referencing new table as changed
  for each statement execute function chancery_seal_rows('CLOSED', 'recorded_to', 'id');
alter table "assertion" enable always trigger "assertion_closing_sealed";
create trigger "change_set_told" after insert on "change_set" for each row execute function chancery_tell_change_set();
alter table "change_set" enable always trigger "change_set_told";
create trigger "seal_by_trigger" before insert on "seal" for each statement execute function chancery_seal_by_trigger();
alter table "seal" enable always trigger "seal_by_trigger";
create constraint trigger "seal_of_change_set" after insert on "seal" deferrable initially deferred for each row execute function chancery_sealed();
alter table "seal" enable always trigger "seal_of_change_set";

-- seal grows and is never rewritten.
create trigger "seal_append_only" before update or delete on "seal" for each row execute function chancery_append_only();
alter table "seal" enable always trigger "seal_append_only";
create trigger "seal_not_emptied" before truncate on "seal" for each statement execute function chancery_append_only();
alter table "seal" enable always trigger "seal_not_emptied";
