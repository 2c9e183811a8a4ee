-- One change set of the benchmark's record: :count records, numbered from :first. Whole numbers stand for the words with
-- a colon. The same numbers make the same rows, whatever the machine.
--
-- Of ten records six are events with three who take part, three are recognitions and one is an utterance; two in a
-- thousand are occupancies instead, both of one office. One document in fifty records, one passage a record, a second one for every third. One event in ten is updated by the next change set.

select set_config('chancery.change_set', ':set', true);

insert into "crisis" ("id", "key", "title", "summary", "created_in")
select bench_id('crisis', i), 'crisis-' || i, 'Crisis ' || i, 'A made-up crisis.', :set
from generate_series(0, 9) i where :set = 1;

-- States first: two hundred of them, who recognise; then people, whom many bear the same words of a name.
insert into "actor" ("id", "kind", "key", "name", "created_in")
select bench_id('actor', i), 'STATE', 'state-' || i, bench_name(i), :set from generate_series(0, 199) i where :set = 1;
insert into "actor" ("id", "kind", "key", "name", "state_id", "created_in")
select bench_id('actor', i), 'PERSON', 'person-' || i, bench_name(i), bench_id('actor', i % 200), :set
from generate_series(200 + :first / 4, 199 + (:first + :count) / 4) i;
insert into "name" ("id", "actor_id", "text", "folded", "language", "kind", "ordinal", "created_in")
select bench_id('name', i * 4 + n), bench_id('actor', i), case n when 3 then translate(words, 'aeou', 'áéøü') else words end, words, 'en',
  (array['COMMON', 'LEGAL', 'ALIAS', 'TRANSLITERATION'])[n + 1]::"name_kind", n, :set
from generate_series(case when :set = 1 then 0 else 200 + :first / 4 end, 199 + (:first + :count) / 4) i, generate_series(0, 3) n,
  lateral (select bench_name(i * 7 * (n + 1) % 1000003 + i * n) as words) named;

insert into "position" ("id", "key", "title", "state_id", "seats", "created_in")
select bench_id('position', i), 'office-' || i, 'Office ' || i, bench_id('actor', i % 200), 1, :set
from generate_series(:first / 1000, (:first + :count) / 1000 - 1) i;

insert into "document" ("id", "key", "title", "publisher", "authors", "url", "kind", "language", "published_at", "reported_from", "licence", "created_in")
select bench_id('document', i), 'document-' || i, 'Report ' || i || ' on “what was said”', 'Gazette ' || i % 40, array['A. Writer ' || i % 300], 'https://gazette.example/' || i,
  (array['ARTICLE', 'POST', 'COMMUNIQUE'])[i % 3 + 1]::"document_kind", 'en', bench_day(i * 50), bench_day(i * 50), 'unknown', :set
from generate_series(:first / 50, (:first + :count) / 50 - 1) i;
insert into "capture" ("id", "document_id", "sha256", "text", "text_public", "length", "media_type", "captured_at", "normalisation", "created_in")
select bench_id('capture', i), bench_id('document', i), encode(sha256(convert_to(words, 'UTF8')), 'hex'), words, false, char_length(words), 'text/plain', bench_day(i * 50), 'none', :set
from generate_series(:first / 50, (:first + :count) / 50 - 1) i,
  lateral (select string_agg(bench_sentence(i * 50 + s), '' order by s) as words from generate_series(0, 49) s) text;
insert into "passage" ("id", "capture_id", "exact", "prefix", "suffix", "start", "end", "verified_at", "created_in")
select bench_id('passage', i), bench_id('capture', i / 50), bench_sentence(i), '', '', i % 50 * 100, i % 50 * 100 + 100, bench_day(i), :set
from generate_series(:first, :first + :count - 1) i;

create temporary table made on commit drop as
select i, case when i % 500 = 9 then 'OCCUPANCY' when i % 10 < 6 then 'EVENT' when i % 10 < 9 then 'RECOGNITION' else 'UTTERANCE' end::"assertion_kind" as kind,
  17000 + (i::bigint * 7919 % 2000)::int as day, i % 5 = 0 as vague
from generate_series(:first, :first + :count - 1) i;

insert into "record" ("id", "kind", "crisis_id", "key", "created_in")
select bench_id('record', i), kind, bench_id('crisis', i % 10), 'record-' || i, :set from made;

