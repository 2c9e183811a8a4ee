-- An item of Wikidata may move from one actor to another in a change set, whichever row is written first.
drop index "actor_wikidata_id_key";
alter table "actor" add constraint "actor_wikidata_id_key" unique ("wikidata_id") deferrable initially deferred;
