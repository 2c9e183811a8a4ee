-- How many names stand that were not withdrawn is guessed before it is known from statistics: of "is null" one in two
-- hundred, for which a search would sort all that match; of "is not true" one in two.
create or replace function pg_temp.amend_function(called regproc, was text, becomes text) returns void language plpgsql as $$
declare
  source text := pg_get_functiondef(called);
begin
  if position(was in source) = 0 then
    raise exception '% does not hold: %', called, was;
  end if;
  execute replace(source, was, becomes);
end $$;
select pg_temp.amend_function('chancery_search', 'n."withdrawn" is null', 'n."withdrawn" is not true');
select pg_temp.amend_function('chancery_match', 'n."withdrawn" is null', 'n."withdrawn" is not true');
select pg_temp.amend_function('chancery_match', 'i."withdrawn" is null', 'i."withdrawn" is not true');
analyze "name" ("withdrawn");
analyze "identifier" ("withdrawn");
