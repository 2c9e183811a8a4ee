import { excerpt } from "../../values/excerpt.ts";
import { InvalidValue } from "../../values/invalid-value.ts";
import { normaliseText, type NormalisedText } from "../../values/normalisation.ts";
import { findQuotation, QuotationAmbiguous, QuotationNotFound, type Quotation } from "../../values/quotation.ts";
import type { Node } from "./node.ts";
import type { ProblemDetails } from "./problem.ts";
import type { Quote, Reading } from "./reading.ts";

/**
 * Finds every quotation in the capture it is said to stand in, and tells of those that are not there or stand in several
 * places. Quotations of what has no capture here are passed over: that has been told.
 * @param captures words by what quotations name their source by
 */
export function findQuotes(
  quotes: readonly Quote[],
  captures: ReadonlyMap<string, string>,
  problems: Reading["problems"],
): Map<Node, Quotation> {
  const normalised = new Map<string, NormalisedText>();
  const found = new Map<Node, Quotation>();
  for (const { source, exact, prefix, suffix, node } of quotes) {
    const words = captures.get(source);
    if (words === undefined) continue;
    const text = normalised.get(source) ?? normaliseText(words);
    normalised.set(source, text);
    try {
      found.set(node, findQuotation(text, { exact, prefix: prefix ?? undefined, suffix: suffix ?? undefined }));
    } catch (error) {
      if (!(error instanceof InvalidValue)) throw error;
      problems.add(node, `In ${excerpt(source)}: ${error.message}`, detailsOf(error));
    }
  }
  return found;
}

function detailsOf(error: InvalidValue): ProblemDetails {
  if (error instanceof QuotationNotFound) {
    return { code: "QUOTE_NOT_FOUND", nearest: error.nearest[0]?.text, quotation: error };
  }
  return error instanceof QuotationAmbiguous ? { code: "QUOTE_AMBIGUOUS", quotation: error } : {};
}
