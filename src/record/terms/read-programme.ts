import { fields, orElse, required, type Values } from "./read-fields.ts";
import { list, text, textLike } from "./read-value.ts";
import { refer } from "./reference.ts";
import type { Read } from "./reading.ts";

/** Reads the name of a programme, which may have capitals, for authorities write theirs so. */
const programmeKey = textLike(
  (value) => value.length <= 100 && /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(value),
  "a programme's key is 1 to 100 letters and digits, with single hyphens between words, such as US-VEN",
);

const shape = {
  key: required(programmeKey),
  title: required(text),
  issuer: required(refer("actor")),
  legalBases: orElse(list(text, { distinct: true }), [] as string[]),
  measures: orElse(list(text, { distinct: true }), [] as string[]),
};

/** A sanctions programme as a dossier gives it. */
export type ProgrammeEntry = Values<typeof shape>;

/** Reads a sanctions programme. */
export const programme: Read<ProgrammeEntry> = fields(shape);
