import { CommitmentKind, CommitmentStatus } from "../../generated/prisma/enums.ts";
import { fuzzy } from "./read-date.ts";
import { optional, orElse, required } from "./read-fields.ts";
import { list, oneOf, text } from "./read-value.ts";
import { refer } from "./reference.ts";

/** The fields of that somebody was put on a list of sanctions. */
export const designation = {
  target: required(refer("actor")),
  programme: optional(refer("programme")),
  authority: optional(refer("actor")),
  listed: optional(fuzzy),
  measures: orElse(list(text, { distinct: true }), [] as string[]),
  reason: optional(text),
  reference: optional(text),
};

/** The fields of a promise, offer, threat, demand, ultimatum or warning. */
export const commitment = {
  commitmentKind: required(oneOf(Object.values(CommitmentKind))),
  by: required(refer("actor")),
  to: optional(refer("actor")),
  action: required(text),
  conditions: optional(text),
  otherwise: optional(refer("record", "COMMITMENT")),
  programme: optional(refer("programme")),
  designation: optional(refer("record", "DESIGNATION")),
  deadline: optional(fuzzy),
  commitmentStatus: required(oneOf(Object.values(CommitmentStatus))),
  outcome: optional(text),
  utterance: optional(refer("record", "UTTERANCE")),
  answers: optional(refer("record", "COMMITMENT", "EVENT", "UTTERANCE")),
};
