import { DocumentKind } from "../../generated/prisma/enums.ts";
import { language } from "./read-actor.ts";
import { captureFile } from "./capture-file.ts";
import { instant, publication } from "./read-date.ts";
import { parseDay } from "../../values/day.ts";
import { fields, optional, orElse, required, type Values } from "./read-fields.ts";
import { address, key, list, oneOf, text, textLike, yesOrNo } from "./read-value.ts";
import type { Read } from "./reading.ts";

const captureShape = {
  mediaType: required(
    textLike((type) => /^[a-z]+\/[a-z0-9.+-]+$/.test(type), "a media type is needed, such as text/plain"),
  ),
  capturedAt: required(instant),
  text: optional(text),
  file: optional(captureFile),
};

const capture = fields(captureShape, {
  check: ({ text: written, file }, spot, { problems }) => {
    if (written === null && file === null)
      problems.add(spot, "The capture has no words; give them as text, or name a file.");
    if (written != null && file != null) problems.add(spot, "The capture has a text and a file; leave one of them.");
  },
});

const shape = {
  key: required(key),
  title: required(text),
  publisher: required(text),
  authors: orElse(list(text), [] as string[]),
  url: optional(address),
  kind: required(oneOf(Object.values(DocumentKind))),
  language: required(language),
  published: required(publication),
  reported: optional(instant),
  licence: required(text),
  textPublic: required(yesOrNo),
  note: optional(text),
  capture: required(capture),
};

/** A document as a dossier gives it. The words of its capture are in `text` or in `file`. */
export type DocumentEntry = Values<typeof shape>;

/** Reads a document with its capture. */
export const document: Read<DocumentEntry> = fields(shape, {
  check: ({ key, kind, published, reported, capture }, spot, { problems, captures }) => {
    const words = capture?.text ?? capture?.file;
    if (key !== undefined && words != null && !captures.has(key)) captures.set(key, words);
    const earliest = published?.at ?? (published?.date.earliest == null ? null : published.date.earliest * 86_400_000);
    // A briefing tells what others had published before it, a row of a data set what was in it.
    const ofItsOwn = kind !== "BRIEFING" && kind !== "DATASET_ROW";
    if (ofItsOwn && reported != null && earliest !== null && Number(reported) < Number(earliest)) {
      problems.add(
        spot,
        "It counts as known before it was published; give a later instant as reported, or leave it out.",
      );
    }
    if (reported === null && published && !isInstant(published.date.latest)) {
      problems.add(
        spot,
        "It is not known when this was published at the latest, within the years 0001 to 9999; say from when on it counts as known, as reported: <instant>.",
      );
    }
  },
});

/** Whether a day lies in the years that instants are kept in. */
function isInstant(day: number | null): boolean {
  return day !== null && day >= parseDay("0001-01-01") && day <= parseDay("9999-12-31");
}
