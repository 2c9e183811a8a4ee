-- Words are spelt in Latin letters by an expression that calls no function for those that are in Latin letters already:
-- each of the many that are held side by side is looked at again.
drop index "word_spelling_idx";
create index "word_spelling_idx" on "word" using gin
  ((case when octet_length("word") = length("word") then "word" else chancery_latin("word") end) gin_trgm_ops);

-- As before, but that a word which stands both in a name and in running text counts once among the eight.
create or replace function chancery_likely(tokens text[]) returns table ("token" int, "word" text, "nearness" real) language plpgsql stable parallel safe
set plan_cache_mode = force_generic_plan set enable_seqscan = off set pg_trgm.similarity_threshold = 0.35 as $$
declare
  sought text;
  letters text;
  spelt boolean;
begin
  for i in 1 .. coalesce(cardinality(tokens), 0) loop
    sought := tokens[i];
    letters := chancery_latin(sought);
    spelt := length(letters) >= 4 and sought !~ '[0-9]' and not exists (select 1 from "word" e where e."word" = sought and e."named");
    return query
      select i, l."word", max(l."nearness") from (
        select sought "word", 1::real "nearness"
        union all (
          select b."word", (0.7 + 0.3 * length(sought) / length(b."word"))::real
          from (select w."word" from "word" w where length(sought) >= 2 and w."word" ~>=~ sought and w."word" ~<~ (sought || chr(1114111))
            order by w."word" using ~<~ limit 200) b
          group by b."word" order by length(b."word"), b."word" limit 8)
        union all (
          select s."word", (0.95 * s."alike")::real
          from (
            select w."word", similarity(case when octet_length(w."word") = length(w."word") then w."word" else chancery_latin(w."word") end, letters) "alike"
            from "word" w
            where spelt and case when octet_length(w."word") = length(w."word") then w."word" else chancery_latin(w."word") end % letters) s
          group by s."word", s."alike" order by s."alike" desc, s."word" limit 8)
      ) l group by l."word" order by 3 desc, 2 limit 8;
  end loop;
end $$;
