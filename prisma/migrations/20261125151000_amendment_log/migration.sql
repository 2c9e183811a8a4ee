-- What former things stood until is found without reading all of them.
create index "crisis_state_by_change_set" on "crisis_state" ("created_in");
create index "place_state_by_change_set" on "place_state" ("created_in");
create index "former_thing_by_change_set" on "former_thing" ("stood_to");

-- Appends the changes of a change set to the log, as before, and now also that a thing was amended.
create or replace function chancery_log_changes(this int) returns void
language plpgsql security definer set search_path from current as $$
declare last int := coalesce((select max("place") from "change"), 0);
begin
  insert into "change" ("place", "change_set_number", "change", "kind", "subject_id", "version_id", "crisis_id")
  select last + row_number() over (order by c.rank, c.subject_id, c.reported_from, c.version_id), this,
    c.change::"change_kind", c.kind, c.subject_id, c.version_id, c.crisis_id
  from (
    select 1 rank, 'ENTERED' change, 'CRISIS' kind, "id" subject_id, null::uuid version_id, "id" crisis_id, null::timestamptz reported_from
      from "crisis" where "created_in" = this
    union all select 2, 'ENTERED', "kind"::text, "id", null, null, null from "actor" where "created_in" = this
    union all select 3, 'ENTERED', 'POSITION', "id", null, null, null from "position" where "created_in" = this
    union all select 4, 'ENTERED', 'PLACE', "id", null, null, null from "place" where "created_in" = this
    union all select 5, 'ENTERED', 'DOCUMENT', "id", null, null, null from "document" where "created_in" = this
    union all select 6, 'ENTERED', 'SANCTIONS_PROGRAMME', "id", null, null, null from "sanctions_programme" where "created_in" = this
    union all (
      select distinct 7, 'AMENDED', a."kind"::text, a."id", null::uuid, null::uuid, null::timestamptz
      from (
        select "actor_id" from "name" where "created_in" = this union select "actor_id" from "identifier" where "created_in" = this
        union select "id" from "former_thing" where "stood_to" = this and "relation" = 'actor'
      ) part join "actor" a on a."id" = part."actor_id" where a."created_in" <> this
    )
    union all (
      select distinct 8, 'AMENDED', 'DOCUMENT', d."id", null::uuid, null::uuid, null::timestamptz
      from (
        select "document_id" from "capture" where "created_in" = this
        union select "id" from "former_thing" where "stood_to" = this and "relation" = 'document'
        union select c."document_id" from "former_thing" f join "capture" c on c."id" = f."id" where f."stood_to" = this and f."relation" = 'capture'
      ) part join "document" d on d."id" = part."document_id" where d."created_in" <> this
    )
    union all select 8, 'AMENDED', part.kind, part.id, null, case part.kind when 'CRISIS' then part.id end, null
      from (
        select upper("relation") kind, "id" id from "former_thing" where "stood_to" = this and "relation" not in ('actor', 'document', 'capture')
        union select 'CRISIS', c."id" from "crisis_state" l join "crisis" c on c."id" = l."crisis_id" where l."created_in" = this and c."created_in" <> this
        union select 'PLACE', p."id" from "place_state" l join "place" p on p."id" = l."place_id" where l."created_in" = this and p."created_in" <> this
      ) part
    union all select 9, "change"::text, "kind"::text, "record_id", "id", "crisis_id", "reported_from"
      from "assertion" where "recorded_from" = this and "change" <> 'CARRIED'
    union all select 10, 'RETRACTED', a."kind"::text, a."record_id", a."id", a."crisis_id", a."reported_from"
      from "retraction" r join "assertion" a on a."record_id" = r."record_id" and a."recorded_to" = this and a."reported_to" is null
      where r."change_set_number" = this
  ) c;
  insert into "change_concern" ("thing_id", "place")
  select "subject_id", "place" from "change" where "place" > last and "version_id" is null
  union select c."thing_id", l."place" from "change" l join "concern" c on c."version_id" = l."version_id" where l."place" > last
  union select k."document_id", l."place" from "change" l
    join "evidence" e on e."assertion_id" = l."version_id" join "passage" p on p."id" = e."passage_id"
    join "capture" k on k."id" = p."capture_id" where l."place" > last;
end $$;
