-- What a delta on the clock of reporting looks for: the versions that came to count, or ceased to, between two moments.
create index "assertion_by_reported_from" on "assertion" ("reported_from") where "recorded_to" is null;
create index "assertion_by_reported_to" on "assertion" ("reported_to") where "recorded_to" is null and "reported_to" is not null;
