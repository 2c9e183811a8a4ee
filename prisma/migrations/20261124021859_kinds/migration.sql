-- CreateEnum
CREATE TYPE "version_change" AS ENUM ('ASSERTED', 'UPDATED', 'CORRECTED', 'CARRIED');

-- CreateEnum
CREATE TYPE "claim_polarity" AS ENUM ('AFFIRMS', 'DENIES');

-- CreateEnum
CREATE TYPE "commitment_kind" AS ENUM ('PROMISE', 'OFFER', 'THREAT', 'DEMAND', 'ULTIMATUM', 'WARNING');

-- CreateEnum
CREATE TYPE "commitment_status" AS ENUM ('OPEN', 'MET', 'IGNORED', 'REFUSED', 'LAPSED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "identity_verdict" AS ENUM ('SAME', 'DIFFERENT', 'UNSURE');

-- CreateEnum
CREATE TYPE "comparator" AS ENUM ('EXACTLY', 'ABOUT', 'UP_TO', 'AT_LEAST', 'MORE_THAN', 'FEWER_THAN');

-- CreateEnum
CREATE TYPE "stance_kind" AS ENUM ('BACKS', 'ALLIED_WITH', 'OPPOSES', 'LOYAL_TO');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "assertion_kind" ADD VALUE 'DESIGNATION' AFTER 'EVENT';
ALTER TYPE "assertion_kind" ADD VALUE 'COMMITMENT' AFTER 'DESIGNATION';
ALTER TYPE "assertion_kind" ADD VALUE 'CLAIM' AFTER 'COMMITMENT';
ALTER TYPE "assertion_kind" ADD VALUE 'QUANTITY_CLAIM' AFTER 'CLAIM';
ALTER TYPE "assertion_kind" ADD VALUE 'ACCOUNT' AFTER 'QUANTITY_CLAIM';
ALTER TYPE "assertion_kind" ADD VALUE 'STANCE' AFTER 'ACCOUNT';
ALTER TYPE "assertion_kind" ADD VALUE 'RECOGNITION_TALLY' AFTER 'STANCE';
ALTER TYPE "assertion_kind" ADD VALUE 'BLOC_MEMBERSHIP' AFTER 'RECOGNITION_TALLY';
ALTER TYPE "assertion_kind" ADD VALUE 'EVENT_CODING' AFTER 'BLOC_MEMBERSHIP';
ALTER TYPE "assertion_kind" ADD VALUE 'ASSESSMENT' AFTER 'EVENT_CODING';
ALTER TYPE "assertion_kind" ADD VALUE 'MENTION' AFTER 'ASSESSMENT';
ALTER TYPE "assertion_kind" ADD VALUE 'IDENTITY_JUDGEMENT' AFTER 'MENTION';

-- AlterTable
ALTER TABLE "assertion" ADD COLUMN     "change" "version_change" NOT NULL DEFAULT 'ASSERTED';

-- CreateTable
CREATE TABLE "account" (
    "assertion_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "teller_id" UUID NOT NULL,
    "frame" TEXT NOT NULL,
    "status_asserted" "event_status" NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "retraction" (
    "record_id" UUID NOT NULL,
    "change_set_number" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "retraction_pkey" PRIMARY KEY ("record_id")
);

-- CreateTable
CREATE TABLE "assessment" (
    "assertion_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "assessor_id" UUID NOT NULL,
    "verdict" TEXT NOT NULL,
    "url" TEXT,

    CONSTRAINT "assessment_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "bloc_membership" (
    "assertion_id" UUID NOT NULL,
    "bloc_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,

    CONSTRAINT "bloc_membership_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "claim" (
    "assertion_id" UUID NOT NULL,
    "proposition" TEXT NOT NULL,
    "claimant_id" UUID NOT NULL,
    "polarity" "claim_polarity" NOT NULL,
    "about_id" UUID,
    "subject_id" UUID,
    "contradicts_id" UUID,
    "supports_id" UUID,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "commitment" (
    "assertion_id" UUID NOT NULL,
    "commitment_kind" "commitment_kind" NOT NULL,
    "by_id" UUID NOT NULL,
    "to_id" UUID,
    "action" TEXT NOT NULL,
    "conditions" TEXT,
    "otherwise_id" UUID,
    "programme_id" UUID,
    "designation_id" UUID,
    "deadline_edtf" TEXT,
    "deadline_earliest" INTEGER,
    "deadline_latest" INTEGER,
    "deadline_text" TEXT,
    "deadline_basis" "date_basis",
    "deadline_precision" "date_precision",
    "commitment_status" "commitment_status" NOT NULL,
    "outcome" TEXT,
    "utterance_id" UUID,
    "answers_id" UUID,

    CONSTRAINT "commitment_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "designation" (
    "assertion_id" UUID NOT NULL,
    "target_id" UUID NOT NULL,
    "programme_id" UUID,
    "authority_id" UUID,
    "listed_edtf" TEXT,
    "listed_earliest" INTEGER,
    "listed_latest" INTEGER,
    "listed_text" TEXT,
    "listed_basis" "date_basis",
    "listed_precision" "date_precision",
    "measures" TEXT[],
    "reason" TEXT,
    "reference" TEXT,

    CONSTRAINT "designation_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "event_coding" (
    "assertion_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "ontology" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "modes" TEXT[],
    "contexts" TEXT[],
    "quad" INTEGER,
    "coder" TEXT NOT NULL,
    "coded_on" INTEGER,

    CONSTRAINT "event_coding_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "election" (
    "assertion_id" UUID NOT NULL,
    "position_id" UUID NOT NULL,

    CONSTRAINT "election_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "consignment" (
    "assertion_id" UUID NOT NULL,
    "donor_id" UUID,
    "goods" TEXT[],
    "amount" TEXT,
    "route" TEXT,

    CONSTRAINT "consignment_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "blockade" (
    "assertion_id" UUID NOT NULL,
    "means" TEXT[],

    CONSTRAINT "blockade_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "identity_judgement" (
    "assertion_id" UUID NOT NULL,
    "left_id" UUID,
    "mention_id" UUID,
    "right_id" UUID NOT NULL,
    "verdict" "identity_verdict" NOT NULL,
    "score" DOUBLE PRECISION,
    "explanation" TEXT NOT NULL,
    "judge" TEXT NOT NULL,

    CONSTRAINT "identity_judgement_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "mention" (
    "assertion_id" UUID NOT NULL,
    "surface" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "resolves_to_id" UUID,

    CONSTRAINT "mention_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "quantity_claim" (
    "assertion_id" UUID NOT NULL,
    "claimant_id" UUID NOT NULL,
    "value" DOUBLE PRECISION,
    "low" DOUBLE PRECISION,
    "high" DOUBLE PRECISION,
    "comparator" "comparator" NOT NULL,
    "unit" TEXT NOT NULL,
    "counted" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "condition" TEXT,
    "subject_id" UUID,

    CONSTRAINT "quantity_claim_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "recognition_tally" (
    "assertion_id" UUID NOT NULL,
    "claimant_id" UUID NOT NULL,
    "position_id" UUID NOT NULL,
    "comparator" "comparator" NOT NULL,
    "value" INTEGER NOT NULL,
    "scope" TEXT NOT NULL,
    "among_id" UUID,
    "counted_by_id" UUID,

    CONSTRAINT "recognition_tally_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "sanctions_programme" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "issuer_id" UUID NOT NULL,
    "legal_bases" TEXT[],
    "measures" TEXT[],
    "created_in" INTEGER NOT NULL,

    CONSTRAINT "sanctions_programme_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stance" (
    "assertion_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "towards_id" UUID NOT NULL,
    "stance_kind" "stance_kind" NOT NULL,

    CONSTRAINT "stance_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateIndex
CREATE INDEX "account_event_id_idx" ON "account"("event_id");

-- CreateIndex
CREATE INDEX "account_teller_id_idx" ON "account"("teller_id");

-- CreateIndex
CREATE INDEX "retraction_change_set_number_idx" ON "retraction"("change_set_number");

-- CreateIndex
CREATE INDEX "assessment_subject_id_idx" ON "assessment"("subject_id");

-- CreateIndex
CREATE INDEX "assessment_assessor_id_idx" ON "assessment"("assessor_id");

-- CreateIndex
CREATE INDEX "bloc_membership_bloc_id_idx" ON "bloc_membership"("bloc_id");

-- CreateIndex
CREATE INDEX "bloc_membership_member_id_idx" ON "bloc_membership"("member_id");

-- CreateIndex
CREATE INDEX "claim_claimant_id_idx" ON "claim"("claimant_id");

-- CreateIndex
CREATE INDEX "claim_about_id_idx" ON "claim"("about_id");

-- CreateIndex
CREATE INDEX "claim_subject_id_idx" ON "claim"("subject_id");

-- CreateIndex
CREATE INDEX "claim_contradicts_id_idx" ON "claim"("contradicts_id");

-- CreateIndex
CREATE INDEX "claim_supports_id_idx" ON "claim"("supports_id");

-- CreateIndex
CREATE INDEX "commitment_by_id_idx" ON "commitment"("by_id");

-- CreateIndex
CREATE INDEX "commitment_to_id_idx" ON "commitment"("to_id");

-- CreateIndex
CREATE INDEX "commitment_programme_id_idx" ON "commitment"("programme_id");

-- CreateIndex
CREATE INDEX "commitment_designation_id_idx" ON "commitment"("designation_id");

-- CreateIndex
CREATE INDEX "commitment_otherwise_id_idx" ON "commitment"("otherwise_id");

-- CreateIndex
CREATE INDEX "commitment_utterance_id_idx" ON "commitment"("utterance_id");

-- CreateIndex
CREATE INDEX "commitment_answers_id_idx" ON "commitment"("answers_id");

-- CreateIndex
CREATE INDEX "designation_target_id_idx" ON "designation"("target_id");

-- CreateIndex
CREATE INDEX "designation_programme_id_idx" ON "designation"("programme_id");

-- CreateIndex
CREATE INDEX "designation_authority_id_idx" ON "designation"("authority_id");

-- CreateIndex
CREATE INDEX "event_coding_subject_id_idx" ON "event_coding"("subject_id");

-- CreateIndex
CREATE INDEX "event_coding_ontology_code_idx" ON "event_coding"("ontology", "code");

-- CreateIndex
CREATE INDEX "election_position_id_idx" ON "election"("position_id");

-- CreateIndex
CREATE INDEX "consignment_donor_id_idx" ON "consignment"("donor_id");

-- CreateIndex
CREATE INDEX "identity_judgement_left_id_idx" ON "identity_judgement"("left_id");

-- CreateIndex
CREATE INDEX "identity_judgement_mention_id_idx" ON "identity_judgement"("mention_id");

-- CreateIndex
CREATE INDEX "identity_judgement_right_id_idx" ON "identity_judgement"("right_id");

-- CreateIndex
CREATE INDEX "mention_resolves_to_id_idx" ON "mention"("resolves_to_id");

-- CreateIndex
CREATE INDEX "mention_folded_idx" ON "mention"("folded");

-- CreateIndex
CREATE INDEX "quantity_claim_claimant_id_idx" ON "quantity_claim"("claimant_id");

-- CreateIndex
CREATE INDEX "quantity_claim_subject_id_idx" ON "quantity_claim"("subject_id");

-- CreateIndex
CREATE INDEX "recognition_tally_claimant_id_idx" ON "recognition_tally"("claimant_id");

-- CreateIndex
CREATE INDEX "recognition_tally_position_id_idx" ON "recognition_tally"("position_id");

-- CreateIndex
CREATE INDEX "recognition_tally_among_id_idx" ON "recognition_tally"("among_id");

-- CreateIndex
CREATE INDEX "recognition_tally_counted_by_id_idx" ON "recognition_tally"("counted_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "sanctions_programme_key_key" ON "sanctions_programme"("key");

-- CreateIndex
CREATE INDEX "sanctions_programme_issuer_id_idx" ON "sanctions_programme"("issuer_id");

-- CreateIndex
CREATE INDEX "stance_actor_id_idx" ON "stance"("actor_id");

-- CreateIndex
CREATE INDEX "stance_towards_id_idx" ON "stance"("towards_id");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_teller_id_fkey" FOREIGN KEY ("teller_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retraction" ADD CONSTRAINT "retraction_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retraction" ADD CONSTRAINT "retraction_change_set_number_fkey" FOREIGN KEY ("change_set_number") REFERENCES "change_set"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_assessor_id_fkey" FOREIGN KEY ("assessor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bloc_membership" ADD CONSTRAINT "bloc_membership_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bloc_membership" ADD CONSTRAINT "bloc_membership_bloc_id_fkey" FOREIGN KEY ("bloc_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "bloc_membership" ADD CONSTRAINT "bloc_membership_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_claimant_id_fkey" FOREIGN KEY ("claimant_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_about_id_fkey" FOREIGN KEY ("about_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "record"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_contradicts_id_fkey" FOREIGN KEY ("contradicts_id") REFERENCES "record"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_supports_id_fkey" FOREIGN KEY ("supports_id") REFERENCES "record"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_to_id_fkey" FOREIGN KEY ("to_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_otherwise_id_fkey" FOREIGN KEY ("otherwise_id") REFERENCES "record"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "sanctions_programme"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_designation_id_fkey" FOREIGN KEY ("designation_id") REFERENCES "record"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_utterance_id_fkey" FOREIGN KEY ("utterance_id") REFERENCES "record"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commitment" ADD CONSTRAINT "commitment_answers_id_fkey" FOREIGN KEY ("answers_id") REFERENCES "record"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "designation" ADD CONSTRAINT "designation_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "designation" ADD CONSTRAINT "designation_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "designation" ADD CONSTRAINT "designation_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "sanctions_programme"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "designation" ADD CONSTRAINT "designation_authority_id_fkey" FOREIGN KEY ("authority_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_coding" ADD CONSTRAINT "event_coding_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_coding" ADD CONSTRAINT "event_coding_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "election" ADD CONSTRAINT "election_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "election" ADD CONSTRAINT "election_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "position"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consignment" ADD CONSTRAINT "consignment_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consignment" ADD CONSTRAINT "consignment_donor_id_fkey" FOREIGN KEY ("donor_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "blockade" ADD CONSTRAINT "blockade_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity_judgement" ADD CONSTRAINT "identity_judgement_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity_judgement" ADD CONSTRAINT "identity_judgement_left_id_fkey" FOREIGN KEY ("left_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity_judgement" ADD CONSTRAINT "identity_judgement_mention_id_fkey" FOREIGN KEY ("mention_id") REFERENCES "record"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity_judgement" ADD CONSTRAINT "identity_judgement_right_id_fkey" FOREIGN KEY ("right_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mention" ADD CONSTRAINT "mention_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mention" ADD CONSTRAINT "mention_resolves_to_id_fkey" FOREIGN KEY ("resolves_to_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quantity_claim" ADD CONSTRAINT "quantity_claim_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quantity_claim" ADD CONSTRAINT "quantity_claim_claimant_id_fkey" FOREIGN KEY ("claimant_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quantity_claim" ADD CONSTRAINT "quantity_claim_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "record"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recognition_tally" ADD CONSTRAINT "recognition_tally_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recognition_tally" ADD CONSTRAINT "recognition_tally_claimant_id_fkey" FOREIGN KEY ("claimant_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recognition_tally" ADD CONSTRAINT "recognition_tally_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "position"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recognition_tally" ADD CONSTRAINT "recognition_tally_among_id_fkey" FOREIGN KEY ("among_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recognition_tally" ADD CONSTRAINT "recognition_tally_counted_by_id_fkey" FOREIGN KEY ("counted_by_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sanctions_programme" ADD CONSTRAINT "sanctions_programme_issuer_id_fkey" FOREIGN KEY ("issuer_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stance" ADD CONSTRAINT "stance_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stance" ADD CONSTRAINT "stance_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stance" ADD CONSTRAINT "stance_towards_id_fkey" FOREIGN KEY ("towards_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- account grows and is never rewritten.
create trigger "account_append_only" before update or delete on "account" for each row execute function chancery_append_only();
alter table "account" enable always trigger "account_append_only";
create trigger "account_not_emptied" before truncate on "account" for each statement execute function chancery_append_only();
alter table "account" enable always trigger "account_not_emptied";

-- retraction grows and is never rewritten.
create trigger "retraction_append_only" before update or delete on "retraction" for each row execute function chancery_append_only();
alter table "retraction" enable always trigger "retraction_append_only";
create trigger "retraction_not_emptied" before truncate on "retraction" for each statement execute function chancery_append_only();
alter table "retraction" enable always trigger "retraction_not_emptied";

-- assessment grows and is never rewritten.
create trigger "assessment_append_only" before update or delete on "assessment" for each row execute function chancery_append_only();
alter table "assessment" enable always trigger "assessment_append_only";
create trigger "assessment_not_emptied" before truncate on "assessment" for each statement execute function chancery_append_only();
alter table "assessment" enable always trigger "assessment_not_emptied";

-- bloc_membership grows and is never rewritten.
create trigger "bloc_membership_append_only" before update or delete on "bloc_membership" for each row execute function chancery_append_only();
alter table "bloc_membership" enable always trigger "bloc_membership_append_only";
create trigger "bloc_membership_not_emptied" before truncate on "bloc_membership" for each statement execute function chancery_append_only();
alter table "bloc_membership" enable always trigger "bloc_membership_not_emptied";

-- claim grows and is never rewritten.
create trigger "claim_append_only" before update or delete on "claim" for each row execute function chancery_append_only();
alter table "claim" enable always trigger "claim_append_only";
create trigger "claim_not_emptied" before truncate on "claim" for each statement execute function chancery_append_only();
alter table "claim" enable always trigger "claim_not_emptied";

-- commitment grows and is never rewritten.
create trigger "commitment_append_only" before update or delete on "commitment" for each row execute function chancery_append_only();
alter table "commitment" enable always trigger "commitment_append_only";
create trigger "commitment_not_emptied" before truncate on "commitment" for each statement execute function chancery_append_only();
alter table "commitment" enable always trigger "commitment_not_emptied";

-- designation grows and is never rewritten.
create trigger "designation_append_only" before update or delete on "designation" for each row execute function chancery_append_only();
alter table "designation" enable always trigger "designation_append_only";
create trigger "designation_not_emptied" before truncate on "designation" for each statement execute function chancery_append_only();
alter table "designation" enable always trigger "designation_not_emptied";

-- event_coding grows and is never rewritten.
create trigger "event_coding_append_only" before update or delete on "event_coding" for each row execute function chancery_append_only();
alter table "event_coding" enable always trigger "event_coding_append_only";
create trigger "event_coding_not_emptied" before truncate on "event_coding" for each statement execute function chancery_append_only();
alter table "event_coding" enable always trigger "event_coding_not_emptied";

-- election grows and is never rewritten.
create trigger "election_append_only" before update or delete on "election" for each row execute function chancery_append_only();
alter table "election" enable always trigger "election_append_only";
create trigger "election_not_emptied" before truncate on "election" for each statement execute function chancery_append_only();
alter table "election" enable always trigger "election_not_emptied";

-- consignment grows and is never rewritten.
create trigger "consignment_append_only" before update or delete on "consignment" for each row execute function chancery_append_only();
alter table "consignment" enable always trigger "consignment_append_only";
create trigger "consignment_not_emptied" before truncate on "consignment" for each statement execute function chancery_append_only();
alter table "consignment" enable always trigger "consignment_not_emptied";

-- blockade grows and is never rewritten.
create trigger "blockade_append_only" before update or delete on "blockade" for each row execute function chancery_append_only();
alter table "blockade" enable always trigger "blockade_append_only";
create trigger "blockade_not_emptied" before truncate on "blockade" for each statement execute function chancery_append_only();
alter table "blockade" enable always trigger "blockade_not_emptied";

-- identity_judgement grows and is never rewritten.
create trigger "identity_judgement_append_only" before update or delete on "identity_judgement" for each row execute function chancery_append_only();
alter table "identity_judgement" enable always trigger "identity_judgement_append_only";
create trigger "identity_judgement_not_emptied" before truncate on "identity_judgement" for each statement execute function chancery_append_only();
alter table "identity_judgement" enable always trigger "identity_judgement_not_emptied";

-- mention grows and is never rewritten.
create trigger "mention_append_only" before update or delete on "mention" for each row execute function chancery_append_only();
alter table "mention" enable always trigger "mention_append_only";
create trigger "mention_not_emptied" before truncate on "mention" for each statement execute function chancery_append_only();
alter table "mention" enable always trigger "mention_not_emptied";

-- quantity_claim grows and is never rewritten.
create trigger "quantity_claim_append_only" before update or delete on "quantity_claim" for each row execute function chancery_append_only();
alter table "quantity_claim" enable always trigger "quantity_claim_append_only";
create trigger "quantity_claim_not_emptied" before truncate on "quantity_claim" for each statement execute function chancery_append_only();
alter table "quantity_claim" enable always trigger "quantity_claim_not_emptied";

-- recognition_tally grows and is never rewritten.
create trigger "recognition_tally_append_only" before update or delete on "recognition_tally" for each row execute function chancery_append_only();
alter table "recognition_tally" enable always trigger "recognition_tally_append_only";
create trigger "recognition_tally_not_emptied" before truncate on "recognition_tally" for each statement execute function chancery_append_only();
alter table "recognition_tally" enable always trigger "recognition_tally_not_emptied";

-- sanctions_programme grows and is never rewritten.
create trigger "sanctions_programme_append_only" before update or delete on "sanctions_programme" for each row execute function chancery_append_only();
alter table "sanctions_programme" enable always trigger "sanctions_programme_append_only";
create trigger "sanctions_programme_not_emptied" before truncate on "sanctions_programme" for each statement execute function chancery_append_only();
alter table "sanctions_programme" enable always trigger "sanctions_programme_not_emptied";

-- stance grows and is never rewritten.
create trigger "stance_append_only" before update or delete on "stance" for each row execute function chancery_append_only();
alter table "stance" enable always trigger "stance_append_only";
create trigger "stance_not_emptied" before truncate on "stance" for each statement execute function chancery_append_only();
alter table "stance" enable always trigger "stance_not_emptied";

-- What follows is written by hand.

-- A link leads to a record of the kinds it may lead to: the column, then the kinds.
create function chancery_link_kind() returns trigger language plpgsql as $$
declare target uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
begin
  if target is not null and not exists (
    select 1 from "record" r where r."id" = target and r."kind"::text = any (tg_argv[1:])
  ) then
    raise exception '% of % leads to a record of another kind', tg_argv[0], tg_table_name using errcode = '23514';
  end if;
  return new;
end $$;

create trigger "designation_is_of_its_kind" before insert on "designation" for each row execute function chancery_detail_kind();
alter table "designation" enable always trigger "designation_is_of_its_kind";
create trigger "commitment_is_of_its_kind" before insert on "commitment" for each row execute function chancery_detail_kind();
alter table "commitment" enable always trigger "commitment_is_of_its_kind";
create trigger "claim_is_of_its_kind" before insert on "claim" for each row execute function chancery_detail_kind();
alter table "claim" enable always trigger "claim_is_of_its_kind";
create trigger "quantity_claim_is_of_its_kind" before insert on "quantity_claim" for each row execute function chancery_detail_kind();
alter table "quantity_claim" enable always trigger "quantity_claim_is_of_its_kind";
create trigger "account_is_of_its_kind" before insert on "account" for each row execute function chancery_detail_kind();
alter table "account" enable always trigger "account_is_of_its_kind";
create trigger "stance_is_of_its_kind" before insert on "stance" for each row execute function chancery_detail_kind();
alter table "stance" enable always trigger "stance_is_of_its_kind";
create trigger "recognition_tally_is_of_its_kind" before insert on "recognition_tally" for each row execute function chancery_detail_kind();
alter table "recognition_tally" enable always trigger "recognition_tally_is_of_its_kind";
create trigger "bloc_membership_is_of_its_kind" before insert on "bloc_membership" for each row execute function chancery_detail_kind();
alter table "bloc_membership" enable always trigger "bloc_membership_is_of_its_kind";
create trigger "event_coding_is_of_its_kind" before insert on "event_coding" for each row execute function chancery_detail_kind();
alter table "event_coding" enable always trigger "event_coding_is_of_its_kind";
create trigger "assessment_is_of_its_kind" before insert on "assessment" for each row execute function chancery_detail_kind();
alter table "assessment" enable always trigger "assessment_is_of_its_kind";
create trigger "mention_is_of_its_kind" before insert on "mention" for each row execute function chancery_detail_kind();
alter table "mention" enable always trigger "mention_is_of_its_kind";
create trigger "identity_judgement_is_of_its_kind" before insert on "identity_judgement" for each row execute function chancery_detail_kind();
alter table "identity_judgement" enable always trigger "identity_judgement_is_of_its_kind";
create trigger "event_part_of_id_links_rightly" before insert on "event" for each row execute function chancery_link_kind('part_of_id', 'EVENT');
alter table "event" enable always trigger "event_part_of_id_links_rightly";
create trigger "utterance_translation_of_id_links_rightly" before insert on "utterance" for each row execute function chancery_link_kind('translation_of_id', 'UTTERANCE');
alter table "utterance" enable always trigger "utterance_translation_of_id_links_rightly";
create trigger "commitment_otherwise_id_links_rightly" before insert on "commitment" for each row execute function chancery_link_kind('otherwise_id', 'COMMITMENT');
alter table "commitment" enable always trigger "commitment_otherwise_id_links_rightly";
create trigger "commitment_designation_id_links_rightly" before insert on "commitment" for each row execute function chancery_link_kind('designation_id', 'DESIGNATION');
alter table "commitment" enable always trigger "commitment_designation_id_links_rightly";
create trigger "commitment_utterance_id_links_rightly" before insert on "commitment" for each row execute function chancery_link_kind('utterance_id', 'UTTERANCE');
alter table "commitment" enable always trigger "commitment_utterance_id_links_rightly";
create trigger "commitment_answers_id_links_rightly" before insert on "commitment" for each row execute function chancery_link_kind('answers_id', 'COMMITMENT', 'EVENT', 'UTTERANCE');
alter table "commitment" enable always trigger "commitment_answers_id_links_rightly";
create trigger "claim_contradicts_id_links_rightly" before insert on "claim" for each row execute function chancery_link_kind('contradicts_id', 'CLAIM', 'QUANTITY_CLAIM');
alter table "claim" enable always trigger "claim_contradicts_id_links_rightly";
create trigger "claim_supports_id_links_rightly" before insert on "claim" for each row execute function chancery_link_kind('supports_id', 'CLAIM', 'QUANTITY_CLAIM');
alter table "claim" enable always trigger "claim_supports_id_links_rightly";
create trigger "account_event_id_links_rightly" before insert on "account" for each row execute function chancery_link_kind('event_id', 'EVENT');
alter table "account" enable always trigger "account_event_id_links_rightly";
create trigger "assessment_subject_id_links_rightly" before insert on "assessment" for each row execute function chancery_link_kind('subject_id', 'CLAIM', 'QUANTITY_CLAIM', 'ACCOUNT');
alter table "assessment" enable always trigger "assessment_subject_id_links_rightly";
create trigger "identity_judgement_mention_id_links_rightly" before insert on "identity_judgement" for each row execute function chancery_link_kind('mention_id', 'MENTION');
alter table "identity_judgement" enable always trigger "identity_judgement_mention_id_links_rightly";

-- What an election, a consignment or a blockade was is told of an event.
create function chancery_detail_of_event() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from "event" e where e."assertion_id" = new."assertion_id") then
    raise exception '% belongs to no event', tg_table_name using errcode = '23514';
  end if;
  return new;
end $$;

create trigger "election_is_of_an_event" before insert on "election" for each row execute function chancery_detail_of_event();
alter table "election" enable always trigger "election_is_of_an_event";
create trigger "consignment_is_of_an_event" before insert on "consignment" for each row execute function chancery_detail_of_event();
alter table "consignment" enable always trigger "consignment_is_of_an_event";
create trigger "blockade_is_of_an_event" before insert on "blockade" for each row execute function chancery_detail_of_event();
alter table "blockade" enable always trigger "blockade_is_of_an_event";

alter table "designation" add constraint "designation_listed_is_a_date" check (
  ("listed_basis" is null) = ("listed_precision" is null)
  and ("listed_basis" is not null or num_nonnulls("listed_edtf", "listed_earliest", "listed_latest", "listed_text") = 0)
  and ("listed_earliest" <= "listed_latest" or "listed_earliest" is null or "listed_latest" is null)
);
alter table "commitment"
  add constraint "commitment_deadline_is_a_date" check (
    ("deadline_basis" is null) = ("deadline_precision" is null)
    and ("deadline_basis" is not null or num_nonnulls("deadline_edtf", "deadline_earliest", "deadline_latest", "deadline_text") = 0)
    and ("deadline_earliest" <= "deadline_latest" or "deadline_earliest" is null or "deadline_latest" is null)
  );
alter table "quantity_claim"
  add constraint "quantity_claim_low_is_not_above_high" check ("low" <= "high" or "low" is null or "high" is null),
  add constraint "quantity_claim_value_is_within" check (("value" >= "low" or "low" is null or "value" is null) and ("value" <= "high" or "high" is null or "value" is null)),
  add constraint "quantity_claim_is_finite" check ("value" not in ('NaN', 'Infinity', '-Infinity'));
alter table "recognition_tally" add constraint "recognition_tally_counts" check ("value" >= 0);
alter table "stance" add constraint "stance_is_towards_another" check ("actor_id" <> "towards_id");
alter table "bloc_membership" add constraint "bloc_membership_is_of_another" check ("bloc_id" <> "member_id");
alter table "event_coding" add constraint "event_coding_quad_is_one_of_four" check ("quad" between 1 and 4);
alter table "identity_judgement"
  add constraint "identity_judgement_has_one_left" check (num_nonnulls("left_id", "mention_id") = 1),
  add constraint "identity_judgement_is_of_two" check ("left_id" <> "right_id"),
  add constraint "identity_judgement_score_is_a_share" check ("score" between 0 and 1);
create index "mention_folded_trgm_idx" on "mention" using gin ("folded" gin_trgm_ops);
