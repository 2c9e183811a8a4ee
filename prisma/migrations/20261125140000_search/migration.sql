-- CreateTable
CREATE TABLE "word" (
    "word" TEXT NOT NULL,
    "named" BOOLEAN NOT NULL,

    CONSTRAINT "word_pkey" PRIMARY KEY ("word","named")
);

-- What follows is written by hand.

-- word grows and is never rewritten.
create trigger "word_append_only" before update or delete on "word" for each row execute function chancery_append_only();
alter table "word" enable always trigger "word_append_only";
create trigger "word_not_emptied" before truncate on "word" for each statement execute function chancery_append_only();
alter table "word" enable always trigger "word_not_emptied";

-- What src/values/fold.ts does, so that texts are folded alike by whoever writes them. Only the lower case is left to a
-- collation: to one that knows all letters, whatever the database's own is.
do $outer$
declare
  collation_ text := (
    select quote_ident(c.collname) from unnest(array['pg_c_utf8', 'und-x-icu', 'C.utf8', 'en_US.utf8', 'default']) with ordinality wanted(name, n)
    join pg_collation c on c.collname = wanted.name and c.collencoding in (-1, 6) order by wanted.n limit 1);
begin
  execute replace($create$
    create function chancery_fold("text" text) returns text language plpgsql immutable parallel safe as $fold$
    declare folded text;
    begin
      if octet_length("text") = length("text") then
        return btrim(regexp_replace(lower("text" collate @collation), '[^a-z0-9]+', ' ', 'g'));
      end if;
      folded := normalize(lower(normalize("text", NFKD) collate @collation), NFKD);
      folded := regexp_replace(folded, '[\u00ad\u02bb\u02be-\u02bf\u0600-\u0605\u061c\u0640\u06dd\u070f\u0890-\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001-\U000e007f\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff\u0951-\u0954\u1ab0-\u1aeb\u1cd0-\u1cd2\u1cd4-\u1ce0\u1ce2-\u1ce8\u1ced\u1cf4\u1cf8-\u1cf9\u1dc0-\u1dff\u20d0-\u20f0\u2de0-\u2dff\u302a-\u302d\ua66f-\ua672\ua674-\ua67d\ua69e-\ua69f\ufb1e\ufe00-\ufe2f\U000101fd\U000102e0\U00010efa-\U00010eff\U0001133b\U0001cf00-\U0001cf46\U0001d167-\U0001d169\U0001d17b-\U0001d182\U0001d185-\U0001d18b\U0001d1aa-\U0001d1ad\U0001d242-\U0001d244\U0001e08f\U000e0100-\U000e01ef]+', '', 'g');
      folded := translate(folded, 'øđłıðħŧŋĸſς', 'odlidhtnksσ');
      if folded ~ '[ßæœþ]' then
        folded := replace(replace(replace(replace(folded, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
      end if;
      return normalize(btrim(regexp_replace(folded, '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u009f\u0080-\u00ac\u00ae-\u00bf\u00d7\u00f7\u02bc\u02c2-\u02c5\u02d2-\u02eb\u02ed\u02ef-\u02ff\u0375\u03f6\u0482\u055a-\u055f\u0589-\u058f\u05be\u05c0\u05c3\u05c6\u05f3-\u05f4\u0606-\u060f\u061b\u061d-\u061f\u066a-\u066d\u06d4\u06de\u06e9\u06fd-\u06fe\u0700-\u070d\u07f6-\u07f9\u07fe-\u07ff\u0830-\u083e\u085e\u0888\u0964-\u0965\u0970\u09f2-\u09f3\u09fa-\u09fb\u09fd\u0a76\u0af0-\u0af1\u0b70\u0bf3-\u0bfa\u0c77\u0c7f\u0c84\u0d4f\u0d79\u0df4\u0e3f\u0e4f\u0e5a-\u0e5b\u0f01-\u0f17\u0f1a-\u0f1f\u0f34\u0f36\u0f38\u0f3a-\u0f3d\u0f85\u0fbe-\u0fc5\u0fc7-\u0fda\u104a-\u104f\u109e-\u109f\u10fb\u1360-\u1368\u1390-\u1399\u1400\u166d-\u166e\u1680\u169b-\u169c\u16eb-\u16ed\u1735-\u1736\u17d4-\u17d6\u17d8-\u17db\u1800-\u180a\u1940-\u1945\u19de-\u19ff\u1a1e-\u1a1f\u1aa0-\u1aa6\u1aa8-\u1aad\u1b4e-\u1b4f\u1b5a-\u1b6a\u1b74-\u1b7f\u1bfc-\u1bff\u1c3b-\u1c3f\u1c7e-\u1c7f\u1cc0-\u1cc7\u1cd3\u2010-\u2029\u2030-\u205e\u20a0-\u20c1\u2104-\u212e\u213a-\u214d\u214f\u218a-\u244a\u2500-\u2775\u2794-\u2bff\u2ce5-\u2cea\u2cf9-\u2cfc\u2cfe-\u2cff\u2d70\u2e00-\u2e2e\u2e30-\u3004\u3008-\u3020\u3030\u3037\u303d-\u303f\u30a0\u30fb\u3190-\u3191\u31c0-\u31ef\u327f\u4dc0-\u4dff\ua490-\ua4c6\ua4fe-\ua4ff\ua60d-\ua60f\ua673\ua67e\ua6f2-\ua716\ua720-\ua721\ua789-\ua78a\ua828-\ua82b\ua836-\ua839\ua874-\ua877\ua8ce-\ua8cf\ua8f8-\ua8fa\ua8fc\ua92e-\ua92f\ua95f\ua9c1-\ua9cd\ua9de-\ua9df\uaa5c-\uaa5f\uaa77-\uaa79\uaade-\uaadf\uaaf0-\uaaf1\uab5b\uab6a-\uab6b\uabeb\ufbb2-\ufdff\ufe45-\ufe46\ufffc-\ufffd\U00010100-\U00010102\U00010137-\U0001013f\U00010179-\U00010189\U0001018c-\U000101fc\U0001039f\U000103d0\U0001056f\U00010857\U00010877-\U00010878\U0001091f\U0001093f\U00010a50-\U00010a58\U00010a7f\U00010ac8\U00010af0-\U00010af6\U00010b39-\U00010b3f\U00010b99-\U00010b9c\U00010d6e\U00010d8e-\U00010d8f\U00010ead\U00010ed0-\U00010ed8\U00010f55-\U00010f59\U00010f86-\U00010f89\U00011047-\U0001104d\U000110bb-\U000110bc\U000110be-\U000110c1\U00011140-\U00011143\U00011174-\U00011175\U000111c5-\U000111c8\U000111cd\U000111db\U000111dd-\U000111df\U00011238-\U0001123d\U000112a9\U000113d4-\U000113d8\U0001144b-\U0001144f\U0001145a-\U0001145d\U000114c6\U000115c1-\U000115d7\U00011641-\U00011643\U00011660-\U0001166c\U000116b9\U0001173c-\U0001173f\U0001183b\U00011944-\U00011946\U000119e2\U00011a3f-\U00011a46\U00011a9a-\U00011a9c\U00011a9e-\U00011aa2\U00011b00-\U00011b09\U00011be1\U00011c41-\U00011c45\U00011c70-\U00011c71\U00011ef7-\U00011ef8\U00011f43-\U00011f4f\U00011fd5-\U00011fff\U00012470-\U00012474\U00012ff1-\U00012ff2\U00016a6e-\U00016a6f\U00016af5\U00016b37-\U00016b3f\U00016b44-\U00016b45\U00016d6d-\U00016d6f\U00016e97-\U00016e9a\U00016fe2\U0001bc9c\U0001bc9f\U0001cc00-\U0001cef0\U0001cf50-\U0001d15d\U0001d16a-\U0001d16c\U0001d183-\U0001d184\U0001d18c-\U0001d1a9\U0001d1ae-\U0001d241\U0001d245\U0001d300-\U0001d356\U0001d800-\U0001d9ff\U0001da37-\U0001da3a\U0001da6d-\U0001da74\U0001da76-\U0001da83\U0001da85-\U0001da8b\U0001e14f\U0001e2ff\U0001e5ff\U0001e95e-\U0001e95f\U0001ecac\U0001ecb0\U0001ed2e\U0001eef0-\U0001f0f5\U0001f10d-\U0001fbfa]+', ' ', 'g')), NFC);
    end $fold$
  $create$, '@collation', collation_);
end $outer$;

-- What is called for an index names the schema of what it calls: PostgreSQL makes and analyses indexes without a search path.

-- The words of a text, folded, in their order. Of a text its first 100,000 characters count, of a word its first 60.
create function chancery_words("text" text) returns text[] language plpgsql immutable parallel safe as $$
declare folded text := left(public.chancery_fold("text"), 100000);
begin
  if folded ~ '[^ ]{61}' then folded := regexp_replace(folded, '([^ ]{60})[^ ]+', '\1', 'g'); end if;
  return string_to_array(nullif(folded, ''), ' ');
end $$;

create function chancery_lexemes("text" text) returns tsvector language plpgsql immutable parallel safe as $$
begin
  return array_to_tsvector(public.chancery_words("text"));
end $$;

-- A folded word in Latin letters, roughly as it is spoken, so that spellings in several scripts can be held side by side.
create function chancery_latin(word text) returns text language plpgsql immutable parallel safe as $$
begin
  if octet_length(word) = length(word) then return word; end if;
  if word ~ '[жцчшщюя]' then
    word := replace(replace(replace(replace(replace(replace(replace(word, 'ж', 'zh'), 'ц', 'ts'), 'ч', 'ch'), 'ш', 'sh'), 'щ', 'sh'), 'ю', 'yu'), 'я', 'ya');
  elsif word ~ '[θχψ]' then
    word := replace(replace(replace(word, 'θ', 'th'), 'χ', 'ch'), 'ψ', 'ps');
  elsif word ~ '[شخغذثچژצץש]' then
    word := replace(replace(replace(replace(replace(word, 'ش', 'sh'), 'خ', 'kh'), 'غ', 'gh'), 'ذ', 'dh'), 'ث', 'th');
    word := replace(replace(word, 'چ', 'ch'), 'ژ', 'zh');
    word := replace(replace(replace(word, 'צ', 'ts'), 'ץ', 'ts'), 'ש', 'sh');
  end if;
  return translate(word,
    'абвгдезиклмнопрстуфхыэієґј' || 'αβγδεζηικλμνξοπρστυφω' || 'ابتجحدرزسصضطظعفقكلمنهويىةپگکی' || 'אבגדהוזחטיכךלמםנןסעפףקרת' || 'ъьء',
    'abvgdeziklmnoprstufhyeiegj' || 'avgdeziiklmnxoprstyfo' || 'abtjhdrzssdtzafqklmnhuiahpgki' || 'abgdhuzhtikklmmnnsappkrt');
end $$;

-- A word is looked up by its beginning, and by its letters three by three.
create index "word_beginning_idx" on "word" ("word" text_pattern_ops);
create index "word_spelling_idx" on "word" using gin (chancery_latin("word") gin_trgm_ops);

-- Adds the words of what has been entered. The arguments are whether they name something, and the columns that hold them.
create function chancery_word() returns trigger language plpgsql as $$
begin
  execute format('insert into "word" ("word", "named")
    select distinct w, %L::boolean from "entered" e, unnest(array[%s]) t("text"), unnest(chancery_words(t."text")) w
    where w !~ ''[0-9]'' on conflict do nothing',
    tg_argv[0], (select string_agg(format('e.%I', name), ', ') from unnest(tg_argv[1:]) name));
  return null;
end $$;

-- Every text by which the record is searched: its words are noted from now on, and of what stands already.
do $$
declare
  part record;
  name text;
begin
  for part in select * from (values
    ('name', true, array['text']),
    ('position', true, array['title']),
    ('place', true, array['name']),
    ('document', true, array['title']),
    ('crisis', true, array['title']),
    ('sanctions_programme', true, array['title']),
    ('event', true, array['title']),
    ('utterance', false, array['exact', 'paraphrase']),
    ('claim', false, array['proposition']),
    ('passage', false, array['exact'])
  ) listed ("table", "named", "columns") loop
    execute format('create trigger %I after insert on %I referencing new table as "entered" for each statement execute function chancery_word(%L, %s)',
      part."table" || '_words_enter', part."table", part."named", (select string_agg(quote_literal(c), ', ') from unnest(part."columns") c));
    execute format('create trigger %I after update on %I referencing new table as "entered" for each statement execute function chancery_word(%L, %s)',
      part."table" || '_words_amended', part."table", part."named", (select string_agg(quote_literal(c), ', ') from unnest(part."columns") c));
    execute format('alter table %I enable always trigger %I', part."table", part."table" || '_words_enter');
    execute format('alter table %I enable always trigger %I', part."table", part."table" || '_words_amended');
    foreach name in array part."columns" loop
      execute format('create index %I on %I using gin (chancery_lexemes(%I))', part."table" || '_' || name || '_words_idx', part."table", name);
      execute format('insert into "word" select distinct w, %L::boolean from %I, unnest(chancery_words(%I)) w where w !~ ''[0-9]'' on conflict do nothing',
        part."named", part."table", name);
    end loop;
  end loop;
end $$;

-- What things were called before they were amended; its words were noted when it was entered.
create index "former_thing_words_idx" on "former_thing" using gin (chancery_lexemes(coalesce("row" ->> 'title', "row" ->> 'name')));

-- A name is also looked up by its beginning.
create index "name_beginning_idx" on "name" (left(chancery_fold("text"), 200) text_pattern_ops);

-- What a view shows of assertions, by the clock it is read on: with neither argument, what is held now.
create function chancery_shown(a "assertion", known_at timestamptz, change_set int, valid_at int) returns boolean language sql stable parallel safe as $$
  select case
      when known_at is not null then a."recorded_to" is null and a."reported_from" <= known_at and coalesce(a."reported_to" > known_at, true)
      when change_set is not null then a."recorded_from" <= change_set and coalesce(a."recorded_to" > change_set, true) and a."reported_to" is null
      else a."recorded_to" is null and a."reported_to" is null end
    and (valid_at is null or coalesce(a."start_earliest" <= valid_at, true) and coalesce(a."end_latest" >= valid_at, true))
$$;

-- Whether a thing has to do with a crisis: some fact of the crisis concerns it.
create function chancery_concerns(thing uuid, crisis uuid) returns boolean language sql stable parallel safe as $$
  select crisis is null or exists (
    select 1 from "concern" c join "assertion" a on a."id" = c."version_id" where c."thing_id" = thing and a."crisis_id" = crisis)
$$;

-- Whether some fact of a crisis rests on a document.
create function chancery_rests_on(document uuid, crisis uuid) returns boolean language sql stable parallel safe as $$
  select crisis is null or exists (
    select 1 from "capture" c join "passage" p on p."capture_id" = c."id" join "evidence" e on e."passage_id" = p."id"
    join "assertion" a on a."id" = e."assertion_id" where c."document_id" = document and a."crisis_id" = crisis)
$$;

-- For each word that is looked for, at most eight that stand in the record and may be meant: itself, those that begin with
-- it, and, where it names nothing itself, those spelt like it; each with how near it is, from 0 to 1.
create function chancery_likely(tokens text[]) returns table ("token" int, "word" text, "nearness" real) language plpgsql stable parallel safe
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
            order by w."word" using ~<~ limit 100) b
          order by length(b."word"), b."word" limit 8)
        union all (
          select s."word", (0.95 * s."alike")::real
          from (select w."word", similarity(chancery_latin(w."word"), letters) "alike" from "word" w where spelt and chancery_latin(w."word") % letters) s
          order by s."alike" desc, s."word" limit 8)
      ) l group by l."word" order by 3 desc, 2 limit 8;
  end loop;
end $$;

-- What has every word that is looked for, in some spelling: of each sort of text at most 200 that a view shows, the first
-- entered first, each with its nearness in thousandths; of several texts of one thing the nearest. "broad" tells that
-- there were more. Which sorts are asked for is told by the names of their types.
create function chancery_search(query text, types text[], crisis uuid, known_at timestamptz, change_set int, valid_at int)
returns table ("type" text, "id" uuid, "version" uuid, "part" text, "matched" text, "score" int, "broad" boolean) language plpgsql stable parallel safe
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
declare
  most constant int := 200;
  sought text := chancery_fold(query);
  tokens text[] := (select array_agg(w order by n) from (select w, min(n) n from unnest(chancery_words(query)) with ordinality u(w, n) group by w) d);
  likely_token int[];
  likely_word text[];
  likely_nearness real[];
  wanted tsquery;
begin
  select array_agg(l."token"), array_agg(l."word"), array_agg(l."nearness") into likely_token, likely_word, likely_nearness from chancery_likely(tokens) l;
  select string_agg(any_of, ' & ')::tsquery into wanted
  from (select '(' || string_agg(quote_literal(l.word), ' | ') || ')' any_of from unnest(likely_token, likely_word) l(token, word) group by l.token) every_token;
  return query
    with found ("branch", "type", "id", "version", "part", "matched") as materialized (
      (select 1, upper(a."kind"::text), a."id", null::uuid, 'NAME', n."text" from "name" n join "actor" a on a."id" = n."actor_id"
        where chancery_lexemes(n."text") @@ wanted and upper(a."kind"::text) = any (types) and coalesce(n."created_in" <= change_set, true)
          and chancery_concerns(a."id", crisis) limit most)
      union all
      (select 2, upper(a."kind"::text), a."id", null, 'NAME', n."text" from "name" n join "actor" a on a."id" = n."actor_id"
        where left(chancery_fold(n."text"), 200) ~>=~ left(sought, 200) and left(chancery_fold(n."text"), 200) ~<~ (left(sought, 200) || chr(1114111))
          and length(sought) >= 2 and upper(a."kind"::text) = any (types) and coalesce(n."created_in" <= change_set, true) and chancery_concerns(a."id", crisis)
        order by left(chancery_fold(n."text"), 200) using ~<~ limit most)
      union all
      (select 3, 'POSITION', o."id", null, 'TITLE', o."title" from "position" o
        where 'POSITION' = any (types) and chancery_lexemes(o."title") @@ wanted and coalesce(coalesce(o."amended_in", o."created_in") <= change_set, true) and chancery_concerns(o."id", crisis) limit most)
      union all
      (select 4, 'PLACE', l."id", null, 'NAME', l."name" from "place" l
        where 'PLACE' = any (types) and chancery_lexemes(l."name") @@ wanted and coalesce(coalesce(l."amended_in", l."created_in") <= change_set, true) and chancery_concerns(l."id", crisis) limit most)
      union all
      (select 5, 'SANCTIONS_PROGRAMME', s."id", null, 'TITLE', s."title" from "sanctions_programme" s
        where 'SANCTIONS_PROGRAMME' = any (types) and chancery_lexemes(s."title") @@ wanted and coalesce(coalesce(s."amended_in", s."created_in") <= change_set, true) and chancery_concerns(s."id", crisis) limit most)
      union all
      (select 6, 'CRISIS', c."id", null, 'TITLE', c."title" from "crisis" c
        where 'CRISIS' = any (types) and chancery_lexemes(c."title") @@ wanted and coalesce(coalesce(c."amended_in", c."created_in") <= change_set, true) and coalesce(c."id" = crisis, true) limit most)
      union all
      (select 7, 'DOCUMENT', d."id", null, 'TITLE', d."title" from "document" d
        where 'DOCUMENT' = any (types) and chancery_lexemes(d."title") @@ wanted and coalesce(coalesce(d."amended_in", d."created_in") <= change_set, true) and coalesce(d."reported_from" <= known_at, true)
          and chancery_rests_on(d."id", crisis) limit most)
      union all
      (select 8, 'PASSAGE', p."id", null, 'EXACT', p."exact" from "passage" p join "capture" c on c."id" = p."capture_id" join "document" d on d."id" = c."document_id"
        where 'PASSAGE' = any (types) and chancery_lexemes(p."exact") @@ wanted and coalesce(p."created_in" <= change_set, true) and coalesce(d."reported_from" <= known_at, true)
          and (crisis is null or exists (select 1 from "evidence" e join "assertion" a on a."id" = e."assertion_id" where e."passage_id" = p."id" and a."crisis_id" = crisis)) limit most)
      union all
      (select 9, 'EVENT', a."record_id", a."id", 'TITLE', e."title" from "event" e join "assertion" a on a."id" = e."assertion_id"
        where 'EVENT' = any (types) and chancery_lexemes(e."title") @@ wanted and chancery_shown(a, known_at, change_set, valid_at) and coalesce(a."crisis_id" = crisis, true) limit most)
      union all
      (select 10, 'UTTERANCE', a."record_id", a."id", 'EXACT', u."exact" from "utterance" u join "assertion" a on a."id" = u."assertion_id"
        where 'UTTERANCE' = any (types) and chancery_lexemes(u."exact") @@ wanted and chancery_shown(a, known_at, change_set, valid_at) and coalesce(a."crisis_id" = crisis, true) limit most)
      union all
      (select 11, 'UTTERANCE', a."record_id", a."id", 'PARAPHRASE', u."paraphrase" from "utterance" u join "assertion" a on a."id" = u."assertion_id"
        where 'UTTERANCE' = any (types) and chancery_lexemes(u."paraphrase") @@ wanted and chancery_shown(a, known_at, change_set, valid_at) and coalesce(a."crisis_id" = crisis, true) limit most)
      union all
      (select 12, 'CLAIM', a."record_id", a."id", 'PROPOSITION', c."proposition" from "claim" c join "assertion" a on a."id" = c."assertion_id"
        where 'CLAIM' = any (types) and chancery_lexemes(c."proposition") @@ wanted and chancery_shown(a, known_at, change_set, valid_at) and coalesce(a."crisis_id" = crisis, true) limit most)
      union all
      -- What a thing was called before it was amended, where that is the moment looked at.
      (select 13, upper(t."relation"), t."id", null, case t."relation" when 'place' then 'NAME' else 'TITLE' end, coalesce(t."row" ->> 'title', t."row" ->> 'name')
        from "former_thing" t
        where change_set >= t."stood_from" and change_set < t."stood_to" and upper(t."relation") = any (types)
          and chancery_lexemes(coalesce(t."row" ->> 'title', t."row" ->> 'name')) @@ wanted
          and case t."relation" when 'crisis' then coalesce(t."id" = crisis, true) when 'document' then chancery_rests_on(t."id", crisis) else chancery_concerns(t."id", crisis) end limit most)
    ),
    -- What is worked out once a row is materialized, lest it be worked out at each use.
    worded as materialized (select f.*, chancery_words(f."matched") "words" from found f),
    scored as materialized (
      select f."type", f."id", f."version", f."part", f."matched", round(1000 * greatest(
        -- How near its words are to those looked for; a text that says nothing else is nearer than one that does.
        (select sum(t."nearness") / cardinality(tokens) from (select max(l."nearness") "nearness" from unnest(likely_token, likely_word, likely_nearness) l("token", "word", "nearness")
          where l."word" = any (f."words") group by l."token") t) * (0.6 + 0.4 * least(1, cardinality(tokens)::real / cardinality(f."words"))),
        case when f."branch" = 2 then 0.6 + 0.4 * length(sought)::real / greatest(length(sought), length(f."matched")) end))::int "score"
      from worded f
    )
    select distinct on (s."type", s."id") s."type", s."id", s."version", s."part", s."matched", s."score",
      exists (select 1 from found f group by f."branch" having count(*) >= most)
    from scored s order by s."type", s."id", s."score" desc, s."part", s."matched";
end $$;

-- Actors that a name, or a name in somebody's register, may mean, at most 200, with their nearness in thousandths and what
-- speaks for and against each. A name counts that has a word of it, or two where it has several.
create function chancery_match("name" text, wanted_kind "actor_kind", schemes text[], "values" text[], change_set int)
returns table ("type" text, "id" uuid, "matched" text, "score" int, "reasons" text[]) language plpgsql stable parallel safe
set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off as $$
#variable_conflict use_column
declare
  most constant int := 200;
  sought text := chancery_fold("name");
  tokens text[] := (select array_agg(w order by n) from (select w, min(n) n from unnest(chancery_words("name")) with ordinality u(w, n) group by w) d);
  likely_token int[];
  likely_word text[];
  likely_nearness real[];
  wanted tsquery;
begin
  select array_agg(l."token"), array_agg(l."word"), array_agg(l."nearness") into likely_token, likely_word, likely_nearness from chancery_likely(tokens) l;
  with each (token, any_of) as (
    select l.token, '(' || string_agg(quote_literal(l.word), ' | ') || ')' from unnest(likely_token, likely_word) l(token, word) group by l.token)
  select coalesce(
    (select string_agg('(' || one.any_of || ' & ' || other.any_of || ')', ' | ') from each one join each other on one.token < other.token where other.token <= 6),
    (select any_of from each))::tsquery into wanted;
  return query
    with named as materialized (
      select n."actor_id", n."text" from (
        (select n."actor_id", n."text", n."created_in" from "name" n join "actor" a on a."id" = n."actor_id"
          where chancery_lexemes(n."text") @@ wanted and coalesce(a."kind" = wanted_kind, true) and coalesce(n."created_in" <= change_set, true) limit most)
        union
        (select n."actor_id", n."text", n."created_in" from unnest(tokens || sought) whole(text) join "name" n on left(chancery_fold(n."text"), 200) = left(whole.text, 200) join "actor" a on a."id" = n."actor_id"
          where coalesce(a."kind" = wanted_kind, true) and coalesce(n."created_in" <= change_set, true) limit most)
      ) n
    ),
    -- What is worked out once a row is materialized, lest it be worked out at each use.
    worded as materialized (select n.*, chancery_fold(n."text") = sought "same", array(select distinct unnest(chancery_words(n."text"))) "words" from named n),
    shared as materialized (
      select n.*, t.* from worded n, lateral (
        select count(*)::int "shared", coalesce(sum(m."nearness"), 0) "sum", count(*) filter (where m."nearness" = 1)::int "exact"
        from (select max(l."nearness") "nearness" from unnest(likely_token, likely_word, likely_nearness) l("token", "word", "nearness")
          where l."word" = any (n."words") group by l."token") m) t
    ),
    weighed as materialized (
      select n.*, 2 * n."sum" / (cardinality(tokens) + cardinality(n."words")) "dice", n."sum" / least(cardinality(tokens), cardinality(n."words")) "part" from shared n
    ),
    nearest as materialized (
      select distinct on (s."actor_id") s.*,
        case when s."same" then 1 when least(cardinality(tokens), cardinality(s."words")) >= 2 then least(0.99, (s."dice" + s."part") / 2) else least(0.99, s."dice") end "nearness"
      from weighed s order by s."actor_id", s."same" desc, s."dice" + s."part" desc, s."text"
    ),
    registered as materialized (
      select i."actor_id", bool_or(i."value" = g."value") "same" from unnest(schemes, "values") g("scheme", "value")
      join "identifier" i on i."scheme" = g."scheme" and (i."value" = g."value" or i."actor_id" in (select n."actor_id" from nearest n))
      join "actor" a on a."id" = i."actor_id"
      where coalesce(i."created_in" <= change_set, true) and coalesce(a."kind" = wanted_kind, true) group by i."actor_id"
    )
    select upper(a."kind"::text), a."id", n."text",
      round(1000 * case when r."same" then 1 when r."same" is false then n."nearness" / 2 else n."nearness" end)::int,
      array_remove(array[
        case when r."same" then 'SAME_IDENTIFIER' when r."same" is false then 'OTHER_IDENTIFIER' end,
        case when n."same" then 'SAME_NAME'
          when n."exact" = cardinality(tokens) and n."exact" = cardinality(n."words") then 'SAME_WORDS'
          when n."shared" = least(cardinality(tokens), cardinality(n."words")) then 'PART_OF_NAME'
          when n."shared" > 0 then 'SHARED_WORDS' end,
        case when not n."same" and n."exact" < n."shared" then 'SIMILAR_SPELLING' end], null)
    from (select "actor_id" from nearest union select "actor_id" from registered where "same") e
    join "actor" a on a."id" = e."actor_id"
    left join nearest n on n."actor_id" = a."id"
    left join registered r on r."actor_id" = a."id"
    where coalesce(a."created_in" <= change_set, true);
end $$;
