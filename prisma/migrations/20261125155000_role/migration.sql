-- CreateTable
CREATE TABLE "guard" (
    "name" TEXT NOT NULL,
    "state" TEXT NOT NULL,

    CONSTRAINT "guard_pkey" PRIMARY KEY ("name")
);

-- What follows is written by hand.

-- What the application may do with a table is told by the table: one whose rows are sealed is of the record, and takes
-- rows, closings and amendments; of others a comment says what they are.
--   operational  the application reads and writes it as it likes, within its triggers
--   grows        the application adds to it
--   kept         the database fills it by itself; the application reads it
-- A table that says nothing counts as operational; tests/role.test.ts asks for a decision.
comment on table "guard" is 'kept';
comment on table "seal" is 'kept';
comment on table "former_thing" is 'kept';
comment on table "change" is 'kept';
comment on table "change_concern" is 'kept';
comment on table "concern" is 'grows';
comment on table "word" is 'grows';
comment on table "change_set" is 'grows';
comment on table "api_key" is 'operational';

-- The columns of a table that its triggers let anybody change: those that amend it, and those that close a version.
create function chancery_changeable(relation regclass) returns text[] language sql stable as $$
  select case relation::text when 'assertion' then array['recorded_to'] else (
    select array_append(string_to_array(rtrim(encode(t.tgargs, 'escape'), '\000'), '\000'), 'amended_in')
    from pg_trigger t where t.tgrelid = relation and t.tgfoid = 'chancery_amend'::regproc) end
$$;

-- What the application may do with a table, in words: record, operational, grows or kept; null where nobody has decided.
create function chancery_decision(relation regclass) returns text language sql stable as $$
  select case
    when exists (select from pg_trigger t where t.tgrelid = relation and t.tgfoid = 'chancery_seal_rows'::regproc) then 'record'
    else substring(obj_description(relation, 'pg_class') from '^(operational|grows|kept)') end
$$;

-- Gives the role chancery_app what it may do with every table. For whoever migrates, each time.
create function chancery_grant() returns void language plpgsql as $$
declare
  part record;
  columns text;
begin
  execute 'grant usage on schema public to chancery_app';
  execute 'grant usage on all sequences in schema public to chancery_app';
  for part in select c.oid::regclass as relation, c.relname as name, chancery_decision(c.oid::regclass) as decision
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
  loop
    execute format('revoke all on %s from chancery_app', part.relation);
    execute format('grant %s on %s to chancery_app', case
      when part.name = '_prisma_migrations' then 'select'
      when part.decision = 'kept' then 'select'
      when part.decision in ('record', 'grows') then 'select, insert'
      else 'select, insert, update, delete' end, part.relation);
    columns := (select string_agg(quote_ident(c), ', ') from unnest(chancery_changeable(part.relation)) c);
    if part.decision = 'record' and columns is not null then
      execute format('grant update (%s) on %s to chancery_app', columns, part.relation);
    end if;
  end loop;
end $$;

-- Every trigger and constraint that guards the record, and every function that they call, with what it is like.
create function chancery_guards() returns table ("name" text, "state" text) language sql stable as $$
  select format('trigger %s on %s', t.tgname, r.relname),
    concat_ws(' ', case t.tgenabled when 'A' then 'always' when 'D' then 'disabled' when 'R' then 'replica' else 'origin' end, f.proname)
  from pg_trigger t join pg_class r on r.oid = t.tgrelid join pg_proc f on f.oid = t.tgfoid
  where not t.tgisinternal and r.relnamespace = 'public'::regnamespace
  union all
  select format('constraint %s on %s', c.conname, r.relname), case when c.convalidated then 'valid' else 'not valid' end
  from pg_constraint c join pg_class r on r.oid = c.conrelid
  where c.contype in ('c', 'f', 'p', 'u', 'x') and r.relnamespace = 'public'::regnamespace
  union all
  select format('function %s(%s)', f.proname, pg_get_function_identity_arguments(f.oid)), encode(sha256(convert_to(f.prosrc, 'UTF8')), 'hex')
  from pg_proc f where f.pronamespace = 'public'::regnamespace and f.proname like 'chancery\_%'
$$;

-- Writes the guards down as they are: for whoever migrates, at the end of each migration.
create function chancery_keep_guards() returns void language sql as $$
  delete from "guard";
  insert into "guard" select * from chancery_guards();
$$;

-- What is not as the last migration left it.
create function chancery_faulty_guards() returns table ("fault" text) language sql stable as $$
  select case when l."state" is null then format('the %s is missing', k."name")
      when l."state" like 'disabled%' then format('the %s is disabled', k."name")
      else format('the %s was changed', k."name") end
  from "guard" k left join chancery_guards() l on l."name" = k."name"
  where l."state" is distinct from k."state" order by 1
$$;
