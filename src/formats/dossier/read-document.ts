import { checkDocument, documentShape, mediaType } from "../../record/terms/read-document.ts";
import { instant } from "../../record/terms/read-date.ts";
import { fields, optional, required, type Values } from "../../record/terms/read-fields.ts";
import { wholeText, yesOrNo } from "../../record/terms/read-value.ts";
import type { Read } from "../../record/terms/reading.ts";
import { captureFile } from "./capture-file.ts";

const captureShape = {
  mediaType: required(mediaType),
  capturedAt: required(instant),
  text: optional(wholeText),
  file: optional(captureFile),
};

const capture = fields(captureShape, {
  check: ({ text: written, file }, spot, { problems }) => {
    if (written === null && file === null)
      problems.add(spot, "The capture has no words; give them as text, or name a file.");
    if (written != null && file != null) problems.add(spot, "The capture has a text and a file; leave one of them.");
  },
});

const shape = { ...documentShape, textPublic: required(yesOrNo), capture: required(capture) };

/** A document as a dossier gives it. The words of its capture are in `text` or in `file`. */
export type DocumentEntry = Values<typeof shape>;

/** Reads a document with its capture. */
export const document: Read<DocumentEntry> = fields(shape, {
  check: (entry, spot, reading) => {
    const words = entry.capture?.text ?? entry.capture?.file;
    if (entry.key !== undefined && words != null && !reading.captures.has(entry.key)) {
      reading.captures.set(entry.key, words);
    }
    checkDocument(entry, spot, reading);
  },
});
