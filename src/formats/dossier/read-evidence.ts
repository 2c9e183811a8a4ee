import { EvidenceRole } from "../../generated/prisma/enums.ts";
import { spotAt } from "./node.ts";
import { fields, optional, orElse, required, type Values } from "./read-fields.ts";
import { list, oneOf, text } from "./read-value.ts";
import { refer } from "./reference.ts";
import type { Read } from "./reading.ts";

const shape = {
  document: required(refer("document")),
  quote: required(text),
  prefix: optional(text),
  suffix: optional(text),
  role: orElse<EvidenceRole>(oneOf(Object.values(EvidenceRole)), "SUPPORTS"),
  proves: orElse(list(text), [] as string[]),
};

/** A quotation as a dossier gives it. */
export type EvidenceEntry = Values<typeof shape>;

/** Reads a quotation. Whether its document holds it is looked up when all captures are known. */
export const evidence: Read<EvidenceEntry> = fields(shape, {
  check: ({ document, quote, prefix, suffix }, spot, { quotes }) => {
    if (document === undefined || quote === undefined || prefix === undefined || suffix === undefined) return;
    quotes.push({ document, exact: quote, prefix, suffix, node: spotAt(spot, "quote") });
  },
});
