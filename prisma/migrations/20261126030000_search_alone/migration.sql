-- A search is short: to gather workers for it takes longer than to do it. What concerns a crisis is asked only where one is
-- given, and how near words are is worked out for all that was found at once.
create or replace function pg_temp.amend_function(called regproc, was text, becomes text) returns void language plpgsql as $$
declare
  source text := pg_get_functiondef(called);
begin
  if position(was in source) = 0 then
    raise exception '% does not hold: %', called, was;
  end if;
  execute replace(source, was, becomes);
end $$;
select pg_temp.amend_function('chancery_search', format('%s."id", crisis)', called), format('%s."id", crisis))', replace(called, 'chancery_', '(crisis is null or chancery_')))
from unnest(array['chancery_concerns(a', 'chancery_concerns(o', 'chancery_concerns(l', 'chancery_concerns(s', 'chancery_concerns(t', 'chancery_rests_on(d', 'chancery_rests_on(t']) called;
select pg_temp.amend_function('chancery_search', 'select f.*, chancery_words(f."matched") "words" from found f),', 'select f.*, row_number() over () "n", chancery_words(f."matched") "words" from found f),
    -- How near its words are to those looked for: of each the nearest that stands in it.
    near ("n", "nearness") as (
      select t."n", sum(t."nearness") from (
        select f."n", max(l."nearness") "nearness" from worded f cross join unnest(f."words") w("word")
        join unnest(likely_token, likely_word, likely_nearness) l("token", "word", "nearness") on l."word" = w."word"
        group by f."n", l."token") t
      group by t."n"
    ),');
select pg_temp.amend_function('chancery_search', '
        -- How near its words are to those looked for; a text that says nothing else is nearer than one that does.
        (select sum(t."nearness") / cardinality(tokens) from (select max(l."nearness") "nearness" from unnest(likely_token, likely_word, likely_nearness) l("token", "word", "nearness")
          where l."word" = any (f."words") group by l."token") t) *', '
        -- A text that says nothing else is nearer than one that does.
        near."nearness" / cardinality(tokens) *');
select pg_temp.amend_function('chancery_search', '      from worded f
', '      from worded f left join near using ("n")
');

alter function chancery_search set max_parallel_workers_per_gather = 0;
alter function chancery_match set max_parallel_workers_per_gather = 0;
alter function chancery_likely set max_parallel_workers_per_gather = 0;
