-- Who looks at the record as it was recorded before a name or an identifier was withdrawn finds it there still.
create or replace function pg_temp.amend_function(called regproc, was text, becomes text) returns void language plpgsql as $$
declare
  source text := pg_get_functiondef(called);
begin
  if position(was in source) = 0 then
    raise exception '% does not hold: %', called, was;
  end if;
  execute replace(source, was, becomes);
end $$;
select pg_temp.amend_function('chancery_search', 'n."withdrawn" is not true', '(n."withdrawn" is not true or n."amended_in" > change_set)');
select pg_temp.amend_function('chancery_match', 'n."withdrawn" is not true', '(n."withdrawn" is not true or n."amended_in" > change_set)');
select pg_temp.amend_function('chancery_match', 'i."withdrawn" is not true', '(i."withdrawn" is not true or i."amended_in" > change_set)');

-- What was withdrawn stays so.
alter table "name" drop constraint "name_withdrawn", add constraint "name_withdrawn" check ("withdrawn" and "amended_in" is not null or "withdrawn" is null and "amended_in" is null);
alter table "identifier" drop constraint "identifier_withdrawn", add constraint "identifier_withdrawn" check ("withdrawn" and "amended_in" is not null or "withdrawn" is null and "amended_in" is null);
