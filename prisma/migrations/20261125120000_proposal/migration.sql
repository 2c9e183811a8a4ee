-- CreateEnum
CREATE TYPE "proposal_state" AS ENUM ('PROPOSED', 'ACCEPTED', 'REJECTED', 'WITHDRAWN');

-- CreateTable
CREATE TABLE "idempotency" (
    "key_id" UUID NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_pkey" PRIMARY KEY ("key_id","idempotency_key","field")
);

-- CreateTable
CREATE TABLE "proposal" (
    "id" UUID NOT NULL,
    "state" "proposal_state" NOT NULL,
    "key_id" UUID NOT NULL,
    "author" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "operations" JSONB NOT NULL,
    "allotted" JSONB NOT NULL,
    "outcomes" JSONB NOT NULL,
    "difference" JSONB NOT NULL,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "reviewer_key_id" UUID,
    "reviewer" TEXT,
    "review_reason" TEXT,
    "change_set_number" INTEGER,

    CONSTRAINT "proposal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "idempotency_at_idx" ON "idempotency"("at");

-- CreateIndex
CREATE UNIQUE INDEX "proposal_change_set_number_key" ON "proposal"("change_set_number");

-- CreateIndex
CREATE INDEX "proposal_state_submitted_at_id_idx" ON "proposal"("state", "submitted_at", "id");

-- CreateIndex
CREATE INDEX "proposal_key_id_submitted_at_id_idx" ON "proposal"("key_id", "submitted_at", "id");

-- AddForeignKey
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_change_set_number_fkey" FOREIGN KEY ("change_set_number") REFERENCES "change_set"("number") ON DELETE SET NULL ON UPDATE CASCADE;

-- What follows is written by hand.

alter table "proposal" add constraint "proposal_reason_is_given" check (length("reason") > 0 and ("review_reason" is null or length("review_reason") > 0));
alter table "proposal" add constraint "proposal_has_operations" check (jsonb_typeof("operations") = 'array' and jsonb_array_length("operations") between 1 and 500);
alter table "proposal" add constraint "proposal_is_decided_once" check (
  case "state"
    when 'PROPOSED' then num_nonnulls("decided_at", "reviewer_key_id", "reviewer", "review_reason", "change_set_number") = 0
    when 'WITHDRAWN' then "decided_at" is not null and num_nonnulls("reviewer_key_id", "reviewer", "review_reason", "change_set_number") = 0
    else num_nonnulls("decided_at", "reviewer_key_id", "reviewer", "review_reason") = 4 and ("state" = 'ACCEPTED' or "change_set_number" is null)
  end);
-- Nobody reviews their own.
alter table "proposal" add constraint "proposal_is_reviewed_by_another" check ("reviewer_key_id" <> "key_id");

-- What was proposed is never edited, and a decision stands.
create function chancery_proposal_only_decided() returns trigger language plpgsql as $$
begin
  if old."state" <> 'PROPOSED' or new."state" = 'PROPOSED'
    or row(new."id", new."key_id", new."author", new."reason", new."request_id", new."operations", new."allotted", new."outcomes", new."difference", new."submitted_at")
      is distinct from row(old."id", old."key_id", old."author", old."reason", old."request_id", old."operations", old."allotted", old."outcomes", old."difference", old."submitted_at") then
    raise exception 'update of proposal % is refused: a proposal is decided once, and never edited', old."id" using errcode = '23001';
  end if;
  return new;
end $$;

create trigger "proposal_only_decided" before update on "proposal" for each row execute function chancery_proposal_only_decided();
alter table "proposal" enable always trigger "proposal_only_decided";
create trigger "proposal_not_removed" before delete on "proposal" for each row execute function chancery_append_only();
alter table "proposal" enable always trigger "proposal_not_removed";
create trigger "proposal_not_emptied" before truncate on "proposal" for each statement execute function chancery_append_only();
alter table "proposal" enable always trigger "proposal_not_emptied";

alter table "idempotency" add constraint "idempotency_key_is_short" check (length("idempotency_key") between 1 and 255);
