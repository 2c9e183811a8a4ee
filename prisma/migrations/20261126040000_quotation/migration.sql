-- The words of a passage stand in its capture, where it says. PostgreSQL walks a text from its beginning for each part of
-- it: many passages of a long one are compared with pieces of 250 characters instead, which it is parted into once.
create or replace function chancery_passage_stands() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare stray uuid;
begin
  select w."id" into stray from (
    select "capture_id", array_agg("id") "ids", array_agg("start") "starts", array_agg("end") "ends", array_agg("exact") "words"
    from "entered" group by "capture_id"
  ) e left join "capture" c on c."id" = e."capture_id"
  cross join lateral (
    select case when cardinality(e."ids") > 3 and octet_length(c."text") > 10000
      then array(select m[1] from regexp_matches(c."text", '.{1,250}', 'g') m) end "pieces" offset 0
  ) p
  cross join lateral unnest(e."ids", e."starts", e."ends", e."words") w("id", "start", "end", "words")
  where case when p."pieces" is null then substring(c."text" from w."start" + 1 for w."end" - w."start")
    else substring(array_to_string(p."pieces"[w."start" / 250 + 1 : (w."end" - 1) / 250 + 1], '') from w."start" % 250 + 1 for w."end" - w."start")
    end is distinct from w."words" limit 1;
  if found then
    raise exception 'passage % does not stand in its capture', stray using errcode = '23514';
  end if;
  return null;
end $$;
