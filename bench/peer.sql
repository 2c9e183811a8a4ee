-- What PostGraphile is given beside the tables, as its own guides recommend for what a table's columns cannot say: functions
-- over the same tables and indexes.
create schema peer;
create function peer.event_of(record uuid) returns "event" language sql stable as $$
  select e.* from "assertion" a join "event" e on e."assertion_id" = a."id" where a."record_id" = record and a."recorded_to" is null and a."reported_to" is null
$$;
create function peer.events_of(crisis uuid) returns setof "event" language sql stable as $$
  select e.* from "assertion" a join "event" e on e."assertion_id" = a."id"
  where a."crisis_id" = crisis and a."kind" = 'EVENT' and a."recorded_to" is null and a."reported_to" is null
  order by a."sort_day", a."id" limit 50
$$;
create function peer.events_after(day int, beyond uuid) returns setof "event" language sql stable as $$
  select e.* from "assertion" a join "event" e on e."assertion_id" = a."id"
  where a."kind" = 'EVENT' and a."recorded_to" is null and a."reported_to" is null and (a."sort_day", a."id") > (day, beyond)
  order by a."sort_day", a."id" limit 50
$$;
create function peer.recognitions_of(office text, day int) returns setof "recognition" language sql stable as $$
  select r.* from "position" p join "recognition" r on r."position_id" = p."id" join "assertion" a on a."id" = r."assertion_id"
  where p."key" = office and a."recorded_to" is null and a."reported_to" is null
    and (a."start_earliest" is null or a."start_earliest" <= day) and (a."end_latest" is null or a."end_latest" >= day)
  order by a."sort_day", a."id" limit 100
$$;
create function peer.occupancies_of(office text, day int) returns setof "occupancy" language sql stable as $$
  select o.* from "position" p join "occupancy" o on o."position_id" = p."id" join "assertion" a on a."id" = o."assertion_id"
  where p."key" = office and a."recorded_to" is null and a."reported_to" is null and a."status" in ('ACCEPTED', 'DISPUTED')
    and (a."start_earliest" is null or a."start_earliest" <= day) and (a."end_latest" is null or a."end_latest" >= day)
  order by a."sort_day", a."id"
$$;
create function peer.timeline_of(thing uuid) returns setof "assertion" language sql stable as $$
  select a.* from "concern" c join "assertion" a on a."id" = c."version_id"
  where c."thing_id" = thing and a."recorded_to" is null and a."reported_to" is null order by c."sort_day", c."version_id" limit 50
$$;
create function peer.events_held(crisis uuid, number int) returns setof "event" language sql stable as $$
  select e.* from "assertion" a join "event" e on e."assertion_id" = a."id"
  where a."crisis_id" = crisis and a."kind" = 'EVENT' and a."recorded_from" <= number and (a."recorded_to" is null or a."recorded_to" > number) and a."reported_to" is null
  order by a."sort_day", a."id" limit 50
$$;
create type peer.hit as ("matched" text, "score" int, "actor" "actor");
create function peer.found(words text) returns setof peer.hit language sql stable as $$
  select h."matched", h."score", a from chancery_search(words, '{PERSON,STATE}', null, null, null, null) h join "actor" a on a."id" = h."id"
  order by h."score" desc, h."id" limit 20
$$;
create function peer.office_of(office text) returns "position" language sql stable as $$
  select p.* from "position" p where p."key" = office
$$;
-- Columns as they stood after a change set. PostGraphile looks for such functions beside their tables.
create or replace function public.actor_name_held(a public."actor", number int) returns text language sql stable as $$
  select coalesce((select f."row" ->> 'name' from public."former_thing" f
    where f."relation" = 'actor' and f."id" = a."id" and f."stood_from" <= number and f."stood_to" > number), a."name")
$$;
create or replace function public.document_title_held(d public."document", number int) returns text language sql stable as $$
  select coalesce((select f."row" ->> 'title' from public."former_thing" f
    where f."relation" = 'document' and f."id" = d."id" and f."stood_from" <= number and f."stood_to" > number), d."title")
$$;
create or replace function public.document_publisher_held(d public."document", number int) returns text language sql stable as $$
  select coalesce((select f."row" ->> 'publisher' from public."former_thing" f
    where f."relation" = 'document' and f."id" = d."id" and f."stood_from" <= number and f."stood_to" > number), d."publisher")
$$;
