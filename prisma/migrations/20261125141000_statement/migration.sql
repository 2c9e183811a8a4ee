-- What was checked and noted row by row is checked and noted once a statement, over all of its rows: the same guarantee,
-- for nothing of a statement that fails is kept, at a fraction of the cost of rows that come by the thousand. Triggers of one
-- event go by their names: what checks is named to come before what seals.

-- A detail row is of the kind its assertion says.
create function chancery_details_kind() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare stray uuid;
begin
  select e."assertion_id" into stray from "entered" e left join "assertion" a on a."id" = e."assertion_id"
  where lower(a."kind"::text) is distinct from tg_table_name limit 1;
  if found then
    raise exception '% does not belong to assertion % of another kind', tg_table_name, stray using errcode = '23514';
  end if;
  return null;
end $$;
do $$
declare part record;
begin
  for part in
    select c.relname, t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where t.tgfoid = 'chancery_detail_kind'::regproc
  loop
    execute format('drop trigger %I on %I', part.tgname, part.relname);
    execute format('create trigger %I after insert on %I referencing new table as "entered" for each statement execute function chancery_details_kind()',
      part.tgname, part.relname);
    execute format('alter table %I enable always trigger %I', part.relname, part.tgname);
  end loop;
end $$;
drop function chancery_detail_kind();
alter function chancery_details_kind() rename to chancery_detail_kind;

-- A version says of itself what its record says, and is entered open.
drop trigger "assertion_is_of_its_record" on "assertion";
create or replace function chancery_version_of_record() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare stray uuid;
begin
  select e."id" into stray from "entered" e where e."recorded_to" is not null limit 1;
  if found then
    raise exception 'assertion % is entered closed', stray using errcode = '23514';
  end if;
  select e."id" into stray from "entered" e left join "record" r on r."id" = e."record_id"
  where (r."kind" = e."kind" and r."crisis_id" = e."crisis_id") is not true limit 1;
  if found then
    raise exception 'assertion % differs from its record in kind or crisis', stray using errcode = '23514';
  end if;
  return null;
end $$;
create trigger "assertion_is_of_its_record" after insert on "assertion" referencing new table as "entered"
  for each statement execute function chancery_version_of_record();
alter table "assertion" enable always trigger "assertion_is_of_its_record";

-- The words of a passage stand in its capture, where it says.
drop trigger "passage_stands" on "passage";
create or replace function chancery_passage_stands() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare stray uuid;
begin
  select e."id" into stray from "entered" e left join "capture" c on c."id" = e."capture_id"
  where (substring(c."text" from e."start" + 1 for e."end" - e."start") = e."exact") is not true limit 1;
  if found then
    raise exception 'passage % does not stand in its capture', stray using errcode = '23514';
  end if;
  return null;
end $$;
create trigger "passage_is_in_its_capture" after insert on "passage" referencing new table as "entered"
  for each statement execute function chancery_passage_stands();
alter table "passage" enable always trigger "passage_is_in_its_capture";

-- Notes what rows' columns name as concerned by their assertions.
create function chancery_concerned() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  execute format('insert into "concern" ("version_id", "thing_id", "sort_day", "reported_from")
    select distinct a."id", thing."id", a."sort_day", a."reported_from"
    from "entered" e join "assertion" a on a."id" = e."assertion_id", unnest(array[%s]) thing("id")
    where thing."id" is not null on conflict do nothing',
    (select string_agg(format('e.%I', name), ', ') from unnest(tg_argv) name));
  return null;
end $$;
do $$
declare part record;
begin
  for part in
    select c.relname, t.tgname, pg_get_triggerdef(t.oid) made from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where t.tgfoid = 'chancery_concern'::regproc
  loop
    execute format('drop trigger %I on %I', part.tgname, part.relname);
    execute format('create trigger %I after insert on %I referencing new table as "entered" for each statement execute function chancery_concerned(%s)',
      part.tgname, part.relname, substring(part.made from 'chancery_concern\((.*)\)'));
    execute format('alter table %I enable always trigger %I', part.relname, part.tgname);
  end loop;
end $$;
drop function chancery_concern();
alter function chancery_concerned() rename to chancery_concern;

-- Words are noted by the database, whoever writes.
alter function chancery_word() security definer set search_path = public, pg_temp;
