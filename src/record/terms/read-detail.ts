import type { AssertionKind } from "../../generated/prisma/enums.ts";
import {
  Channel,
  OccupancyCapacity,
  OccupancyClaim,
  RecognitionForm,
  RecognitionStance,
  SpeechAct,
} from "../../generated/prisma/enums.ts";
import { fieldOfKind } from "../../values/kind-name.ts";
import { language } from "./read-actor.ts";
import { account, assessment, claim, quantityClaim } from "./read-claim.ts";
import { eventCoding, identityJudgement, mention } from "./read-coding.ts";
import { fuzzy } from "./read-date.ts";
import { event } from "./read-event.ts";
import { fields, optional, orElse, required, type Field } from "./read-fields.ts";
import { commitment, designation } from "./read-sanction.ts";
import { blocMembership, recognitionTally, stance } from "./read-standing.ts";
import { list, oneOf, text, yesOrNo } from "./read-value.ts";
import { refer } from "./reference.ts";

const occupancy = {
  holder: required(refer("actor")),
  position: required(refer("position")),
  capacity: required(oneOf(Object.values(OccupancyCapacity))),
  claimType: required(oneOf(Object.values(OccupancyClaim))),
  basis: optional(text),
  assertedBy: optional(refer("actor")),
};

const recognition = {
  recogniser: required(refer("actor")),
  claimant: required(refer("actor")),
  position: required(refer("position")),
  stance: required(oneOf(Object.values(RecognitionStance))),
  form: orElse<RecognitionForm>(oneOf(Object.values(RecognitionForm)), "NOT_STATED"),
  onBehalfOf: optional(refer("actor")),
  conditions: optional(text),
};

const utterance = {
  speaker: required(refer("actor")),
  onBehalfOf: optional(refer("actor")),
  via: optional(refer("actor")),
  exact: optional(text),
  paraphrase: optional(text),
  language: optional(language),
  translationOf: optional(refer("record", "UTTERANCE")),
  said: required(fuzzy),
  channel: required(oneOf(Object.values(Channel))),
  audience: optional(refer("actor")),
  acts: orElse(list(oneOf(Object.values(SpeechAct)), { distinct: true }), []),
  verbatim: orElse(yesOrNo, false),
};

/** What an assertion of each kind says, by the name of its field. */
export const details = {
  occupancy: optional(fields(occupancy)),
  recognition: optional(fields(recognition)),
  utterance: optional(
    fields(utterance, {
      check: ({ exact, paraphrase, verbatim }, spot, { problems }) => {
        if (exact === null && paraphrase === null) {
          problems.add(
            spot,
            "What was said is missing; give the words as exact, their substance as paraphrase, or both.",
          );
        }
        if (verbatim === true && exact === null) problems.add(spot, "Nothing is verbatim without the exact words.");
      },
    }),
  ),
  event: optional(event.read),
  designation: optional(fields(designation)),
  commitment: optional(fields(commitment)),
  claim: optional(fields(claim)),
  quantityClaim: optional(quantityClaim.read),
  account: optional(fields(account)),
  stance: optional(stance.read),
  recognitionTally: optional(fields(recognitionTally)),
  blocMembership: optional(blocMembership.read),
  eventCoding: optional(fields(eventCoding)),
  assessment: optional(fields(assessment)),
  mention: optional(fields(mention)),
  identityJudgement: optional(identityJudgement.read),
};

/** The name of the field that says what an assertion says. */
export type DetailName = keyof typeof details;

/** The field that says what an assertion of a kind says. */
export function detailOf(kind: AssertionKind): DetailName {
  return fieldOfKind(kind) as DetailName;
}

/** The fields of each. */
export const detailShapes: Readonly<Record<DetailName, Readonly<Record<string, Field<unknown>>>>> = {
  occupancy,
  recognition,
  utterance,
  event: event.shape,
  designation,
  commitment,
  claim,
  quantityClaim: quantityClaim.shape,
  account,
  stance: stance.shape,
  recognitionTally,
  blocMembership: blocMembership.shape,
  eventCoding,
  assessment,
  mention,
  identityJudgement: identityJudgement.shape,
};
