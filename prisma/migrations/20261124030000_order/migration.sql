-- Indexes by code point, for the orders and filters that lists of things offer.
create index "actor_by_name" on "actor" ("name" collate "C", "id");
create index "actor_by_kind_and_name" on "actor" ("kind", "name" collate "C", "id");
create index "place_by_name" on "place" ("name" collate "C", "id");
create index "position_by_title" on "position" ("title" collate "C", "id");
create index "document_by_report" on "document" ("reported_from", "id");
create index "document_by_url" on "document" ("url");
create index "document_by_language" on "document" ("language");
create index "assertion_by_report" on "assertion" ("crisis_id", "reported_from", "id");
create index "utterance_exact_trgm" on "utterance" using gin ("exact" gin_trgm_ops);
create index "utterance_paraphrase_trgm" on "utterance" using gin ("paraphrase" gin_trgm_ops);

-- What lists are ordered by has a length that a cursor can carry.
alter table "actor" add constraint "actor_name_is_short" check (char_length("name") <= 300);
alter table "place" add constraint "place_name_is_short" check (char_length("name") <= 300);
alter table "position" add constraint "position_title_is_short" check (char_length("title") <= 300);
