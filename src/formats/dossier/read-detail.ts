import {
  Channel,
  EventKind,
  EventStatus,
  OccupancyCapacity,
  OccupancyClaim,
  ParticipationRole,
  RecognitionForm,
  RecognitionStance,
  SpeechAct,
} from "../../generated/prisma/enums.ts";
import { language } from "./read-actor.ts";
import { fuzzy } from "./read-date.ts";
import { fields, optional, orElse, required } from "./read-fields.ts";
import { list, oneOf, text, yesOrNo } from "./read-value.ts";
import { refer } from "./reference.ts";

/** What an assertion of each kind says, by the name of its field. */
export const details = {
  occupancy: {
    holder: required(refer("actor")),
    position: required(refer("position")),
    capacity: required(oneOf(Object.values(OccupancyCapacity))),
    claimType: required(oneOf(Object.values(OccupancyClaim))),
    basis: optional(text),
    assertedBy: optional(refer("actor")),
  },
  recognition: {
    recogniser: required(refer("actor")),
    claimant: required(refer("actor")),
    position: required(refer("position")),
    stance: required(oneOf(Object.values(RecognitionStance))),
    form: orElse<RecognitionForm>(oneOf(Object.values(RecognitionForm)), "NOT_STATED"),
    onBehalfOf: optional(refer("actor")),
    conditions: optional(text),
  },
  utterance: {
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
  },
  event: {
    title: required(text),
    eventKind: required(oneOf(Object.values(EventKind))),
    status: required(oneOf(Object.values(EventStatus))),
    places: orElse(list(refer("place"), { distinct: true }), [] as string[]),
    participations: orElse(
      list(fields({ actor: required(refer("actor")), role: required(oneOf(Object.values(ParticipationRole))) })),
      [],
    ),
    partOf: optional(refer("record", "EVENT")),
  },
};

/** Reads that somebody holds or claims an office. */
export const occupancy = fields(details.occupancy);

/** Reads where somebody stands towards a claimant. */
export const recognition = fields(details.recognition);

/** Reads that something happened, or did not. */
export const event = fields(details.event);

/** Reads that something was said. */
export const utterance = fields(details.utterance, {
  check: ({ exact, paraphrase, verbatim }, spot, { problems }) => {
    if (exact === null && paraphrase === null) {
      problems.add(spot, "What was said is missing; give the words as exact, their substance as paraphrase, or both.");
    }
    if (verbatim === true && exact === null) problems.add(spot, "Nothing is verbatim without the exact words.");
  },
});
