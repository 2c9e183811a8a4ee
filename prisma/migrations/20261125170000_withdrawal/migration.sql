-- AlterTable
ALTER TABLE "identifier" ADD COLUMN     "amended_in" INTEGER,
ADD COLUMN     "withdrawn" BOOLEAN;

-- AlterTable
ALTER TABLE "name" ADD COLUMN     "amended_in" INTEGER,
ADD COLUMN     "withdrawn" BOOLEAN;

-- DropIndex
DROP INDEX "identifier_scheme_value_key";

-- CreateIndex
CREATE INDEX "identifier_scheme_value_idx" ON "identifier"("scheme", "value");

-- What follows is written by hand.

-- No two actors have the same identifier, but for one that was withdrawn.
create unique index "identifier_stands_once" on "identifier" ("scheme", "value") where "withdrawn" is null;

-- Names and identifiers are amended in this alone, once: that they are withdrawn.
do $$
declare
  part text;
begin
  foreach part in array array['name', 'identifier'] loop
    execute format('alter table %I add constraint %I check ("withdrawn" is null or ("withdrawn" and "amended_in" is not null))', part, part || '_withdrawn');
    execute format('drop trigger %I on %I', part || '_append_only', part);
    execute format('create trigger %I before delete on %I for each row execute function chancery_append_only()', part || '_append_only', part);
    execute format('alter table %I enable always trigger %I', part, part || '_append_only');
    execute format('create trigger %I before update on %I for each row execute function chancery_amend(''withdrawn'')', part || '_amended', part);
    execute format('alter table %I enable always trigger %I', part, part || '_amended');
    execute format('create trigger %I after update on %I referencing new table as changed for each statement execute function chancery_seal_rows(''AMENDED'', ''amended_in'', ''id'')',
      part || '_amendment_sealed', part);
    execute format('alter table %I enable always trigger %I', part, part || '_amendment_sealed');
  end loop;
end $$;

-- Functions that read names and identifiers pass over what was withdrawn; the log tells that an actor was amended so.
create function pg_temp.amend_function(called regproc, was text, becomes text) returns void language plpgsql as $$
declare
  source text := pg_get_functiondef(called);
begin
  if position(was in source) = 0 then
    raise exception '% does not hold: %', called, was;
  end if;
  execute replace(source, was, becomes);
end $$;
select pg_temp.amend_function('chancery_search', 'join "actor" a on a."id" = n."actor_id"', 'join "actor" a on a."id" = n."actor_id" and n."withdrawn" is null');
select pg_temp.amend_function('chancery_match', 'join "actor" a on a."id" = n."actor_id"', 'join "actor" a on a."id" = n."actor_id" and n."withdrawn" is null');
select pg_temp.amend_function('chancery_match', 'join "actor" a on a."id" = i."actor_id"', 'join "actor" a on a."id" = i."actor_id" and i."withdrawn" is null');
select pg_temp.amend_function('chancery_log_changes', 'union select "id" from "former_thing" where "stood_to" = this and "relation" = ''actor''',
  'union select "id" from "former_thing" where "stood_to" = this and "relation" = ''actor''
        union select ("row" ->> ''actor_id'')::uuid from "former_thing" where "stood_to" = this and "relation" in (''name'', ''identifier'')');
select pg_temp.amend_function('chancery_log_changes', '"relation" not in (''actor'', ''document'', ''capture'')', '"relation" not in (''actor'', ''document'', ''capture'', ''name'', ''identifier'')');
