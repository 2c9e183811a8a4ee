-- What the benchmark's rows are made of. Everything follows from numbers, so that two runs make the same record.

create function bench_id(what text, n int) returns uuid language sql immutable parallel safe as $$
  select (lpad(to_hex(n), 12, '0') || '7' || substr(md5(what), 1, 3) || '8' || substr(md5(what || n), 1, 15))::uuid
$$;
create function bench_part(of uuid, n int) returns uuid language sql immutable parallel safe as $$
  select (substr(replace(of::text, '-', ''), 1, 12) || '7' || lpad(to_hex(n), 3, '0') || '8' || substr(md5(of::text || n), 1, 15))::uuid
$$;

create function bench_syllable(n bigint) returns text language sql immutable parallel safe as $$
  select (array['ba','ce','di','fo','gu','la','me','ni','po','ru','sa','te','vi','zo','ka','le'])[1 + n % 16]
$$;
create function bench_word(n bigint) returns text language sql immutable parallel safe as $$
  select bench_syllable(n) || bench_syllable(n >> 4) || bench_syllable(n >> 8)
$$;
-- A name of three words: a common given name, a rarer family name, and one that few share.
create function bench_name(n int) returns text language sql immutable parallel safe as $$
  select bench_word(n % 97) || ' ' || bench_word(n::bigint * 7 % 3989) || ' ' || bench_word(n::bigint * 48271 % 99991) || bench_syllable(n)
$$;

-- A hundred code points, with signs that JSON has to escape and some beyond ASCII.
create function bench_sentence(n int) returns text language sql immutable parallel safe as $$
  select rpad('Sentence ' || n || ' of the gazette says “' || bench_name(n) || '” and "more" — naïvely\n ', 99, '.') || ' '
$$;
create function bench_day(n int) returns timestamptz language sql immutable parallel safe as $$
  select timestamptz '2017-01-01 00:00:00+00' + (n % 1000000) * interval '1 minute'
$$;
-- Few are in much, many in little.
create function bench_actor(i int, n int, size int) returns int language sql immutable parallel safe as $$
  select case when (i + n) % 3 = 0 then (i * 7 + n) % 200 else 200 + ((i::bigint * 13 + n * 1009) % greatest(1, size / 4))::int end
$$;
create function bench_updated(first int, count int) returns table (i int, kind "assertion_kind", day int, vague boolean) language sql stable as $$
  select i, 'EVENT'::"assertion_kind", 17000 + (i::bigint * 7919 % 2000)::int, i % 5 = 0
  from generate_series(first, first + count - 1) i where first >= 0 and i % 10 = 3
$$;
