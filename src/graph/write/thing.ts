import type { InputFieldMap, TypeParam } from "@pothos/core";
import { isClearable } from "../../record/operation/amendment.ts";
import { deedOf } from "../../record/operation/operation.ts";
import type { Noun } from "../../record/terms/reading.ts";
import { Actor, Bloc, Collective, Organization, Person, State } from "../actor.ts";
import { builder, type Types } from "../builder.ts";
import { Crisis } from "../crisis.ts";
import { Document } from "../document.ts";
import { meaning } from "../meaning.ts";
import { Place } from "../place.ts";
import { Position } from "../position.ts";
import { SanctionsProgramme } from "../sanctions-programme.ts";
import { FuzzyDateInput, inputField, type InputBuilder } from "./input-field.ts";
import { withArticle } from "../../values/article.ts";
import { ActorLink } from "./link-input.ts";
import { amending, mutation, resultOf } from "./mutation.ts";

const needed = { required: true };

const nameFields = (t: InputBuilder) => ({
  text: inputField(t, "Name", "text", needed),
  language: inputField(t, "Name", "language"),
  script: inputField(t, "Name", "script"),
  kind: inputField(t, "Name", "kind", needed),
});

const identifierFields = (t: InputBuilder) => ({
  scheme: inputField(t, "Identifier", "scheme", needed),
  value: inputField(t, "Identifier", "value", needed),
});

const NameInput = builder.inputType("NameInput", { description: meaning("Name"), fields: nameFields });
const IdentifierInput = builder.inputType("IdentifierInput", {
  description: meaning("Identifier"),
  fields: identifierFields,
});

const actorFields = (t: InputBuilder) => ({
  key: inputField(t, "Actor", "key", needed),
  name: inputField(t, "Actor", "name", needed),
  description: inputField(t, "Actor", "description"),
  names: t.field({ type: [NameInput], description: "Other names that it goes by, beside the common one." }),
  identifiers: t.field({
    type: [IdentifierInput],
    description: "Its names in the registers of others; its item in Wikidata under the scheme wikidata.",
  }),
});

const stateOf = (t: InputBuilder) => ({ state: inputField(t, "Actor", "state") });

/** What can be amended of each type. */
const amendable: Readonly<Record<string, readonly [model: string, ...fields: string[]]>> = {
  Person: ["Actor", "name", "description"],
  State: ["Actor", "name", "description", "iso2", "iso3"],
  Organization: ["Actor", "name", "description", "organizationKind", "state"],
  Bloc: ["Actor", "name", "description"],
  Collective: ["Actor", "name", "description", "state"],
  Crisis: ["Crisis", "title", "summary", "start", "end"],
  Place: ["Place", "name", "partOf", "latitude", "longitude", "geonamesId"],
  Position: ["Position", "title", "seats", "organization", "state", "inception", "dissolution"],
  SanctionsProgramme: ["SanctionsProgramme", "title", "issuer", "legalBases", "measures"],
  Document: ["Document", "title", "publisher", "authors", "url", "language", "licence", "note"],
};

/** The noun of what an operation amends. */
function nounOf(operation: string): Noun {
  const deed = deedOf({ name: operation, input: {} });
  if (deed.does !== "AMEND") throw new Error(`${operation} amends nothing`);
  return deed.noun;
}

/** Adds the mutations that bring in a thing of a type, and that amend one. */
function creation(
  type: string,
  ref: TypeParam<Types>,
  description: string,
  fields: (t: InputBuilder) => InputFieldMap,
): void {
  const name = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
  const result = resultOf(type, ref, name);
  mutation(`${name}Create`, { description, result, submitted: `${type}Submitted`, fields });
  const [model = "", ...columns] = amendable[type] ?? [];
  const noun = nounOf(`${name}Amend`);
  mutation(`${name}Amend`, {
    description: `Says otherwise what the record says of ${withArticle(type)}; what is left out stays, and null says that there is none. How it stood is kept for those who look back.`,
    result,
    submitted: `${type}Submitted`,
    fields: (t) => ({
      ...amending(t),
      ...Object.fromEntries(
        columns.map((column) => {
          const none = isClearable(noun, column) ? "NULL" : "NEVER";
          return [column, inputField(t, model, column, { none })] as const;
        }),
      ),
    }),
  });
}

creation("Person", Person, "Brings in a person.", actorFields);
creation("State", State, "Brings in a state. Its government is an organization, and not the same.", (t) => ({
  ...actorFields(t),
  iso2: inputField(t, "Actor", "iso2"),
  iso3: inputField(t, "Actor", "iso3"),
}));
creation("Organization", Organization, "Brings in an organization.", (t) => ({
  ...actorFields(t),
  ...stateOf(t),
  organizationKind: inputField(t, "Actor", "organizationKind", needed),
}));
creation("Bloc", Bloc, "Brings in a bloc. Who belongs to it is told by memberships.", actorFields);
creation("Collective", Collective, "Brings in a collective.", (t) => ({ ...actorFields(t), ...stateOf(t) }));

