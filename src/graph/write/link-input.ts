import { builder } from "../builder.ts";

const byId = "By its id.";
const byRef = "By the reference that another operation of the same change set gives itself.";

function linkInput(name: string, noun: string, key?: string) {
  return builder.inputType(name, {
    description: `Names ${noun}: give exactly one.`,
    isOneOf: true,
    fields: (t) => ({
      id: t.id({ description: byId }),
      ...(key === undefined ? {} : { key: t.string({ description: key }) }),
      ref: t.string({ description: byRef }),
    }),
  });
}

const byKey = "By its key, letter for letter.";

export const ActorLink = linkInput("ActorLink", "an actor of any kind", byKey);
export const CrisisLink = linkInput("CrisisLink", "a crisis", byKey);
export const DocumentLink = linkInput("DocumentLink", "a document", byKey);
export const CaptureLink = linkInput("CaptureLink", "a capture");
export const PassageLink = linkInput("PassageLink", "a passage");
export const PlaceLink = linkInput("PlaceLink", "a place", byKey);
export const PositionLink = linkInput("PositionLink", "an office", byKey);
export const SanctionsProgrammeLink = linkInput("SanctionsProgrammeLink", "a sanctions programme", byKey);
export const RecordLink = linkInput(
  "RecordLink",
  "the record of a fact",
  "By its key, letter for letter, in the crisis of what it is linked from.",
);

/** The input that names something of a model. */
export const linkInputs: Readonly<Record<string, unknown>> = {
  Actor: ActorLink,
  Crisis: CrisisLink,
  Document: DocumentLink,
  Capture: CaptureLink,
  Passage: PassageLink,
  Place: PlaceLink,
  Position: PositionLink,
  SanctionsProgramme: SanctionsProgrammeLink,
  Record: RecordLink,
};
