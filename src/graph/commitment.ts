import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { Assertion } from "./assertion.ts";
import { builder } from "./builder.ts";
import { column, fuzzyColumn, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byEnum, byId } from "./filter.ts";
import { Utterance } from "./utterance.ts";
import { Designation } from "./designation.ts";
import { SanctionsProgramme } from "./sanctions-programme.ts";
import { entryById } from "./thing.ts";

export const Commitment: ReturnType<typeof factType> = factType("Commitment", (t) => ({
  commitmentKind: column(t, "Commitment", "commitmentKind"),
  by: link(t, "Commitment", "by", Actor),
  to: link(t, "Commitment", "to", Actor),
  action: column(t, "Commitment", "action"),
  conditions: column(t, "Commitment", "conditions"),
  otherwise: link(t, "Commitment", "otherwise", Commitment),
  programme: link(t, "Commitment", "programme", SanctionsProgramme),
  designation: link(t, "Commitment", "designation", Designation),
  deadline: fuzzyColumn(t, "Commitment", "deadline", "By when; null where no day is set."),
  commitmentStatus: column(t, "Commitment", "commitmentStatus"),
  outcome: column(t, "Commitment", "outcome"),
  utterance: link(t, "Commitment", "utterance", Utterance),
  answers: link(t, "Commitment", "answers", Assertion),
}));

const commitments = factList("Commitment", {
  type: Commitment,
  description: "Promises, offers, threats, demands, ultimatums and warnings.",
  filter: {
    commitmentKind: byEnum("CommitmentKind", "commitmentKind", "By which of these it is."),
    commitmentStatus: byEnum("CommitmentStatus", "commitmentStatus", "By what has become of it."),
    by: byId("byId", actorTypes, "Made by this actor."),
    to: byId("toId", actorTypes, "Made to this actor."),
    programme: byId("programmeId", ["SanctionsProgramme"], "About this sanctions programme."),
    designation: byId("designationId", ["Designation"], "That would lift this designation."),
  },
});

entryById("commitment", "Commitment", Commitment);
entry("commitments", (t) => connection(t, commitments));

const commitmentsMadeOfActor = below(commitments, "What it promised, offered, threatened or demanded.", {
  byId: new ParentKey(),
});
builder.interfaceField(Actor, "commitmentsMade", (t) => connection(t, commitmentsMadeOfActor));

const commitmentsReceivedOfActor = below(commitments, "What was promised, offered, threatened or demanded of it.", {
  toId: new ParentKey(),
});
builder.interfaceField(Actor, "commitmentsReceived", (t) => connection(t, commitmentsReceivedOfActor));

const answeredByOfAssertion = below(commitments, "The commitments that answer it.", { answersId: new ParentKey() }, [
  "recordId",
]);
builder.interfaceField(Assertion, "answeredBy", (t) => connection(t, answeredByOfAssertion));

const commitmentsOfSanctionsProgramme = below(commitments, "What was promised or threatened of it.", {
  programmeId: new ParentKey(),
});
builder.objectField(SanctionsProgramme, "commitments", (t) => connection(t, commitmentsOfSanctionsProgramme));

const offersToLiftOfDesignation = below(
  commitments,
  "The commitments that would lift it.",
  { designationId: new ParentKey() },
  ["recordId"],
);
builder.objectField(Designation, "offersToLift", (t) => connection(t, offersToLiftOfDesignation));
