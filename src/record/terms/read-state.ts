import type { AssertionKind } from "../../generated/prisma/enums.ts";
import { Confidence } from "../../generated/prisma/enums.ts";
import { bounds } from "../../limit/bound.ts";
import { excerpt } from "../../values/excerpt.ts";
import { nearestWord, orNearest } from "./nearest-word.ts";
import { spotAt, type Fields } from "./node.ts";
import { fuzzy, refuseBackwards } from "./read-date.ts";
import { detailOf, details, detailShapes, type DetailName } from "./read-detail.ts";
import { evidence } from "./read-evidence.ts";
import { fields, optional, orElse, required, type Values } from "./read-fields.ts";
import { list, oneOf, orNothing, text } from "./read-value.ts";
import { refer } from "./reference.ts";
import type { Reading } from "./reading.ts";

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

/** The fields that every state of a record has. */
export const stateShape = {
  confidence: optional(oneOf(Object.values(Confidence))),
  valid: optional(valid),
  attribution: orElse(list(teller, { most: bounds.evidence }), []),
  ...details,
};

const updateShape = {
  ...stateShape,
  status: orElse<"ACCEPTED" | "DISPUTED">(oneOf(["ACCEPTED", "DISPUTED"]), "ACCEPTED"),
  evidence: required(list(evidence, { least: 1, most: bounds.evidence })),
};

/** What a record says from some report on; of the details the one of its kind is given. */
export type StateEntry = Values<typeof stateShape> & {
  readonly status: "ACCEPTED" | "DISPUTED" | "PROPOSED";
  readonly evidence: Values<typeof updateShape>["evidence"];
};

/** What a detail of a state says, where it is given. */
export type Given<Name extends DetailName> = NonNullable<StateEntry[Name]>;

/** Reads what a later report says of a record. Whether it fits the kind of the record is looked at there. */
export const update = fields(updateShape);

/** Tells of what does not fit the kind of a record in one of its states. */
export function checkState(
  { evidence = [] }: { readonly evidence?: StateEntry["evidence"] | undefined },
  kind: AssertionKind | undefined,
  spot: Fields,
  reading: Reading,
): void {
  const { problems } = reading;
  if (evidence.length > 0 && !evidence.some(({ role }) => role === "SUPPORTS")) {
    problems.add(
      spotAt(spot, "evidence"),
      "Nothing supports the assertion; one quotation at least has the role SUPPORTS.",
    );
  }
  if (kind === undefined) return;
  const wanted = detailOf(kind);
  for (const name of Object.keys(details) as DetailName[]) {
    const given = spot.fields.get(name);
    if (name === wanted && !given)
      problems.add(spot, `The field ${name} is missing; an assertion of kind ${kind} has it.`);
    if (name !== wanted && given)
      problems.add(given.name, `An assertion of kind ${kind} has ${wanted}, and no ${name}.`);
  }
  if (kind === "UTTERANCE" && spot.fields.has("valid")) {
    problems.add(spotAt(spot, "valid"), "An utterance has its time in utterance.said; leave valid out.");
  }
  refuseUnknownProofs(evidence, spot, [...Object.keys(detailShapes[wanted]), "valid", "attribution"], reading);
}

function refuseUnknownProofs(
  evidence: StateEntry["evidence"],
  spot: Fields,
  known: readonly string[],
  { problems }: Reading,
): void {
  evidence.forEach(({ proves }, at) => {
    proves.forEach((name, which) => {
      if (known.includes(name)) return;
      const nearest = nearestWord(name, known);
      const message = `${excerpt(name)} is no field that a quotation could prove; there are ${known.join(", ")}.${orNearest(nearest)}`;
      problems.add(spotAt(spot, "evidence", at, "proves", which), message, { nearest });
    });
  });
}
