import { setImmediate as breathe } from "node:timers/promises";
import { excerpt } from "../../values/excerpt.ts";
import { InvalidValue } from "../../values/invalid-value.ts";
import { normaliseText, type NormalisedText } from "../../values/normalisation.ts";
import { findQuotation, QuotationAmbiguous, QuotationNotFound, type Quotation } from "../../values/quotation.ts";
import type { Node } from "./node.ts";
import type { ProblemDetails } from "./problem.ts";
import type { Quote, Reading } from "./reading.ts";

/** Words that quotations are looked for in, and whether a refusal may show any of them. */
export interface QuotedText {
  readonly text: string;
  readonly isShown: boolean;
}

/** How much is done for quotations that stand nowhere. */
export interface Patience {
  /** For how many of them the nearest words are looked for. */
  readonly compared: number;
  /** Milliseconds of work after which, once one has failed, no further quotation is looked for. */
  readonly budget: number;
  /** Milliseconds of work after which none is looked for any more, whatever came of those before. */
  readonly longest: number;
}

/** For what comes over the network: nobody holds the process up with quotations that stand nowhere. */
export const BRIEF: Patience = { compared: 3, budget: 1000, longest: 10_000 };

/** For many operations of somebody who works at the machine: what they quote is looked for to its end. */
export const UNHURRIED: Patience = { ...BRIEF, longest: Infinity };

/** For who works at the machine itself: every failed quotation is told with the nearest words. */
export const PATIENT: Patience = { compared: Infinity, budget: Infinity, longest: Infinity };

/** For how many milliseconds others wait for their turn. */
const LONGEST_BREATH = 5;

/**
 * Finds every quotation in the capture it is said to stand in, and tells of those that are not there or stand in several
 * places. Quotations of what has no capture here are passed over: that has been told. Others get their turn in between.
 * @param captures words by what quotations name their source by
 */
export async function findQuotes(
  quotes: readonly Quote[],
  captures: ReadonlyMap<string, QuotedText>,
  problems: Reading["problems"],
  { compared, budget, longest }: Patience,
): Promise<Map<Node, Quotation>> {
  const normalised = new Map<string, NormalisedText>();
  const found = new Map<Node, Quotation>();
  let [failed, spent, breathed] = [0, 0, performance.now()];
  for (const [at, { source, exact, prefix, suffix, node }] of quotes.entries()) {
    const words = captures.get(source);
    if (words === undefined) continue;
    if (spent > longest || (failed > 0 && spent > budget)) {
      const advice = failed > 0 ? "mend those told before first" : "submit fewer at once";
      problems.add(node, `${quotes.length - at} quotation(s), from this one on, were not looked for; ${advice}.`);
      break;
    }
    const begun = performance.now();
    const text = normalised.get(source) ?? normaliseText(words.text);
    normalised.set(source, text);
    const showing = !words.isShown ? "NOTHING" : failed < compared ? "ALL" : "NO_NEAREST";
    const quote = { exact, prefix: prefix ?? undefined, suffix: suffix ?? undefined };
    try {
      found.set(node, findQuotation(text, quote, showing));
    } catch (error) {
      if (!(error instanceof InvalidValue)) throw error;
      failed += 1;
      problems.add(node, `In ${excerpt(source)}: ${error.message}`, detailsOf(error));
    }
    spent += performance.now() - begun;
    if (performance.now() - breathed < LONGEST_BREATH) continue;
    await breathe();
    breathed = performance.now();
  }
  return found;
}

function detailsOf(error: InvalidValue): ProblemDetails {
  if (error instanceof QuotationNotFound) {
    return { code: "QUOTE_NOT_FOUND", nearest: error.nearest[0]?.text, quotation: error };
  }
  return error instanceof QuotationAmbiguous ? { code: "QUOTE_AMBIGUOUS", quotation: error } : {};
}
