import { excerpt } from "../../values/excerpt.ts";
import { InvalidValue } from "../../values/invalid-value.ts";
import { normaliseText, type NormalisedText } from "../../values/normalisation.ts";
import { findQuotation, QuotationNotFound, type Quotation } from "../../values/quotation.ts";
import type { Node } from "./node.ts";
import type { Quote, Reading } from "./reading.ts";

/**
 * Finds every quotation in the capture of its document, and tells of those that are not there or stand in several
 * places. Quotations of documents without a capture here are passed over: that has been told.
 * @param captures words by the key of the document
 */
export function findQuotes(
  quotes: readonly Quote[],
  captures: ReadonlyMap<string, string>,
  problems: Reading["problems"],
): Map<Node, Quotation> {
  const normalised = new Map<string, NormalisedText>();
  const found = new Map<Node, Quotation>();
  for (const { document, exact, prefix, suffix, node } of quotes) {
    const words = captures.get(document);
    if (words === undefined) continue;
    const text = normalised.get(document) ?? normaliseText(words);
    normalised.set(document, text);
    try {
      found.set(node, findQuotation(text, { exact, prefix: prefix ?? undefined, suffix: suffix ?? undefined }));
    } catch (error) {
      if (!(error instanceof InvalidValue)) throw error;
      const nearest = error instanceof QuotationNotFound ? error.nearest[0]?.text : undefined;
      problems.add(node, `In ${excerpt(document)}: ${error.message}`, nearest);
    }
  }
  return found;
}