-- What each version is called by: the record's first, and for those updated the one carried on and the newer one.
create temporary table version on commit drop as
select i, kind, day, vague, bench_id('assertion', i) as id, 'ASSERTED'::"version_change" as change, bench_day(i) as "from", null::timestamptz as "to" from made
union all
select i, kind, day, vague, bench_id('carried', i), 'CARRIED', bench_day(i), bench_day(i) + interval '1 day' from bench_updated(:first - :count, :count)
union all
select i, kind, day + 1, vague, bench_id('updated', i), 'UPDATED', bench_day(i) + interval '1 day', null from bench_updated(:first - :count, :count);

update "assertion" set "recorded_to" = :set where "id" in (select bench_id('assertion', i) from version where change = 'CARRIED');
insert into "assertion" ("id", "record_id", "kind", "crisis_id", "status", "confidence", "start_edtf", "start_earliest", "start_latest", "start_basis", "start_precision",
  "sort_day", "reported_from", "reported_to", "recorded_from", "change", "extractor_kind", "extractor_name")
select id, bench_id('record', i), kind, bench_id('crisis', i % 10), 'ACCEPTED', 'HIGH',
  case when vague then to_char(date '1970-01-01' + day, 'YYYY-MM') else to_char(date '1970-01-01' + day, 'YYYY-MM-DD') end,
  case when vague then date_trunc('month', date '1970-01-01' + day)::date - date '1970-01-01' else day end,
  case when vague then (date_trunc('month', date '1970-01-01' + day) + interval '1 month')::date - date '1970-01-01' - 1 else day end,
  'STATED', case when vague then 'MONTH' else 'DAY' end::"date_precision",
  case when vague then date_trunc('month', date '1970-01-01' + day)::date - date '1970-01-01' else day end,
  "from", "to", :set, change, 'HUMAN', 'bench'
from version;

insert into "event" ("assertion_id", "title", "event_kind", "event_status")
select id, 'Event ' || i || ' — “in the words of the gazette”', (array['MEETING', 'PROTEST', 'SPEECH', 'AID', 'DEMAND', 'OTHER'])[i % 6 + 1]::"event_kind",
  (array['OCCURRED', 'ALLEGED', 'PLANNED'])[i % 3 + 1]::"event_status"
from version where kind = 'EVENT';
insert into "participation" ("id", "assertion_id", "actor_id", "role", "ordinal")
select bench_part(id, n), id, bench_id('actor', bench_actor(i, n, :first + :count)), (array['ACTOR', 'TARGET', 'AFFECTED'])[n + 1]::"participation_role", n
from version, generate_series(0, 2) n where kind = 'EVENT';
-- Offices differ as they do in life: at a million, one of more than twenty thousand recognitions, a thousand of three hundred, ten of three.
insert into "recognition" ("assertion_id", "recogniser_id", "claimant_id", "position_id", "stance", "form")
select id, bench_id('actor', i * 31 % 200), bench_id('actor', bench_actor(i, 1, :first + :count)),
  bench_id('position', case when i % 50 = 6 or i / 1000 % 100 = 5 and i % 1000 not in (7, 8, 17) then 0 else i / 1000 end),
  (array['RECOGNISES', 'REJECTS', 'NEUTRAL'])[i % 3 + 1]::"recognition_stance", 'UNILATERAL'
from version where kind = 'RECOGNITION';
insert into "utterance" ("assertion_id", "speaker_id", "exact", "language", "channel", "acts", "verbatim")
select id, bench_id('actor', bench_actor(i, 0, :first + :count)), bench_sentence(i), 'en', (array['X_TWITTER', 'SPEECH', 'INTERVIEW'])[i % 3 + 1]::"channel", array['DEMAND']::"speech_act"[], true
from version where kind = 'UTTERANCE';
insert into "occupancy" ("assertion_id", "holder_id", "position_id", "capacity", "claim_type", "basis")
select id, bench_id('actor', bench_actor(i, 1, :first + :count)), bench_id('position', i / 1000), 'CLAIMED', 'ASSERTED', 'By “custom”'
from version where kind = 'OCCUPANCY';
insert into "evidence" ("id", "assertion_id", "passage_id", "role", "proves", "ordinal")
select bench_part(id, 10 + n), id, bench_id('passage', greatest(0, i - n * 7)), 'SUPPORTS', array['title'], n
from version, generate_series(0, 1) n where n = 0 or i % 3 = 0;

insert into "change_set" ("number", "at", "author", "reason", "items")
select :set, timestamptz '2020-01-01' + :set * interval '1 minute', 'bench', 'Made-up records', :count;
