-- Pages of one kind, of all crises or of one, are read in their order whatever the moment that is looked at: what the record
-- did not hold yet by then, or what was not reported yet, is passed over in the index.
create index "assertion_by_day" on "assertion" ("kind", "sort_day", "id", "recorded_from", "reported_from");
create index "assertion_of_crisis_by_day" on "assertion" ("crisis_id", "kind", "sort_day", "id", "recorded_from", "reported_from");
create index "assertion_current_of_crisis_by_day" on "assertion" ("crisis_id", "kind", "sort_day", "id") where "recorded_to" is null and "reported_to" is null;

-- Nothing asks by it alone any more: whoever asks by reports asks for what the record holds.
drop index "assertion_reported_idx";