const ofActor = (t: InputBuilder) => ({
  actor: t.field({ type: ActorLink, required: true, description: "Whose it is." }),
});
const actorResult = { result: resultOf("Actor", Actor, "actor"), submitted: "ActorSubmitted" };
mutation("actorNameAdd", {
  ...actorResult,
  description: "Adds a name to an actor, behind those it has. One that it has already is not added again.",
  fields: (t) => ({ ...ofActor(t), ...nameFields(t) }),
});
mutation("actorIdentifierAdd", {
  ...actorResult,
  description: "Adds what an actor is called in a register. No two actors have the same.",
  fields: (t) => ({ ...ofActor(t), ...identifierFields(t) }),
});

mutation("actorNameWithdraw", {
  ...actorResult,
  description:
    "Withdraws a name from an actor, as entered wrongly; given just as it stands. Who looks back still finds it. To put a name right, withdraw it and add the right one in one change set.",
  fields: (t) => ({ ...ofActor(t), ...nameFields(t) }),
});
mutation("actorIdentifierWithdraw", {
  ...actorResult,
  description:
    "Withdraws what an actor is called in a register, as entered wrongly; then another may have it. Who looks back still finds it.",
  fields: (t) => ({ ...ofActor(t), ...identifierFields(t) }),
});

const states = (t: InputBuilder, description: string) => ({ states: t.field({ type: [ActorLink], description }) });

creation("Crisis", Crisis, "Brings in a crisis, for facts to be recorded under.", (t) => ({
  key: inputField(t, "Crisis", "key", needed),
  title: inputField(t, "Crisis", "title", needed),
  summary: inputField(t, "Crisis", "summary", needed),
  start: inputField(t, "Crisis", "start"),
  end: inputField(t, "Crisis", "end"),
  ...states(t, "The states that it concerns."),
}));

creation("Place", Place, "Brings in a place.", (t) => ({
  key: inputField(t, "Place", "key", needed),
  name: inputField(t, "Place", "name", needed),
  placeKind: inputField(t, "Place", "kind", needed),
  partOf: inputField(t, "Place", "partOf"),
  latitude: inputField(t, "Place", "latitude"),
  longitude: inputField(t, "Place", "longitude"),
  geonamesId: inputField(t, "Place", "geonamesId"),
  ...states(t, "The states that it lies in; a bridge between two has both."),
}));

creation("Position", Position, "Brings in an office.", (t) => ({
  key: inputField(t, "Position", "key", needed),
  title: inputField(t, "Position", "title", needed),
  organization: inputField(t, "Position", "organization"),
  state: inputField(t, "Position", "state"),
  seats: inputField(t, "Position", "seats"),
  inception: inputField(t, "Position", "inception"),
  dissolution: inputField(t, "Position", "dissolution"),
}));

creation("SanctionsProgramme", SanctionsProgramme, "Brings in a sanctions programme.", (t) => ({
  key: inputField(t, "SanctionsProgramme", "key", needed),
  title: inputField(t, "SanctionsProgramme", "title", needed),
  issuer: inputField(t, "SanctionsProgramme", "issuer", needed),
  legalBases: inputField(t, "SanctionsProgramme", "legalBases"),
  measures: inputField(t, "SanctionsProgramme", "measures"),
}));

const PublicationInput = builder.inputType("PublicationInput", {
  description: "When a document was published: give exactly one.",
  isOneOf: true,
  fields: (t) => ({
    date: t.field({ type: FuzzyDateInput, description: "The date." }),
    at: t.field({ type: "DateTime", description: "The instant, where that is known; its day is taken in UTC." }),
  }),
});

creation("Document", Document, "Brings in a document. Its text is brought in by a capture.", (t) => ({
  key: inputField(t, "Document", "key", needed),
  title: inputField(t, "Document", "title", needed),
  publisher: inputField(t, "Document", "publisher", needed),
  authors: inputField(t, "Document", "authors"),
  url: inputField(t, "Document", "url"),
  documentKind: inputField(t, "Document", "kind", needed),
  language: inputField(t, "Document", "language", needed),
  published: t.field({ type: PublicationInput, required: true, description: "When it was published." }),
  reportedFrom: t.field({
    type: "DateTime",
    description: `${meaning("Document.reportedFrom")} Left out, it is the publication.`,
  }),
  licence: inputField(t, "Document", "licence", needed),
  note: inputField(t, "Document", "note"),
}));
