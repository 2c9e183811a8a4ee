import { ParentKey } from "../db/sql/parameters.ts";
import { Assertion } from "./assertion.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byKey } from "./filter.ts";
import { entryById } from "./thing.ts";

export const EventCoding = factType("EventCoding", (t) => ({
  subject: link(t, "EventCoding", "subject", Assertion),
  ontology: column(t, "EventCoding", "ontology"),
  version: column(t, "EventCoding", "version"),
  code: column(t, "EventCoding", "code"),
  modes: column(t, "EventCoding", "modes"),
  contexts: column(t, "EventCoding", "contexts"),
  quad: column(t, "EventCoding", "quad"),
  coder: column(t, "EventCoding", "coder"),
  codedOn: column(t, "EventCoding", "codedOn"),
}));

const eventCodings = factList("EventCoding", {
  type: EventCoding,
  description: "The codes that records were given in ontologies of events.",
  filter: {
    ontology: byKey("ontology", "In this ontology."),
    code: byKey("code", "With this code."),
    coder: byKey("coder", "Given by this coder."),
  },
});

entryById("eventCoding", "EventCoding", EventCoding);
entry("eventCodings", (t) => connection(t, eventCodings));

const codingsOfAssertion = below(eventCodings, "The codes it was given.", { subjectId: new ParentKey() }, ["recordId"]);
builder.interfaceField(Assertion, "codings", (t) => connection(t, codingsOfAssertion));
