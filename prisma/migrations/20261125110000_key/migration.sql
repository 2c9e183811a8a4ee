-- CreateEnum
CREATE TYPE "scope" AS ENUM ('READ', 'CONTRIBUTE', 'REVIEW', 'ADMIN');

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "scopes" "scope"[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_key_digest_key" ON "api_key"("digest");

-- A name is free again once its key is revoked.
create unique index "api_key_name_in_use" on "api_key" ("name") where "revoked_at" is null;

alter table "api_key" add constraint "api_key_name_length" check (length("name") between 1 and 100);
alter table "api_key" add constraint "api_key_digest_is_sha256" check ("digest" ~ '^[0-9a-f]{64}$');
alter table "api_key" add constraint "api_key_has_scopes" check ("scopes" is not null and cardinality("scopes") between 1 and 4 and array_position("scopes", null) is null);
alter table "api_key" add constraint "api_key_expires_after_it_was_made" check ("expires_at" > "created_at");

-- A key is never edited: it is revoked, once, and its use is noted. A wider key is another key.
create function chancery_key_only_ends() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - 'revoked_at' - 'last_used_at') <> (to_jsonb(old) - 'revoked_at' - 'last_used_at')
    or (old."revoked_at" is not null and new."revoked_at" is distinct from old."revoked_at")
    or (old."last_used_at" is not null and (new."last_used_at" >= old."last_used_at") is not true) then
    raise exception 'update of key % is refused: a key is revoked once, and never edited', old."id" using errcode = '23001';
  end if;
  return new;
end $$;

-- Every server that knows the key hears that it is revoked.
create function chancery_key_revoked() returns trigger language plpgsql as $$
begin
  perform pg_notify('api_key', new."id"::text);
  return null;
end $$;

create trigger "api_key_only_ends" before update on "api_key" for each row execute function chancery_key_only_ends();
alter table "api_key" enable always trigger "api_key_only_ends";
create trigger "api_key_revoked" after update on "api_key" for each row
  when (new."revoked_at" is distinct from old."revoked_at") execute function chancery_key_revoked();
alter table "api_key" enable always trigger "api_key_revoked";
create trigger "api_key_not_removed" before delete on "api_key" for each row execute function chancery_append_only();
alter table "api_key" enable always trigger "api_key_not_removed";
create trigger "api_key_not_emptied" before truncate on "api_key" for each statement execute function chancery_append_only();
alter table "api_key" enable always trigger "api_key_not_emptied";
