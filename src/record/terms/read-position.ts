import { fuzzy, refuseBackwards } from "./read-date.ts";
import { fields, optional, required, type Values } from "./read-fields.ts";
import { key, number, shortText } from "./read-value.ts";
import { refer } from "./reference.ts";
import type { Read } from "./reading.ts";

const shape = {
  key: required(key),
  title: required(shortText),
  state: optional(refer("actor", "STATE")),
  organization: optional(refer("actor", "ORGANIZATION")),
  seats: optional(number(1, 1_000_000, { whole: true })),
  inception: optional(fuzzy),
  dissolution: optional(fuzzy),
};

/** An office as a dossier gives it. */
export type PositionEntry = Values<typeof shape>;

/** Reads an office. */
export const position: Read<PositionEntry> = fields(shape, {
  check: ({ inception, dissolution }, spot, reading) =>
    refuseBackwards({ start: inception, end: dissolution }, spot, reading),
});
