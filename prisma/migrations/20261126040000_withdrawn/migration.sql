-- What was withdrawn stays so: a check that comes to null holds, and so it has to say of nulls what is meant.
alter table "name" drop constraint "name_withdrawn", add constraint "name_withdrawn" check (("withdrawn" is true) = ("amended_in" is not null) and "withdrawn" is distinct from false);
alter table "identifier" drop constraint "identifier_withdrawn", add constraint "identifier_withdrawn" check (("withdrawn" is true) = ("amended_in" is not null) and "withdrawn" is distinct from false);
