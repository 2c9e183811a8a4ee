-- CreateTable
CREATE TABLE "allowance" (
    "who" TEXT NOT NULL,
    "spent" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "allowance_pkey" PRIMARY KEY ("who")
);

-- CreateIndex
CREATE INDEX "allowance_at_idx" ON "allowance"("at");

-- What follows is written by hand.

-- Written often, and worth nothing after a crash.
alter table "allowance" set unlogged;
comment on table "allowance" is 'operational';
