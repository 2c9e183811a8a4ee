import { Comparator, StanceKind } from "../../generated/prisma/enums.ts";
import { refuseSame } from "./refuse-same.ts";
import { fields, optional, required } from "./read-fields.ts";
import { number, oneOf, text } from "./read-value.ts";
import { refer } from "./reference.ts";

const stanceShape = {
  actor: required(refer("actor")),
  towards: required(refer("actor")),
  stanceKind: required(oneOf(Object.values(StanceKind))),
};

/** The fields of where an actor stands towards another. */
export const stance = { shape: stanceShape, read: fields(stanceShape, { check: refuseSame("actor", "towards") }) };

/** The fields of how many recognise a claimant, as somebody counts. */
export const recognitionTally = {
  claimant: required(refer("actor")),
  position: required(refer("position")),
  comparator: required(oneOf(Object.values(Comparator))),
  value: required(number(0, 2 ** 31 - 1, { whole: true })),
  scope: required(text),
  among: optional(refer("actor", "BLOC")),
  countedBy: optional(refer("actor")),
};

const membershipShape = { bloc: required(refer("actor", "BLOC")), member: required(refer("actor")) };

/** The fields of that an actor is a member of a bloc. */
export const blocMembership = {
  shape: membershipShape,
  read: fields(membershipShape, { check: refuseSame("bloc", "member") }),
};
