
-- CreateEnum
CREATE TYPE "actor_kind" AS ENUM ('PERSON', 'ORGANIZATION', 'STATE', 'BLOC', 'COLLECTIVE');

-- CreateEnum
CREATE TYPE "organization_kind" AS ENUM ('GOVERNMENT', 'LEGISLATURE', 'MILITARY', 'PARTY', 'COMPANY', 'NGO', 'INTERNATIONAL', 'MEDIA', 'OTHER');

-- CreateEnum
CREATE TYPE "assertion_kind" AS ENUM ('OCCUPANCY', 'RECOGNITION', 'UTTERANCE', 'EVENT');

-- CreateEnum
CREATE TYPE "assertion_status" AS ENUM ('PROPOSED', 'ACCEPTED', 'DISPUTED', 'RETRACTED');

-- CreateEnum
CREATE TYPE "date_basis" AS ENUM ('STATED', 'RELATIVE_TO_PUBLICATION', 'INFERRED', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "date_precision" AS ENUM ('DAY', 'MONTH', 'SEASON', 'YEAR', 'DECADE', 'CENTURY', 'INTERVAL', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "confidence" AS ENUM ('HIGH', 'MEDIUM', 'LOW');

-- CreateEnum
CREATE TYPE "extractor_kind" AS ENUM ('HUMAN', 'RULE', 'MODEL', 'DATASET');

-- CreateEnum
CREATE TYPE "document_kind" AS ENUM ('ARTICLE', 'POST', 'TRANSCRIPT', 'COMMUNIQUE', 'BRIEFING', 'DATASET_ROW');

-- CreateEnum
CREATE TYPE "event_kind" AS ENUM ('PROCLAMATION', 'RECOGNITION', 'BLOCKADE', 'MEETING', 'PROTEST', 'ELECTION', 'SPEECH', 'SANCTION', 'AID', 'DEMAND', 'OTHER');

-- CreateEnum
CREATE TYPE "event_status" AS ENUM ('OCCURRED', 'PLANNED', 'ONGOING', 'BLOCKED', 'CANCELLED', 'REFUSED', 'ALLEGED', 'DENIED', 'DID_NOT_HAPPEN');

-- CreateEnum
CREATE TYPE "participation_role" AS ENUM ('ACTOR', 'RECIPIENT', 'TARGET', 'LOCATION_AUTHORITY', 'AFFECTED', 'ORGANIZER', 'OTHER');

-- CreateEnum
CREATE TYPE "evidence_role" AS ENUM ('SUPPORTS', 'CONTRADICTS', 'CONTEXT');

-- CreateEnum
CREATE TYPE "name_kind" AS ENUM ('COMMON', 'LEGAL', 'ALIAS', 'MISSPELLING', 'TRANSLITERATION', 'TITLE');

-- CreateEnum
CREATE TYPE "occupancy_capacity" AS ENUM ('INCUMBENT', 'INTERIM', 'ACTING', 'NOMINEE', 'CLAIMED');

-- CreateEnum
CREATE TYPE "occupancy_claim" AS ENUM ('DE_FACTO', 'DE_JURE', 'ASSERTED');

-- CreateEnum
CREATE TYPE "place_kind" AS ENUM ('COUNTRY', 'REGION', 'CITY', 'BRIDGE', 'BORDER', 'BUILDING', 'OTHER');

-- CreateEnum
CREATE TYPE "recognition_stance" AS ENUM ('RECOGNISES', 'RECOGNISES_AS_INTERIM', 'SUPPORTS_INSTITUTION', 'SUPPORTS_WITHOUT_RECOGNISING', 'NEUTRAL', 'NO_STATEMENT', 'REJECTS', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "recognition_form" AS ENUM ('UNILATERAL', 'JOINT_STATEMENT', 'VOTE', 'IMPLIED', 'NOT_STATED');

-- CreateEnum
CREATE TYPE "channel" AS ENUM ('X_TWITTER', 'TELEVISION', 'SPEECH', 'PRESS_CONFERENCE', 'INTERVIEW', 'WRITTEN', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "speech_act" AS ENUM ('WARN', 'PLEDGE', 'OFFER', 'THREATEN', 'DEMAND', 'DENY', 'ACCUSE', 'APPEAL', 'RECOGNISE', 'DESCRIBE');

-- CreateTable
CREATE TABLE "actor" (
    "id" UUID NOT NULL,
    "kind" "actor_kind" NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "wikidata_id" TEXT,
    "iso2" TEXT,
    "iso3" TEXT,
    "organization_kind" "organization_kind",
    "state_id" UUID,
    "created_in" INTEGER NOT NULL,

    CONSTRAINT "actor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "record" (
    "id" UUID NOT NULL,
    "kind" "assertion_kind" NOT NULL,
    "crisis_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "created_in" INTEGER NOT NULL,

    CONSTRAINT "record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "assertion" (
    "id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "kind" "assertion_kind" NOT NULL,
    "crisis_id" UUID NOT NULL,
    "status" "assertion_status" NOT NULL,
    "confidence" "confidence",
    "start_edtf" TEXT,
    "start_earliest" INTEGER,
    "start_latest" INTEGER,
    "start_text" TEXT,
    "start_basis" "date_basis",
    "start_precision" "date_precision",
    "end_edtf" TEXT,
    "end_earliest" INTEGER,
    "end_latest" INTEGER,
    "end_text" TEXT,
    "end_basis" "date_basis",
    "end_precision" "date_precision",
    "sort_day" INTEGER NOT NULL,
    "reported_from" TIMESTAMPTZ(3) NOT NULL,
    "reported_to" TIMESTAMPTZ(3),
    "recorded_from" INTEGER NOT NULL,
    "recorded_to" INTEGER,
    "extractor_kind" "extractor_kind" NOT NULL,
    "extractor_name" TEXT NOT NULL,
    "extractor_version" TEXT,

    CONSTRAINT "assertion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attribution" (
    "id" UUID NOT NULL,
    "assertion_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "actor_id" UUID,
    "words" TEXT,
    "verb" TEXT NOT NULL,
    "hedge" TEXT,

    CONSTRAINT "attribution_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "capture" (
    "id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "sha256" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "text_public" BOOLEAN NOT NULL,
    "length" INTEGER NOT NULL,
    "media_type" TEXT NOT NULL,
    "captured_at" TIMESTAMPTZ(3) NOT NULL,
    "normalisation" TEXT NOT NULL,
    "created_in" INTEGER NOT NULL,

    CONSTRAINT "capture_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change_set" (
    "number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "author" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "previous_hash" TEXT,
    "hash" TEXT NOT NULL,
    "items" INTEGER NOT NULL,

    CONSTRAINT "change_set_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "dossier_import" (
    "sha256" TEXT NOT NULL,
    "crisis_key" TEXT NOT NULL,
    "change_set_number" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dossier_import_pkey" PRIMARY KEY ("sha256")
);

-- CreateTable
CREATE TABLE "crisis" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "start_edtf" TEXT,
    "start_earliest" INTEGER,
    "start_latest" INTEGER,
    "start_text" TEXT,
    "start_basis" "date_basis",
    "start_precision" "date_precision",
    "end_edtf" TEXT,
    "end_earliest" INTEGER,
    "end_latest" INTEGER,
    "end_text" TEXT,
    "end_basis" "date_basis",
    "end_precision" "date_precision",
    "created_in" INTEGER NOT NULL,

    CONSTRAINT "crisis_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "crisis_state" (
    "crisis_id" UUID NOT NULL,
    "state_id" UUID NOT NULL,

    CONSTRAINT "crisis_state_pkey" PRIMARY KEY ("crisis_id","state_id")
);

-- CreateTable
CREATE TABLE "document" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "publisher" TEXT NOT NULL,
    "authors" TEXT[],
    "url" TEXT,
    "kind" "document_kind" NOT NULL,
    "language" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "published_edtf" TEXT,
    "published_earliest" INTEGER,
    "published_latest" INTEGER,
    "published_text" TEXT,
    "published_basis" "date_basis",
    "published_precision" "date_precision",
    "reported_from" TIMESTAMPTZ(3) NOT NULL,
    "licence" TEXT NOT NULL,
    "note" TEXT,
    "created_in" INTEGER NOT NULL,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "assertion_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "event_kind" "event_kind" NOT NULL,
    "event_status" "event_status" NOT NULL,
    "part_of_id" UUID,

    CONSTRAINT "event_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "participation" (
    "id" UUID NOT NULL,
    "assertion_id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "role" "participation_role" NOT NULL,
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "participation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event_place" (
    "assertion_id" UUID NOT NULL,
    "place_id" UUID NOT NULL,

    CONSTRAINT "event_place_pkey" PRIMARY KEY ("assertion_id","place_id")
);

-- CreateTable
CREATE TABLE "evidence" (
    "id" UUID NOT NULL,
    "assertion_id" UUID NOT NULL,
    "passage_id" UUID NOT NULL,
    "role" "evidence_role" NOT NULL,
    "proves" TEXT[],
    "ordinal" INTEGER NOT NULL,

    CONSTRAINT "evidence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identifier" (
    "id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "scheme" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "created_in" INTEGER NOT NULL,

    CONSTRAINT "identifier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "name" (
    "id" UUID NOT NULL,
    "actor_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "folded" TEXT NOT NULL,
    "language" TEXT,
    "script" TEXT,
    "kind" "name_kind" NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "created_in" INTEGER NOT NULL,

    CONSTRAINT "name_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "occupancy" (
    "assertion_id" UUID NOT NULL,
    "holder_id" UUID NOT NULL,
    "position_id" UUID NOT NULL,
    "capacity" "occupancy_capacity" NOT NULL,
    "claim_type" "occupancy_claim" NOT NULL,
    "basis" TEXT,
    "asserted_by_id" UUID,

    CONSTRAINT "occupancy_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "passage" (
    "id" UUID NOT NULL,
    "capture_id" UUID NOT NULL,
    "exact" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "suffix" TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,
    "created_in" INTEGER NOT NULL,

    CONSTRAINT "passage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "place" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "place_kind" NOT NULL,
    "part_of_id" UUID,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "geonames_id" INTEGER,
    "created_in" INTEGER NOT NULL,

    CONSTRAINT "place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "place_state" (
    "place_id" UUID NOT NULL,
    "state_id" UUID NOT NULL,

    CONSTRAINT "place_state_pkey" PRIMARY KEY ("place_id","state_id")
);

-- CreateTable
CREATE TABLE "position" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "organization_id" UUID,
    "state_id" UUID,
    "seats" INTEGER,
    "inception_edtf" TEXT,
    "inception_earliest" INTEGER,
    "inception_latest" INTEGER,
    "inception_text" TEXT,
    "inception_basis" "date_basis",
    "inception_precision" "date_precision",
    "dissolution_edtf" TEXT,
    "dissolution_earliest" INTEGER,
    "dissolution_latest" INTEGER,
    "dissolution_text" TEXT,
    "dissolution_basis" "date_basis",
    "dissolution_precision" "date_precision",
    "created_in" INTEGER NOT NULL,

    CONSTRAINT "position_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recognition" (
    "assertion_id" UUID NOT NULL,
    "recogniser_id" UUID NOT NULL,
    "claimant_id" UUID NOT NULL,
    "position_id" UUID NOT NULL,
    "stance" "recognition_stance" NOT NULL,
    "form" "recognition_form" NOT NULL,
    "on_behalf_of_id" UUID,
    "conditions" TEXT,

    CONSTRAINT "recognition_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateTable
CREATE TABLE "utterance" (
    "assertion_id" UUID NOT NULL,
    "speaker_id" UUID NOT NULL,
    "on_behalf_of_id" UUID,
    "via_id" UUID,
    "exact" TEXT,
    "paraphrase" TEXT,
    "language" TEXT,
    "translation_of_id" UUID,
    "channel" "channel" NOT NULL,
    "audience_id" UUID,
    "acts" "speech_act"[],
    "verbatim" BOOLEAN NOT NULL,

    CONSTRAINT "utterance_pkey" PRIMARY KEY ("assertion_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "actor_key_key" ON "actor"("key");

-- CreateIndex
CREATE UNIQUE INDEX "actor_wikidata_id_key" ON "actor"("wikidata_id");

-- CreateIndex
CREATE UNIQUE INDEX "actor_iso2_key" ON "actor"("iso2");

-- CreateIndex
CREATE UNIQUE INDEX "actor_iso3_key" ON "actor"("iso3");

-- CreateIndex
CREATE INDEX "actor_kind_key_idx" ON "actor"("kind", "key");

-- CreateIndex
CREATE INDEX "actor_state_id_idx" ON "actor"("state_id");

-- CreateIndex
CREATE UNIQUE INDEX "record_crisis_id_key_key" ON "record"("crisis_id", "key");

-- CreateIndex
CREATE INDEX "assertion_record_id_recorded_from_idx" ON "assertion"("record_id", "recorded_from");

-- CreateIndex
CREATE INDEX "assertion_crisis_id_sort_day_id_idx" ON "assertion"("crisis_id", "sort_day", "id");

-- CreateIndex
CREATE INDEX "assertion_recorded_from_idx" ON "assertion"("recorded_from");

-- CreateIndex
CREATE INDEX "assertion_recorded_to_idx" ON "assertion"("recorded_to");

-- CreateIndex
CREATE INDEX "attribution_actor_id_idx" ON "attribution"("actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "attribution_assertion_id_ordinal_key" ON "attribution"("assertion_id", "ordinal");

-- CreateIndex
CREATE UNIQUE INDEX "capture_document_id_sha256_key" ON "capture"("document_id", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "change_set_at_key" ON "change_set"("at");

-- CreateIndex
CREATE UNIQUE INDEX "change_set_hash_key" ON "change_set"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "crisis_key_key" ON "crisis"("key");

-- CreateIndex
CREATE INDEX "crisis_state_state_id_idx" ON "crisis_state"("state_id");

-- CreateIndex
CREATE UNIQUE INDEX "document_key_key" ON "document"("key");

-- CreateIndex
CREATE INDEX "event_event_kind_idx" ON "event"("event_kind");

-- CreateIndex
CREATE INDEX "event_part_of_id_idx" ON "event"("part_of_id");

-- CreateIndex
CREATE INDEX "participation_actor_id_idx" ON "participation"("actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "participation_assertion_id_ordinal_key" ON "participation"("assertion_id", "ordinal");

-- CreateIndex
CREATE INDEX "event_place_place_id_idx" ON "event_place"("place_id");

-- CreateIndex
CREATE INDEX "evidence_passage_id_idx" ON "evidence"("passage_id");

-- CreateIndex
CREATE UNIQUE INDEX "evidence_assertion_id_ordinal_key" ON "evidence"("assertion_id", "ordinal");

-- CreateIndex
CREATE INDEX "identifier_actor_id_idx" ON "identifier"("actor_id");

-- CreateIndex
CREATE UNIQUE INDEX "identifier_scheme_value_key" ON "identifier"("scheme", "value");

-- CreateIndex
CREATE INDEX "name_folded_idx" ON "name"("folded");

-- CreateIndex
CREATE UNIQUE INDEX "name_actor_id_ordinal_key" ON "name"("actor_id", "ordinal");

-- CreateIndex
CREATE INDEX "occupancy_position_id_idx" ON "occupancy"("position_id");

-- CreateIndex
CREATE INDEX "occupancy_holder_id_idx" ON "occupancy"("holder_id");

-- CreateIndex
CREATE INDEX "occupancy_asserted_by_id_idx" ON "occupancy"("asserted_by_id");

-- CreateIndex
CREATE UNIQUE INDEX "passage_capture_id_start_end_key" ON "passage"("capture_id", "start", "end");

-- CreateIndex
CREATE UNIQUE INDEX "place_key_key" ON "place"("key");

-- CreateIndex
CREATE UNIQUE INDEX "place_geonames_id_key" ON "place"("geonames_id");

-- CreateIndex
CREATE INDEX "place_part_of_id_idx" ON "place"("part_of_id");

-- CreateIndex
CREATE INDEX "place_state_state_id_idx" ON "place_state"("state_id");

-- CreateIndex
CREATE UNIQUE INDEX "position_key_key" ON "position"("key");

-- CreateIndex
CREATE INDEX "position_state_id_idx" ON "position"("state_id");

-- CreateIndex
CREATE INDEX "position_organization_id_idx" ON "position"("organization_id");

-- CreateIndex
CREATE INDEX "recognition_position_id_idx" ON "recognition"("position_id");

-- CreateIndex
CREATE INDEX "recognition_recogniser_id_idx" ON "recognition"("recogniser_id");

-- CreateIndex
CREATE INDEX "recognition_claimant_id_idx" ON "recognition"("claimant_id");

-- CreateIndex
CREATE INDEX "recognition_on_behalf_of_id_idx" ON "recognition"("on_behalf_of_id");

-- CreateIndex
CREATE INDEX "utterance_speaker_id_idx" ON "utterance"("speaker_id");

-- CreateIndex
CREATE INDEX "utterance_channel_idx" ON "utterance"("channel");

-- CreateIndex
CREATE INDEX "utterance_on_behalf_of_id_idx" ON "utterance"("on_behalf_of_id");

-- CreateIndex
CREATE INDEX "utterance_via_id_idx" ON "utterance"("via_id");

-- CreateIndex
CREATE INDEX "utterance_audience_id_idx" ON "utterance"("audience_id");

-- CreateIndex
CREATE INDEX "utterance_translation_of_id_idx" ON "utterance"("translation_of_id");

-- AddForeignKey
ALTER TABLE "actor" ADD CONSTRAINT "actor_state_id_fkey" FOREIGN KEY ("state_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "record" ADD CONSTRAINT "record_crisis_id_fkey" FOREIGN KEY ("crisis_id") REFERENCES "crisis"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "record" ADD CONSTRAINT "record_created_in_fkey" FOREIGN KEY ("created_in") REFERENCES "change_set"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assertion" ADD CONSTRAINT "assertion_record_id_fkey" FOREIGN KEY ("record_id") REFERENCES "record"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assertion" ADD CONSTRAINT "assertion_crisis_id_fkey" FOREIGN KEY ("crisis_id") REFERENCES "crisis"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assertion" ADD CONSTRAINT "assertion_recorded_from_fkey" FOREIGN KEY ("recorded_from") REFERENCES "change_set"("number") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "assertion" ADD CONSTRAINT "assertion_recorded_to_fkey" FOREIGN KEY ("recorded_to") REFERENCES "change_set"("number") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attribution" ADD CONSTRAINT "attribution_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "capture" ADD CONSTRAINT "capture_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crisis_state" ADD CONSTRAINT "crisis_state_crisis_id_fkey" FOREIGN KEY ("crisis_id") REFERENCES "crisis"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "crisis_state" ADD CONSTRAINT "crisis_state_state_id_fkey" FOREIGN KEY ("state_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_part_of_id_fkey" FOREIGN KEY ("part_of_id") REFERENCES "record"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation" ADD CONSTRAINT "participation_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "participation" ADD CONSTRAINT "participation_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_place" ADD CONSTRAINT "event_place_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event_place" ADD CONSTRAINT "event_place_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_passage_id_fkey" FOREIGN KEY ("passage_id") REFERENCES "passage"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identifier" ADD CONSTRAINT "identifier_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "name" ADD CONSTRAINT "name_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_holder_id_fkey" FOREIGN KEY ("holder_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "position"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "occupancy" ADD CONSTRAINT "occupancy_asserted_by_id_fkey" FOREIGN KEY ("asserted_by_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passage" ADD CONSTRAINT "passage_capture_id_fkey" FOREIGN KEY ("capture_id") REFERENCES "capture"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place" ADD CONSTRAINT "place_part_of_id_fkey" FOREIGN KEY ("part_of_id") REFERENCES "place"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place_state" ADD CONSTRAINT "place_state_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place_state" ADD CONSTRAINT "place_state_state_id_fkey" FOREIGN KEY ("state_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "position" ADD CONSTRAINT "position_state_id_fkey" FOREIGN KEY ("state_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recognition" ADD CONSTRAINT "recognition_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recognition" ADD CONSTRAINT "recognition_recogniser_id_fkey" FOREIGN KEY ("recogniser_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recognition" ADD CONSTRAINT "recognition_claimant_id_fkey" FOREIGN KEY ("claimant_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recognition" ADD CONSTRAINT "recognition_position_id_fkey" FOREIGN KEY ("position_id") REFERENCES "position"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recognition" ADD CONSTRAINT "recognition_on_behalf_of_id_fkey" FOREIGN KEY ("on_behalf_of_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "utterance" ADD CONSTRAINT "utterance_assertion_id_fkey" FOREIGN KEY ("assertion_id") REFERENCES "assertion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "utterance" ADD CONSTRAINT "utterance_speaker_id_fkey" FOREIGN KEY ("speaker_id") REFERENCES "actor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "utterance" ADD CONSTRAINT "utterance_on_behalf_of_id_fkey" FOREIGN KEY ("on_behalf_of_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "utterance" ADD CONSTRAINT "utterance_via_id_fkey" FOREIGN KEY ("via_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "utterance" ADD CONSTRAINT "utterance_translation_of_id_fkey" FOREIGN KEY ("translation_of_id") REFERENCES "record"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "utterance" ADD CONSTRAINT "utterance_audience_id_fkey" FOREIGN KEY ("audience_id") REFERENCES "actor"("id") ON DELETE SET NULL ON UPDATE CASCADE;


-- What follows is written by hand: what the models cannot say, and the database must hold.

create extension if not exists btree_gist;
create extension if not exists pg_trgm;

-- A date has its words of method with it, and its bounds in order.
alter table "crisis" add constraint "crisis_start_is_a_date" check (
  ("start_basis" is null) = ("start_precision" is null)
  and ("start_basis" is not null or num_nonnulls("start_edtf", "start_earliest", "start_latest", "start_text") = 0)
  and ("start_earliest" <= "start_latest" or "start_earliest" is null or "start_latest" is null)
);
alter table "crisis" add constraint "crisis_end_is_a_date" check (
  ("end_basis" is null) = ("end_precision" is null)
  and ("end_basis" is not null or num_nonnulls("end_edtf", "end_earliest", "end_latest", "end_text") = 0)
  and ("end_earliest" <= "end_latest" or "end_earliest" is null or "end_latest" is null)
);
alter table "document" add constraint "document_published_is_a_date" check (
  ("published_basis" is null) = ("published_precision" is null)
  and ("published_basis" is not null or num_nonnulls("published_edtf", "published_earliest", "published_latest", "published_text") = 0)
  and ("published_earliest" <= "published_latest" or "published_earliest" is null or "published_latest" is null)
);
alter table "position" add constraint "position_inception_is_a_date" check (
  ("inception_basis" is null) = ("inception_precision" is null)
  and ("inception_basis" is not null or num_nonnulls("inception_edtf", "inception_earliest", "inception_latest", "inception_text") = 0)
  and ("inception_earliest" <= "inception_latest" or "inception_earliest" is null or "inception_latest" is null)
);
alter table "position" add constraint "position_dissolution_is_a_date" check (
  ("dissolution_basis" is null) = ("dissolution_precision" is null)
  and ("dissolution_basis" is not null or num_nonnulls("dissolution_edtf", "dissolution_earliest", "dissolution_latest", "dissolution_text") = 0)
  and ("dissolution_earliest" <= "dissolution_latest" or "dissolution_earliest" is null or "dissolution_latest" is null)
);
alter table "assertion" add constraint "assertion_start_is_a_date" check (
  ("start_basis" is null) = ("start_precision" is null)
  and ("start_basis" is not null or num_nonnulls("start_edtf", "start_earliest", "start_latest", "start_text") = 0)
  and ("start_earliest" <= "start_latest" or "start_earliest" is null or "start_latest" is null)
);
alter table "assertion" add constraint "assertion_end_is_a_date" check (
  ("end_basis" is null) = ("end_precision" is null)
  and ("end_basis" is not null or num_nonnulls("end_edtf", "end_earliest", "end_latest", "end_text") = 0)
  and ("end_earliest" <= "end_latest" or "end_earliest" is null or "end_latest" is null)
);

alter table "assertion"
  add constraint "assertion_ends_after_it_begins" check ("end_latest" >= "start_earliest"),
  add constraint "assertion_reported_in_order" check ("reported_to" > "reported_from"),
  add constraint "assertion_recorded_in_order" check ("recorded_to" > "recorded_from"),
  add constraint "assertion_one_version_at_a_moment" exclude using gist (
    "record_id" with =,
    tstzrange("reported_from", "reported_to") with &&,
    int4range("recorded_from", "recorded_to") with &&
  );
create unique index "assertion_current_key" on "assertion" ("record_id") where "recorded_to" is null and "reported_to" is null;
create index "assertion_current_crisis_idx" on "assertion" ("crisis_id", "sort_day", "id") where "recorded_to" is null and "reported_to" is null;
create index "assertion_current_kind_idx" on "assertion" ("kind", "sort_day", "id") where "recorded_to" is null and "reported_to" is null;
create index "assertion_start_idx" on "assertion" ("start_earliest");
create index "assertion_reported_idx" on "assertion" ("reported_from");
create index "name_folded_trgm_idx" on "name" using gin ("folded" gin_trgm_ops);

alter table "change_set"
  add constraint "change_set_number_counts" check ("number" >= 1),
  add constraint "change_set_hash_is_sha256" check ("hash" ~ '^[0-9a-f]{64}$' and "previous_hash" ~ '^[0-9a-f]{64}$');
alter table "capture"
  add constraint "capture_hash_is_of_its_text" check ("sha256" = encode(sha256(convert_to("text", 'UTF8')), 'hex')),
  add constraint "capture_length_is_of_its_text" check ("length" = char_length("text"));
alter table "passage"
  add constraint "passage_span_is_of_its_words" check ("start" >= 0 and "end" > "start" and "end" - "start" = char_length("exact"));
alter table "attribution"
  add constraint "attribution_names_one_teller" check (num_nonnulls("actor_id", "words") = 1);
alter table "actor"
  add constraint "actor_codes_are_of_states" check ("kind" = 'STATE' or num_nonnulls("iso2", "iso3") = 0),
  add constraint "actor_organization_has_a_kind" check (("kind" = 'ORGANIZATION') = ("organization_kind" is not null)),
  add constraint "actor_state_belongs_to_none" check ("kind" not in ('STATE', 'BLOC') or "state_id" is null),
  add constraint "actor_iso2_is_two_letters" check ("iso2" ~ '^[A-Z]{2}$'),
  add constraint "actor_iso3_is_three_letters" check ("iso3" ~ '^[A-Z]{3}$'),
  add constraint "actor_wikidata_is_an_item" check ("wikidata_id" ~ '^Q[1-9][0-9]*$');
alter table "place"
  add constraint "place_is_on_earth" check ("latitude" between -90 and 90 and "longitude" between -180 and 180),
  add constraint "place_has_both_coordinates" check (("latitude" is null) = ("longitude" is null)),
  add constraint "place_is_not_part_of_itself" check ("part_of_id" <> "id");
alter table "position" add constraint "position_has_seats" check ("seats" >= 1);
alter table "utterance"
  add constraint "utterance_has_words_or_substance" check (num_nonnulls("exact", "paraphrase") >= 1),
  add constraint "utterance_verbatim_has_words" check (not "verbatim" or "exact" is not null);

-- A detail row is of the kind its assertion says.
create function chancery_detail_kind() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from "assertion" a where a."id" = new."assertion_id" and lower(a."kind"::text) = tg_table_name) then
    raise exception '% does not belong to assertion % of another kind', tg_table_name, new."assertion_id" using errcode = '23514';
  end if;
  return new;
end $$;

-- A version says of itself what its record says.
create function chancery_version_of_record() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from "record" r where r."id" = new."record_id" and r."kind" = new."kind" and r."crisis_id" = new."crisis_id") then
    raise exception 'assertion % differs from its record in kind or crisis', new."id" using errcode = '23514';
  end if;
  return new;
end $$;

-- The words of a passage stand in its capture, where it says.
create function chancery_passage_stands() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from "capture" c
    where c."id" = new."capture_id" and substring(c."text" from new."start" + 1 for new."end" - new."start") = new."exact"
  ) then
    raise exception 'passage % does not stand in its capture', new."id" using errcode = '23514';
  end if;
  return new;
end $$;

-- Change sets count in the order of commits, and their time never runs backwards.
create function chancery_change_set_follows() returns trigger language plpgsql as $$
declare last "change_set";
begin
  select * into last from "change_set" order by "number" desc limit 1;
  if new."number" <> coalesce(last."number", 0) + 1 or new."at" <= last."at" or new."previous_hash" is distinct from last."hash" then
    raise exception 'change set % does not follow change set %', new."number", last."number" using errcode = '23514';
  end if;
  return new;
end $$;

-- The record grows and is never rewritten.
create function chancery_append_only() returns trigger language plpgsql as $$
begin
  raise exception '% of % is refused: the record is append-only', tg_op, tg_table_name using errcode = '23001';
end $$;

-- The one change a version may see: the change set that closes it, once.
create function chancery_close_once() returns trigger language plpgsql as $$
begin
  if old."recorded_to" is not null or new."recorded_to" is null
    or (to_jsonb(new) - 'recorded_to') <> (to_jsonb(old) - 'recorded_to') then
    raise exception 'update of assertion % is refused: a version is closed once, and never edited', old."id" using errcode = '23001';
  end if;
  return new;
end $$;

create trigger "occupancy_is_of_its_kind" before insert on "occupancy" for each row execute function chancery_detail_kind();
alter table "occupancy" enable always trigger "occupancy_is_of_its_kind";
create trigger "recognition_is_of_its_kind" before insert on "recognition" for each row execute function chancery_detail_kind();
alter table "recognition" enable always trigger "recognition_is_of_its_kind";
create trigger "utterance_is_of_its_kind" before insert on "utterance" for each row execute function chancery_detail_kind();
alter table "utterance" enable always trigger "utterance_is_of_its_kind";
create trigger "event_is_of_its_kind" before insert on "event" for each row execute function chancery_detail_kind();
alter table "event" enable always trigger "event_is_of_its_kind";
create trigger "assertion_is_of_its_record" before insert on "assertion" for each row execute function chancery_version_of_record();
alter table "assertion" enable always trigger "assertion_is_of_its_record";
create trigger "passage_stands" before insert on "passage" for each row execute function chancery_passage_stands();
alter table "passage" enable always trigger "passage_stands";
create trigger "change_set_follows" before insert on "change_set" for each row execute function chancery_change_set_follows();
alter table "change_set" enable always trigger "change_set_follows";
create trigger "assertion_closes_once" before update on "assertion" for each row execute function chancery_close_once();
alter table "assertion" enable always trigger "assertion_closes_once";
create trigger "change_set_append_only" before update or delete on "change_set" for each row execute function chancery_append_only();
alter table "change_set" enable always trigger "change_set_append_only";
create trigger "change_set_not_emptied" before truncate on "change_set" for each statement execute function chancery_append_only();
alter table "change_set" enable always trigger "change_set_not_emptied";
create trigger "dossier_import_append_only" before update or delete on "dossier_import" for each row execute function chancery_append_only();
alter table "dossier_import" enable always trigger "dossier_import_append_only";
create trigger "dossier_import_not_emptied" before truncate on "dossier_import" for each statement execute function chancery_append_only();
alter table "dossier_import" enable always trigger "dossier_import_not_emptied";
create trigger "crisis_append_only" before update or delete on "crisis" for each row execute function chancery_append_only();
alter table "crisis" enable always trigger "crisis_append_only";
create trigger "crisis_not_emptied" before truncate on "crisis" for each statement execute function chancery_append_only();
alter table "crisis" enable always trigger "crisis_not_emptied";
create trigger "crisis_state_append_only" before update or delete on "crisis_state" for each row execute function chancery_append_only();
alter table "crisis_state" enable always trigger "crisis_state_append_only";
create trigger "crisis_state_not_emptied" before truncate on "crisis_state" for each statement execute function chancery_append_only();
alter table "crisis_state" enable always trigger "crisis_state_not_emptied";
create trigger "document_append_only" before update or delete on "document" for each row execute function chancery_append_only();
alter table "document" enable always trigger "document_append_only";
create trigger "document_not_emptied" before truncate on "document" for each statement execute function chancery_append_only();
alter table "document" enable always trigger "document_not_emptied";
create trigger "capture_append_only" before update or delete on "capture" for each row execute function chancery_append_only();
alter table "capture" enable always trigger "capture_append_only";
create trigger "capture_not_emptied" before truncate on "capture" for each statement execute function chancery_append_only();
alter table "capture" enable always trigger "capture_not_emptied";
create trigger "passage_append_only" before update or delete on "passage" for each row execute function chancery_append_only();
alter table "passage" enable always trigger "passage_append_only";
create trigger "passage_not_emptied" before truncate on "passage" for each statement execute function chancery_append_only();
alter table "passage" enable always trigger "passage_not_emptied";
create trigger "evidence_append_only" before update or delete on "evidence" for each row execute function chancery_append_only();
alter table "evidence" enable always trigger "evidence_append_only";
create trigger "evidence_not_emptied" before truncate on "evidence" for each statement execute function chancery_append_only();
alter table "evidence" enable always trigger "evidence_not_emptied";
create trigger "actor_append_only" before update or delete on "actor" for each row execute function chancery_append_only();
alter table "actor" enable always trigger "actor_append_only";
create trigger "actor_not_emptied" before truncate on "actor" for each statement execute function chancery_append_only();
alter table "actor" enable always trigger "actor_not_emptied";
create trigger "name_append_only" before update or delete on "name" for each row execute function chancery_append_only();
alter table "name" enable always trigger "name_append_only";
create trigger "name_not_emptied" before truncate on "name" for each statement execute function chancery_append_only();
alter table "name" enable always trigger "name_not_emptied";
create trigger "identifier_append_only" before update or delete on "identifier" for each row execute function chancery_append_only();
alter table "identifier" enable always trigger "identifier_append_only";
create trigger "identifier_not_emptied" before truncate on "identifier" for each statement execute function chancery_append_only();
alter table "identifier" enable always trigger "identifier_not_emptied";
create trigger "place_append_only" before update or delete on "place" for each row execute function chancery_append_only();
alter table "place" enable always trigger "place_append_only";
create trigger "place_not_emptied" before truncate on "place" for each statement execute function chancery_append_only();
alter table "place" enable always trigger "place_not_emptied";
create trigger "place_state_append_only" before update or delete on "place_state" for each row execute function chancery_append_only();
alter table "place_state" enable always trigger "place_state_append_only";
create trigger "place_state_not_emptied" before truncate on "place_state" for each statement execute function chancery_append_only();
alter table "place_state" enable always trigger "place_state_not_emptied";
create trigger "position_append_only" before update or delete on "position" for each row execute function chancery_append_only();
alter table "position" enable always trigger "position_append_only";
create trigger "position_not_emptied" before truncate on "position" for each statement execute function chancery_append_only();
alter table "position" enable always trigger "position_not_emptied";
create trigger "record_append_only" before update or delete on "record" for each row execute function chancery_append_only();
alter table "record" enable always trigger "record_append_only";
create trigger "record_not_emptied" before truncate on "record" for each statement execute function chancery_append_only();
alter table "record" enable always trigger "record_not_emptied";
create trigger "assertion_append_only" before delete on "assertion" for each row execute function chancery_append_only();
alter table "assertion" enable always trigger "assertion_append_only";
create trigger "assertion_not_emptied" before truncate on "assertion" for each statement execute function chancery_append_only();
alter table "assertion" enable always trigger "assertion_not_emptied";
create trigger "attribution_append_only" before update or delete on "attribution" for each row execute function chancery_append_only();
alter table "attribution" enable always trigger "attribution_append_only";
create trigger "attribution_not_emptied" before truncate on "attribution" for each statement execute function chancery_append_only();
alter table "attribution" enable always trigger "attribution_not_emptied";
create trigger "occupancy_append_only" before update or delete on "occupancy" for each row execute function chancery_append_only();
alter table "occupancy" enable always trigger "occupancy_append_only";
create trigger "occupancy_not_emptied" before truncate on "occupancy" for each statement execute function chancery_append_only();
alter table "occupancy" enable always trigger "occupancy_not_emptied";
create trigger "recognition_append_only" before update or delete on "recognition" for each row execute function chancery_append_only();
alter table "recognition" enable always trigger "recognition_append_only";
create trigger "recognition_not_emptied" before truncate on "recognition" for each statement execute function chancery_append_only();
alter table "recognition" enable always trigger "recognition_not_emptied";
create trigger "utterance_append_only" before update or delete on "utterance" for each row execute function chancery_append_only();
alter table "utterance" enable always trigger "utterance_append_only";
create trigger "utterance_not_emptied" before truncate on "utterance" for each statement execute function chancery_append_only();
alter table "utterance" enable always trigger "utterance_not_emptied";
create trigger "event_append_only" before update or delete on "event" for each row execute function chancery_append_only();
alter table "event" enable always trigger "event_append_only";
create trigger "event_not_emptied" before truncate on "event" for each statement execute function chancery_append_only();
alter table "event" enable always trigger "event_not_emptied";
create trigger "participation_append_only" before update or delete on "participation" for each row execute function chancery_append_only();
alter table "participation" enable always trigger "participation_append_only";
create trigger "participation_not_emptied" before truncate on "participation" for each statement execute function chancery_append_only();
alter table "participation" enable always trigger "participation_not_emptied";
create trigger "event_place_append_only" before update or delete on "event_place" for each row execute function chancery_append_only();
alter table "event_place" enable always trigger "event_place_append_only";
create trigger "event_place_not_emptied" before truncate on "event_place" for each statement execute function chancery_append_only();
alter table "event_place" enable always trigger "event_place_not_emptied";
