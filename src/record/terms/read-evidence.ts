import { EvidenceRole } from "../../generated/prisma/enums.ts";
import { spotAt, type Fields } from "./node.ts";
import { fields, optional, orElse, required, type Values } from "./read-fields.ts";
import { list, oneOf, text } from "./read-value.ts";
import { refer } from "./reference.ts";
import type { Read, Reading } from "./reading.ts";

/** A passage that bears on an assertion: words to be found in a document or in one copy of it, or a passage on record. */
export interface EvidenceEntry {
  readonly spot: Fields;
  readonly document: string | null;
  readonly capture: string | null;
  readonly passage: string | null;
  readonly role: EvidenceRole;
  readonly proves: readonly string[];
}

const around = { prefix: optional(text), suffix: optional(text) };
const bearing = {
  role: orElse<EvidenceRole>(oneOf(Object.values(EvidenceRole)), "SUPPORTS"),
  proves: orElse(list(text), [] as string[]),
};

const ofDocument = fields(
  { document: required(refer("document")), quote: required(text), ...around, ...bearing },
  {
    check: ({ document, ...words }, spot, reading) => {
      if (document !== undefined) noteQuote(document, words, spot, reading);
    },
  },
);

const quotationShape = {
  document: optional(refer("document")),
  capture: optional(refer("capture")),
  quote: optional(text),
  ...around,
};

/** Reads words that stand in a document or in one copy of it. */
export const quotation = fields(quotationShape, { check: checkQuotation });

const ofAnything = fields(
  { ...quotationShape, passage: optional(refer("passage")), ...bearing },
  {
    check: ({ passage, ...words }, spot, reading) => {
      if (passage === undefined) return;
      const quoted = ["document", "capture", "quote", "prefix", "suffix"].filter((name) => spot.fields.has(name));
      if (passage === null) checkQuotation(words, spot, reading);
      else if (quoted.length > 0) {
        reading.problems.add(spot, "A passage and words to be found are given; leave one of them.");
      }
    },
  },
);

/** Reads a quotation. Whether its source holds it is looked up when all captures are known. */
export const evidence: Read<EvidenceEntry> = (node, reading) => {
  if (reading.follow) return ofAnything(node, reading);
  const read = ofDocument(node, reading);
  return read && { ...read, capture: null, passage: null };
};

function checkQuotation(
  { document, capture, ...words }: Partial<Values<typeof quotationShape>>,
  spot: Fields,
  reading: Reading,
): void {
  if (document === undefined || capture === undefined) return;
  const missing = { code: "MISSING" } as const;
  const source = document ?? capture;
  if (source === null) {
    reading.problems.add(spot, "Where the words stand is missing; give a document, or a capture.", missing);
  } else if (document !== null && capture !== null) {
    reading.problems.add(spot, "A document and a capture are given; leave one of them.");
  } else if (words.quote === null) {
    reading.problems.add(spot, "The words are missing; give them as exact.", missing);
  } else noteQuote(source, words, spot, reading);
}

/** Notes a quotation to be looked for, if it could be read. */
function noteQuote(
  source: string,
  words: { quote?: string | null; prefix?: string | null; suffix?: string | null },
  spot: Fields,
  { quotes }: Reading,
): void {
  const { quote, prefix, suffix } = words;
  if (quote == null || prefix === undefined || suffix === undefined) return;
  quotes.push({ source, exact: quote, prefix, suffix, node: spotAt(spot, "quote") });
}
