import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { Assertion } from "./assertion.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byId } from "./filter.ts";
import { entryById } from "./thing.ts";

export const Assessment = factType("Assessment", (t) => ({
  subject: link(t, "Assessment", "subject", Assertion),
  assessor: link(t, "Assessment", "assessor", Actor),
  verdict: column(t, "Assessment", "verdict"),
  url: column(t, "Assessment", "url"),
}));

const assessments = factList("Assessment", {
  type: Assessment,
  description: "The verdicts of third parties.",
  filter: {
    assessor: byId("assessorId", actorTypes, "By this assessor."),
  },
});

entryById("assessment", "Assessment", Assessment);
entry("assessments", (t) => connection(t, assessments));

const assessmentsOfAssertion = below(
  assessments,
  "The verdicts of third parties on it.",
  { subjectId: new ParentKey() },
  ["recordId"],
);
builder.interfaceField(Assertion, "assessments", (t) => connection(t, assessmentsOfAssertion));
