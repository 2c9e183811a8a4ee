import { fuzzy, refuseBackwards } from "./read-date.ts";
import { fields, optional, orElse, required } from "./read-fields.ts";
import { key, list, text } from "./read-value.ts";
import { refer } from "./reference.ts";

/** Reads the crisis that a dossier tells. */
export const crisis = fields(
  {
    key: required(key),
    title: required(text),
    summary: required(text),
    start: optional(fuzzy),
    end: optional(fuzzy),
    states: orElse(list(refer("actor", "STATE"), { distinct: true }), []),
  },
  { check: refuseBackwards },
);
