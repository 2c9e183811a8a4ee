-- An index is built, rebuilt and analysed under a search path that holds nothing of ours.
alter function chancery_lexemes(text) set search_path = public, pg_temp;
