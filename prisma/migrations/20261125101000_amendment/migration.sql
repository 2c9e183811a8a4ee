-- AlterTable
ALTER TABLE "actor" ADD COLUMN     "amended_in" INTEGER;

-- AlterTable
ALTER TABLE "capture" ADD COLUMN     "amended_in" INTEGER;

-- AlterTable
ALTER TABLE "crisis" ADD COLUMN     "amended_in" INTEGER;

-- AlterTable
ALTER TABLE "document" ADD COLUMN     "amended_in" INTEGER;

-- AlterTable
ALTER TABLE "place" ADD COLUMN     "amended_in" INTEGER;

-- AlterTable
ALTER TABLE "position" ADD COLUMN     "amended_in" INTEGER;

-- AlterTable
ALTER TABLE "sanctions_programme" ADD COLUMN     "amended_in" INTEGER;

-- CreateTable
CREATE TABLE "former_thing" (
    "relation" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "stood_from" INTEGER NOT NULL,
    "stood_to" INTEGER NOT NULL,
    "row" JSONB NOT NULL,

    CONSTRAINT "former_thing_pkey" PRIMARY KEY ("relation","id","stood_from")
);

-- What follows is written by hand.

alter table "former_thing" add constraint "former_thing_stood" check ("stood_to" > "stood_from");

-- A thing is amended by a change set, in the columns that the trigger names; what stood before is kept.
create function chancery_amend() returns trigger language plpgsql security definer
  set search_path = public, pg_temp set timezone = 'UTC' set datestyle = 'ISO' set extra_float_digits = 1 as $$
begin
  if new."amended_in" is not distinct from old."amended_in"
    or (to_jsonb(new) - 'amended_in' - tg_argv) <> (to_jsonb(old) - 'amended_in' - tg_argv) then
    raise exception 'update of % % is refused: a thing is amended by a change set, and only in %', tg_table_name, old."id",
      array_to_string(tg_argv, ', ') using errcode = '23001';
  end if;
  if new."amended_in" is distinct from chancery_change_set() or new."amended_in" <= coalesce(old."amended_in", old."created_in") then
    raise exception '% % is amended once in a change set, which comes after the one that it stands by', tg_table_name, old."id" using errcode = '23514';
  end if;
  insert into "former_thing" ("relation", "id", "stood_from", "stood_to", "row")
  values (tg_table_name, old."id", coalesce(old."amended_in", old."created_in"), new."amended_in", to_jsonb(old));
  return new;
end $$;

-- Former things are kept by that trigger, and by nothing else, as seals are.
create or replace function chancery_seal_by_trigger() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'rows of % are written by the database itself', tg_table_name using errcode = '23001';
  end if;
  return null;
end $$;
create trigger "former_thing_by_trigger" before insert on "former_thing" for each statement execute function chancery_seal_by_trigger();
alter table "former_thing" enable always trigger "former_thing_by_trigger";
create trigger "former_thing_append_only" before update or delete on "former_thing" for each row execute function chancery_append_only();
alter table "former_thing" enable always trigger "former_thing_append_only";
create trigger "former_thing_not_emptied" before truncate on "former_thing" for each statement execute function chancery_append_only();
alter table "former_thing" enable always trigger "former_thing_not_emptied";

-- What of each thing may be amended: all but its id, its key, its kind, who brought it in, and what others rest on.
do $$
declare
  thing record;
begin
  for thing in select * from (values
    ('actor', array['name', 'description', 'wikidata_id', 'iso2', 'iso3', 'organization_kind', 'state_id']),
    ('capture', array['text_public']),
    ('crisis', array['title', 'summary', 'start_edtf', 'start_earliest', 'start_latest', 'start_text', 'start_basis', 'start_precision',
      'end_edtf', 'end_earliest', 'end_latest', 'end_text', 'end_basis', 'end_precision']),
    ('document', array['title', 'publisher', 'authors', 'url', 'language', 'licence', 'note']),
    ('place', array['name', 'part_of_id', 'latitude', 'longitude', 'geonames_id']),
    ('position', array['title', 'organization_id', 'state_id', 'seats', 'inception_edtf', 'inception_earliest', 'inception_latest',
      'inception_text', 'inception_basis', 'inception_precision', 'dissolution_edtf', 'dissolution_earliest', 'dissolution_latest',
      'dissolution_text', 'dissolution_basis', 'dissolution_precision']),
    ('sanctions_programme', array['title', 'issuer_id', 'legal_bases', 'measures'])
  ) listed ("table", "columns") loop
    execute format('drop trigger %I on %I', thing."table" || '_append_only', thing."table");
    execute format('create trigger %I before delete on %I for each row execute function chancery_append_only()', thing."table" || '_append_only', thing."table");
    execute format('alter table %I enable always trigger %I', thing."table", thing."table" || '_append_only');
    execute format('create trigger %I before update on %I for each row execute function chancery_amend(%s)', thing."table" || '_amended', thing."table",
      (select string_agg(quote_literal(c), ', ') from unnest(thing."columns") c));
    execute format('alter table %I enable always trigger %I', thing."table", thing."table" || '_amended');
    execute format('create trigger %I after update on %I referencing new table as changed for each statement execute function chancery_seal_rows(''AMENDED'', ''amended_in'', ''id'')',
      thing."table" || '_amendment_sealed', thing."table");
    execute format('alter table %I enable always trigger %I', thing."table", thing."table" || '_amendment_sealed');
  end loop;
end $$;
