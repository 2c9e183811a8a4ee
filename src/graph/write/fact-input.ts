import { bounds } from "../../limit/bound.ts";
import { detailShapes, type DetailName } from "../../record/terms/read-detail.ts";
import { builder } from "../builder.ts";
import { enumOf, meaning } from "../meaning.ts";
import { FuzzyDateInput, inputField, type InputBuilder } from "./input-field.ts";
import { CaptureLink, DocumentLink, PassageLink, PlaceLink } from "./link-input.ts";

const TimeSpanInput = builder.inputType("TimeSpanInput", {
  description: "When something held in the world, from its first day to its last, both included.",
  fields: (t) => ({
    start: t.field({ type: FuzzyDateInput, description: "The first day it held." }),
    end: t.field({ type: FuzzyDateInput, description: "The last day it held; left out where no end is known." }),
  }),
});

const AttributionStepInput = builder.inputType("AttributionStepInput", {
  description: `${meaning("Attribution")} Give an actor, or words for somebody.`,
  fields: (t) => ({
    actor: inputField(t, "Attribution", "actor"),
    words: inputField(t, "Attribution", "words"),
    verb: inputField(t, "Attribution", "verb", { required: true }),
    hedge: inputField(t, "Attribution", "hedge"),
  }),
});

/** What the words of a quotation are. */
export const quotedWords =
  "The words, as the source has them. Quotation marks, dashes and white space may be written otherwise: the passage keeps the source's own characters.";

/** The fields of words that the server is to find. */
export const quotationFields = (t: InputBuilder) => ({
  document: t.field({
    type: DocumentLink,
    description: "The document that holds the words: the copy of it that was taken last is searched.",
  }),
  capture: t.field({ type: CaptureLink, description: "The one copy that holds the words, instead of the document." }),
  prefix: t.string({ description: "Words right before, to tell equal places apart." }),
  suffix: t.string({ description: "Words right after, to tell equal places apart." }),
});

const EvidenceInput = builder.inputType("EvidenceInput", {
  description:
    "A passage that bears on an assertion: words, which the server finds in the document or the capture; or a passage on record.",
  fields: (t) => ({
    ...quotationFields(t),
    exact: t.string({ description: quotedWords }),
    passage: t.field({ type: PassageLink, description: "A passage on record, instead of words to be found." }),
    role: inputField(t, "Evidence", "role", { absent: "SUPPORTS" }),
    proves: inputField(t, "Evidence", "proves"),
  }),
});

const ExtractorInput = builder.inputType("ExtractorInput", {
  description: "The program that made an assertion out of its source.",
  fields: (t) => ({
    kind: t.field({ type: enumOf("ExtractorKind"), required: true, description: "RULE, MODEL or DATASET." }),
    name: t.string({ required: true, description: "The name of the program or data set." }),
    version: t.string({ required: true, description: "Its version." }),
  }),
});

const stateFields = (t: InputBuilder) => ({
  status: inputField(t, "Assertion", "status", { absent: "ACCEPTED" }),
  confidence: inputField(t, "Assertion", "confidence"),
  attribution: t.field({
    type: [AttributionStepInput],
    description:
      "Who says that who says it, the outermost teller first; left out where the source speaks in its own voice.",
  }),
  evidence: t.field({
    type: [EvidenceInput],
    description: `The passages that bear on it, ${bounds.evidence} at most; one at least supports it, unless a machine proposes it.`,
  }),
  extractor: t.field({
    type: ExtractorInput,
    description: "The program that made it; left out where a person read the source.",
  }),
  reportedAt: t.field({
    type: "DateTime",
    description: "When a source first made it known, for what a machine proposes without evidence only.",
  }),
});

const valid = (t: InputBuilder) => ({
  valid: t.field({ type: TimeSpanInput, description: "When it held in the world." }),
});

/** What a kind takes that no column of its model holds as it is given. */
const special: Readonly<Record<string, (t: InputBuilder) => object>> = {
  event: (t) => ({
    eventStatus: inputField(t, "Event", "eventStatus", { required: true }),
    places: t.field({ type: [PlaceLink], description: "Where it took place." }),
    participations: t.field({ type: [ParticipationInput], description: "Who took part, and in what part." }),
    election: t.field({ type: ElectionInput, description: "What there is to say of it as an election." }),
    consignment: t.field({ type: ConsignmentInput, description: "What there is to say of it as a consignment." }),
    blockade: t.field({ type: BlockadeInput, description: "What there is to say of it as a blockade." }),
  }),
  utterance: (t) => ({ said: t.field({ type: FuzzyDateInput, required: true, description: "When it was said." }) }),
};

const ParticipationInput = partInput("Participation", { actor: true, role: true });
const ElectionInput = partInput("Election", { position: true });
const ConsignmentInput = partInput("Consignment", { donor: false, goods: true, amount: false, route: false });
const BlockadeInput = partInput("Blockade", { means: true });
const elsewhere: Readonly<Record<string, readonly string[]>> = {
  event: ["status", "places", "participations", "election", "consignment", "blockade"],
  utterance: ["said"],
};

function partInput(model: string, fields: Readonly<Record<string, boolean>>) {
  return builder.inputType(`${model}Input`, {
    description: meaning(model),
    fields: (t) =>
      Object.fromEntries(
        Object.entries(fields).map(([name, required]) => [name, inputField(t, model, name, { required })]),
      ),
  });
}

/** The input of what a kind of fact says: the fields of its model, by the terms of entry, and those of every fact. */
export function factInput(detail: DetailName) {
  const model = `${detail.charAt(0).toUpperCase()}${detail.slice(1)}`;
  return builder.inputType(`${model}Input`, {
    description: `${meaning(model)} All that it says is given: what is left out, it says no more.`,
    fields: (t) => {
      const own = Object.entries(detailShapes[detail]).filter(([name]) => !elsewhere[detail]?.includes(name));
      const fields = own.map(([name, { absent }]) => {
        return [name, inputField(t, model, name, { required: absent === undefined, absent: absent?.value })] as const;
      });
      return {
        ...Object.fromEntries(fields),
        ...special[detail]?.(t),
        ...(detail === "utterance" ? {} : valid(t)),
        ...stateFields(t),
      };
    },
  });
}
