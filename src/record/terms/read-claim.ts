import { ClaimPolarity, Comparator, EventStatus } from "../../generated/prisma/enums.ts";
import { fields, optional, orElse, required, type Values } from "./read-fields.ts";
import { address, number, oneOf, text } from "./read-value.ts";
import { refer } from "./reference.ts";
import type { Fields } from "./node.ts";
import { spotAt } from "./node.ts";
import type { Reading } from "./reading.ts";

const quantity = number(-1e15, 1e15);

/** The fields of a proposition that somebody put forward. */
export const claim = {
  proposition: required(text),
  claimant: required(refer("actor")),
  polarity: orElse<ClaimPolarity>(oneOf(Object.values(ClaimPolarity)), "AFFIRMS"),
  about: optional(refer("actor")),
  subject: optional(refer("record")),
  contradicts: optional(refer("record", "CLAIM", "QUANTITY_CLAIM")),
  supports: optional(refer("record", "CLAIM", "QUANTITY_CLAIM")),
};

const quantityShape = {
  claimant: required(refer("actor")),
  value: optional(quantity),
  low: optional(quantity),
  high: optional(quantity),
  comparator: required(oneOf(Object.values(Comparator))),
  unit: required(text),
  counted: required(text),
  words: required(text),
  condition: optional(text),
  subject: optional(refer("record")),
};

/** The fields of a number that somebody put forward, and what they owe each other. */
export const quantityClaim = { shape: quantityShape, read: fields(quantityShape, { check: checkQuantity }) };

/** The fields of one telling of an event. */
export const account = {
  event: required(refer("record", "EVENT")),
  teller: required(refer("actor")),
  frame: required(text),
  statusAsserted: required(oneOf(Object.values(EventStatus))),
};

/** The fields of a third party's verdict. */
export const assessment = {
  subject: required(refer("record", "CLAIM", "QUANTITY_CLAIM", "ACCOUNT")),
  assessor: required(refer("actor")),
  verdict: required(text),
  url: optional(address),
};

function checkQuantity(
  { value, low, high }: Partial<Values<typeof quantityShape>>,
  spot: Fields,
  { problems }: Reading,
): void {
  if (low != null && high != null && low > high) {
    problems.add(spotAt(spot, "low"), `The lowest, ${low}, is above the highest, ${high}; exchange them.`);
    return;
  }
  const below = value != null && low != null && value < low;
  const above = value != null && high != null && value > high;
  if (!below && !above) return;
  const bounds = below ? `below the lowest, ${low}` : `above the highest, ${high}`;
  problems.add(spotAt(spot, "value"), `The value, ${value}, is ${bounds}; give the bounds that the source gives.`);
}
