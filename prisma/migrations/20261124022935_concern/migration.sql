-- CreateTable
CREATE TABLE "concern" (
    "version_id" UUID NOT NULL,
    "thing_id" UUID NOT NULL,
    "sort_day" INTEGER NOT NULL,
    "reported_from" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "concern_pkey" PRIMARY KEY ("thing_id","version_id")
);

-- CreateIndex
CREATE INDEX "concern_thing_id_sort_day_version_id_idx" ON "concern"("thing_id", "sort_day", "version_id");

-- CreateIndex
CREATE INDEX "concern_thing_id_reported_from_version_id_idx" ON "concern"("thing_id", "reported_from", "version_id");

-- CreateIndex
CREATE INDEX "concern_version_id_idx" ON "concern"("version_id");

-- AddForeignKey
ALTER TABLE "concern" ADD CONSTRAINT "concern_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- concern grows and is never rewritten.
create trigger "concern_append_only" before update or delete on "concern" for each row execute function chancery_append_only();
alter table "concern" enable always trigger "concern_append_only";
create trigger "concern_not_emptied" before truncate on "concern" for each statement execute function chancery_append_only();
alter table "concern" enable always trigger "concern_not_emptied";

-- What follows is written by hand.

-- Notes what a row's columns name as concerned by its assertion.
create function chancery_concern() returns trigger language plpgsql as $$
begin
  insert into "concern" ("version_id", "thing_id", "sort_day", "reported_from")
  select a."id", thing."id", a."sort_day", a."reported_from"
  from "assertion" a, (select distinct (to_jsonb(new) ->> name)::uuid as "id" from unnest(tg_argv) name) thing
  where a."id" = new."assertion_id" and thing."id" is not null
  on conflict do nothing;
  return null;
end $$;

-- Every column by which a part of an assertion names a thing: noted from now on, and for what stands already.
do $$
declare
  part record;
  name text;
begin
  for part in select * from (values
    ('account', array['teller_id']),
    ('assessment', array['assessor_id']),
    ('attribution', array['actor_id']),
    ('bloc_membership', array['bloc_id', 'member_id']),
    ('claim', array['claimant_id', 'about_id']),
    ('commitment', array['by_id', 'to_id', 'programme_id']),
    ('consignment', array['donor_id']),
    ('designation', array['target_id', 'programme_id', 'authority_id']),
    ('election', array['position_id']),
    ('event_place', array['place_id']),
    ('identity_judgement', array['left_id', 'right_id']),
    ('mention', array['resolves_to_id']),
    ('occupancy', array['holder_id', 'position_id', 'asserted_by_id']),
    ('participation', array['actor_id']),
    ('quantity_claim', array['claimant_id']),
    ('recognition', array['recogniser_id', 'claimant_id', 'position_id', 'on_behalf_of_id']),
    ('recognition_tally', array['claimant_id', 'position_id', 'among_id', 'counted_by_id']),
    ('stance', array['actor_id', 'towards_id']),
    ('utterance', array['speaker_id', 'on_behalf_of_id', 'via_id', 'audience_id'])
  ) listed ("table", "columns") loop
    execute format('create trigger %I after insert on %I for each row execute function chancery_concern(%s)',
      part."table" || '_concerns', part."table", (select string_agg(quote_literal(c), ', ') from unnest(part."columns") c));
    execute format('alter table %I enable always trigger %I', part."table", part."table" || '_concerns');
    foreach name in array part."columns" loop
      execute format('insert into "concern" select d."assertion_id", d.%I, a."sort_day", a."reported_from"
        from %I d join "assertion" a on a."id" = d."assertion_id" where d.%I is not null on conflict do nothing',
        name, part."table", name);
    end loop;
  end loop;
end $$;
