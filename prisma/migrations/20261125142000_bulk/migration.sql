-- CreateTable
CREATE TABLE "bulk_import" (
    "sha256" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "change_set_number" INTEGER NOT NULL,

    CONSTRAINT "bulk_import_pkey" PRIMARY KEY ("sha256","lines")
);

-- What follows is written by hand.

alter table "bulk_import" add constraint "bulk_import_hash_is_sha256" check ("sha256" ~ '^[0-9a-f]{64}$'),
  add constraint "bulk_import_has_lines" check ("lines" >= 1);

-- bulk_import grows and is never rewritten, and is a part of the record.
create trigger "bulk_import_append_only" before update or delete on "bulk_import" for each row execute function chancery_append_only();
alter table "bulk_import" enable always trigger "bulk_import_append_only";
create trigger "bulk_import_not_emptied" before truncate on "bulk_import" for each statement execute function chancery_append_only();
alter table "bulk_import" enable always trigger "bulk_import_not_emptied";
select chancery_seal_table('bulk_import');
