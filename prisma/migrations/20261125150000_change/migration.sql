-- CreateEnum
CREATE TYPE "change_kind" AS ENUM ('ENTERED', 'AMENDED', 'ASSERTED', 'UPDATED', 'CORRECTED', 'RETRACTED');

-- CreateTable
CREATE TABLE "change" (
    "place" INTEGER NOT NULL,
    "change_set_number" INTEGER NOT NULL,
    "change" "change_kind" NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "version_id" UUID,
    "crisis_id" UUID,

    CONSTRAINT "change_pkey" PRIMARY KEY ("place")
);

-- CreateTable
CREATE TABLE "change_concern" (
    "thing_id" UUID NOT NULL,
    "place" INTEGER NOT NULL,

    CONSTRAINT "change_concern_pkey" PRIMARY KEY ("thing_id","place")
);

-- CreateIndex
CREATE INDEX "change_change_set_number_idx" ON "change"("change_set_number");

-- CreateIndex
CREATE INDEX "change_change_place_idx" ON "change"("change", "place");

-- CreateIndex
CREATE INDEX "change_kind_place_idx" ON "change"("kind", "place");

-- CreateIndex
CREATE INDEX "change_crisis_id_place_idx" ON "change"("crisis_id", "place");

-- CreateIndex
CREATE INDEX "change_version_id_idx" ON "change"("version_id");

-- CreateIndex
CREATE INDEX "change_concern_place_idx" ON "change_concern"("place");

-- AddForeignKey
ALTER TABLE "change" ADD CONSTRAINT "change_change_set_number_fkey" FOREIGN KEY ("change_set_number") REFERENCES "change_set"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change" ADD CONSTRAINT "change_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "assertion"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_concern" ADD CONSTRAINT "change_concern_place_fkey" FOREIGN KEY ("place") REFERENCES "change"("place") ON DELETE RESTRICT ON UPDATE CASCADE;

-- change grows and is never rewritten.
create trigger "change_append_only" before update or delete on "change" for each row execute function chancery_append_only();
alter table "change" enable always trigger "change_append_only";
create trigger "change_not_emptied" before truncate on "change" for each statement execute function chancery_append_only();
alter table "change" enable always trigger "change_not_emptied";

-- change_concern grows and is never rewritten.
create trigger "change_concern_append_only" before update or delete on "change_concern" for each row execute function chancery_append_only();
alter table "change_concern" enable always trigger "change_concern_append_only";
create trigger "change_concern_not_emptied" before truncate on "change_concern" for each statement execute function chancery_append_only();
alter table "change_concern" enable always trigger "change_concern_not_emptied";

-- What follows is written by hand.

-- What came in with a change set is found without reading what came before.
create index "actor_by_change_set" on "actor" ("created_in");
create index "capture_by_change_set" on "capture" ("created_in");
create index "crisis_by_change_set" on "crisis" ("created_in");
create index "document_by_change_set" on "document" ("created_in");
create index "identifier_by_change_set" on "identifier" ("created_in");
create index "name_by_change_set" on "name" ("created_in");
create index "place_by_change_set" on "place" ("created_in");
create index "position_by_change_set" on "position" ("created_in");
create index "sanctions_programme_by_change_set" on "sanctions_programme" ("created_in");

alter table "change" add constraint "change_place_counts" check ("place" > 0);
alter table "change" add constraint "change_of_a_fact_has_its_version"
  check (("version_id" is null) = ("change" in ('ENTERED', 'AMENDED')) and ("version_id" is null or "crisis_id" is not null));

-- Appends the changes of a change set to the log: things before facts, facts before withdrawals. It runs in the turn of
-- the change set, so that places are given in the order of commits, without a gap.
create function chancery_log_changes(this int) returns void
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
      from (select "actor_id" from "name" where "created_in" = this union select "actor_id" from "identifier" where "created_in" = this) part
      join "actor" a on a."id" = part."actor_id" where a."created_in" <> this
    )
    union all (
      select distinct 8, 'AMENDED', 'DOCUMENT', d."id", null::uuid, null::uuid, null::timestamptz
      from "capture" c join "document" d on d."id" = c."document_id" where c."created_in" = this and d."created_in" <> this
    )
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

-- At commit, when everything of the change set has been entered.
create function chancery_log_change_set() returns trigger language plpgsql security definer set search_path from current as $$
begin
  perform chancery_log_changes(new."number");
  return null;
end $$;
create constraint trigger "change_set_is_logged" after insert on "change_set" deferrable initially deferred
  for each row execute function chancery_log_change_set();
alter table "change_set" enable always trigger "change_set_is_logged";

-- What was committed before there was a log.
do $$
declare each int;
begin
  for each in select "number" from "change_set" order by "number" loop
    perform chancery_log_changes(each);
  end loop;
end $$;
