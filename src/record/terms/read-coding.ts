import { IdentityVerdict } from "../../generated/prisma/enums.ts";
import { parseDay } from "../../values/day.ts";
import { refuseSame } from "./refuse-same.ts";
import { fields, optional, orElse, required, type Values } from "./read-fields.ts";
import { attempt, list, number, oneOf, text } from "./read-value.ts";
import { refer } from "./reference.ts";
import type { Fields } from "./node.ts";
import type { Read, Reading } from "./reading.ts";

const day: Read<number> = (node, reading) => {
  const given = text(node, reading);
  return given === undefined ? undefined : attempt(node, reading.problems, () => parseDay(given));
};

/** The fields of a code that somebody gave a record in an ontology of events. */
export const eventCoding = {
  subject: required(refer("record")),
  ontology: required(text),
  version: required(text),
  code: required(text),
  modes: orElse(list(text, { distinct: true }), [] as string[]),
  contexts: orElse(list(text, { distinct: true }), [] as string[]),
  quad: optional(number(1, 4, { whole: true })),
  coder: required(text),
  codedOn: optional(day),
};

/** The fields of a name in a text. Whether its passage holds it is looked up when all quotations are found. */
export const mention = { surface: required(text), resolvesTo: optional(refer("actor")) };

const judgementShape = {
  left: optional(refer("actor")),
  mention: optional(refer("record", "MENTION")),
  right: required(refer("actor")),
  verdict: required(oneOf(Object.values(IdentityVerdict))),
  score: optional(number(0, 1)),
  explanation: required(text),
  judge: required(text),
};

/** The fields of a judgement whether two are one. */
export const identityJudgement = { shape: judgementShape, read: fields(judgementShape, { check: checkJudgement }) };

function checkJudgement(judgement: Partial<Values<typeof judgementShape>>, spot: Fields, reading: Reading): void {
  const { left, mention: name } = judgement;
  if (left === null && name === null) {
    reading.problems.add(spot, "What is judged is missing; give an actor as left, or a mention.");
  }
  if (left != null && name != null) reading.problems.add(spot, "left and a mention are given; leave one of them.");
  refuseSame("left", "right")(judgement, spot, reading);
}
