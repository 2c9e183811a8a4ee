-- Few facts are disputed or only proposed: they are found among the many that are accepted.
create index "assertion_current_by_status" on "assertion" ("status", "kind", "sort_day", "id") where "recorded_to" is null and "reported_to" is null;
create index "event_event_status_idx" on "event" ("event_status");
create index "recognition_form_idx" on "recognition" ("form");
