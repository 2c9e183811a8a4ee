import { Confidence } from "../../generated/prisma/enums.ts";
import { excerpt } from "../../values/excerpt.ts";
import { nearestWord, orNearest } from "./nearest-word.ts";
import { spotAt, type Fields } from "./node.ts";
import { fuzzy, refuseBackwards } from "./read-date.ts";
import { details, event, occupancy, recognition, utterance } from "./read-detail.ts";
import { evidence } from "./read-evidence.ts";
import { fields, optional, orElse, required, type Values } from "./read-fields.ts";
import { key, list, oneOf, orNothing, text } from "./read-value.ts";
import { refer } from "./reference.ts";
import type { Read, Reading } from "./reading.ts";

const valid = fields({ start: optional(fuzzy), end: optional(orNothing(fuzzy)) }, { check: refuseBackwards });

const teller = fields(
  { actor: optional(refer("actor")), words: optional(text), verb: required(text), hedge: optional(text) },
  {
    check: ({ actor, words }, spot, { problems }) => {
      if (actor === null && words === null) problems.add(spot, "Who says it is missing; give an actor, or words.");
      if (actor != null && words != null) problems.add(spot, "An actor and words are given; leave one of them.");
    },
  },
);

const shape = {
  key: required(key),
  kind: required(oneOf(["OCCUPANCY", "RECOGNITION", "UTTERANCE", "EVENT"] as const)),
  status: orElse<"ACCEPTED" | "DISPUTED">(oneOf(["ACCEPTED", "DISPUTED"]), "ACCEPTED"),
  confidence: optional(oneOf(Object.values(Confidence))),
  valid: optional(valid),
  attribution: orElse(list(teller), []),
  evidence: required(list(evidence, { least: 1 })),
  occupancy: optional(occupancy),
  recognition: optional(recognition),
  utterance: optional(utterance),
  event: optional(event),
};

/** An assertion as a dossier gives it; of the last four fields the one of its kind is given. */
export type AssertionEntry = Values<typeof shape>;

const hints = {
  reported: "When it was reported follows from its documents; give their instant there, as documents[].reported.",
};

/** Reads an assertion with its evidence. */
export const assertion: Read<AssertionEntry> = fields(shape, { check, hints });

function check(entry: Partial<AssertionEntry>, spot: Fields, reading: Reading): void {
  const { problems } = reading;
  if (entry.evidence && !entry.evidence.some(({ role }) => role === "SUPPORTS")) {
    problems.add(
      spotAt(spot, "evidence"),
      "Nothing supports the assertion; one quotation at least has the role SUPPORTS.",
    );
  }
  if (entry.kind === undefined) return;
  const wanted = entry.kind.toLowerCase() as keyof typeof details;
  for (const name of Object.keys(details) as (keyof typeof details)[]) {
    const given = spot.fields.get(name);
    if (name === wanted && !given)
      problems.add(spot, `The field ${name} is missing; an assertion of kind ${entry.kind} has it.`);
    if (name !== wanted && given)
      problems.add(given.name, `An assertion of kind ${entry.kind} has ${wanted}, and no ${name}.`);
  }
  if (entry.kind === "UTTERANCE" && spot.fields.has("valid")) {
    problems.add(spotAt(spot, "valid"), "An utterance has its time in utterance.said; leave valid out.");
  }
  refuseUnknownProofs(entry, spot, [...Object.keys(details[wanted]), "valid", "attribution"], reading);
}

function refuseUnknownProofs(
  { evidence = [] }: Partial<AssertionEntry>,
  spot: Fields,
  known: string[],
  { problems }: Reading,
): void {
  evidence.forEach(({ proves }, at) =>
    proves.forEach((name, which) => {
      if (known.includes(name)) return;
      const nearest = nearestWord(name, known);
      const message = `${excerpt(name)} is no field that a quotation could prove; there are ${known.join(", ")}.${orNearest(nearest)}`;
      problems.add(spotAt(spot, "evidence", at, "proves", which), message, nearest);
    }),
  );
}
