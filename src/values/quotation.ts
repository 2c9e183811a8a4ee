import { CodePoints } from "./code-point.ts";
import { occurrencesOf } from "./occurrence.ts";
import { excerpt } from "./excerpt.ts";
import { InvalidValue } from "./invalid-value.ts";
import { nearestTo, type NearSpan } from "./near-passage.ts";
import { isContinuing, isInvisible, normaliseText, type NormalisedText } from "./normalisation.ts";
import { wellFormed } from "./text.ts";

/** Words to be found in a text, as a W3C Web Annotation TextQuoteSelector states them. */
export interface Quote {
  exact: string;
  /** What stands immediately before `exact`, to tell equal places apart; white space between the two does not count. */
  prefix?: string | undefined;
  /** What stands immediately after `exact`. */
  suffix?: string | undefined;
}

/** A span of a text: offsets in Unicode code points, `end` excluded. */
interface Span {
  start: number;
  end: number;
}

/** A span of a text, and the text's own characters there. */
export interface Quotation extends Span {
  exact: string;
}

/** One of several places where a quotation stands, with the text around it. */
export interface Place extends Quotation {
  prefix: string;
  suffix: string;
}

/** A part of a text that resembles a quotation, in the text's own characters. */
export interface NearPassage extends NearSpan {
  text: string;
}

/** The text does not hold the quotation. `nearest` are up to three places that come closest, the best first. */
export class QuotationNotFound extends InvalidValue {
  readonly nearest: NearPassage[];

  constructor(message: string, nearest: NearPassage[]) {
    super(message);
    this.nearest = nearest;
  }
}

/** The text holds the quotation `count` times, overlaps counted; `places` are the first ten. */
export class QuotationAmbiguous extends InvalidValue {
  readonly count: number;
  readonly places: Place[];

  constructor(message: string, count: number, places: Place[]) {
    super(message);
    this.count = count;
    this.places = places;
  }
}

/** What a refusal may show of the text: all, nothing of it (its words are not public), or no near words (not looked for). */
export type Showing = "ALL" | "NOTHING" | "NO_NEAREST";

const MOST_PLACES = 10;
/** The nearest words of a longer quotation are not looked for: cutting them to size takes time with its length. */
const LONGEST_COMPARED = 5000;
const LONGEST_AFFIX = 1000;

/**
 * Finds the one place where a text holds a quotation, compared under the normalisation `chancery-1`. White space at
 * the ends of the quotation does not count. A match never splits a letter from its combining marks. Of several places,
 * the one that has the quotation's very characters is meant, where there is exactly one.
 * Time grows with text and quotation together, not with their product; 1 MB takes well under a second.
 * @param text the capture; pass the result of `normaliseText` instead to look for many quotations in one text
 * @param showing what a refusal may show of the text
 * @throws QuotationNotFound, with the nearest candidates
 * @throws QuotationAmbiguous when it stands in several places and prefix and suffix do not leave one
 * @throws InvalidValue when the quotation is empty, or anything holds a lone surrogate or NUL
 */
export function findQuotation(text: string | NormalisedText, quote: Quote, showing: Showing = "ALL"): Quotation {
  const capture = typeof text === "string" ? normaliseText(wellFormed(text, "text")) : text;
  const exact = formOf(quote.exact, "quotation");
  if (exact === "") throw new InvalidValue("The quotation is empty; give the words that the text holds.");
  const affixes = { prefix: affix(quote.prefix, "prefix"), suffix: affix(quote.suffix, "suffix") };

  const places: Span[] = [];
  let elsewhere = 0;
  for (const at of occurrencesOf(exact, capture.form)) {
    const [first, next] = [segmentAt(capture, at), segmentAt(capture, at + exact.length)];
    if (first < 0 || next < 0) continue;
    if (!stands(capture.form, at, at + exact.length, affixes)) elsewhere += 1;
    else places.push({ start: capture.start[first] ?? 0, end: capture.end[next - 1] ?? 0 });
  }
  const [only] = places.length > 1 ? verbatim(quote.exact.trim(), capture, places) : places;
  if (only) return quotationOf(capture, only);
  if (places.length > 0) throw ambiguous(capture, quote.exact, places, showing);
  throw notFound(capture, exact, quote.exact, elsewhere, showing);
}

/**
 * The text around a span: up to `length` code points on each side, fewer where a letter would be split from its marks.
 * Given back as prefix and suffix, they find the same span again, unless the text repeats all of it.
 * @param text where many spans of it are asked for, its `CodePoints`, so that it is walked once
 * @param start code points, as `findQuotation` answers them
 */
export function context(
  text: string | CodePoints,
  start: number,
  end: number,
  length = 32,
): { prefix: string; suffix: string } {
  const points = typeof text === "string" ? new CodePoints(text) : text;
  const before = Array.from(points.slice(Math.max(0, start - length), start));
  const after = Array.from(points.slice(end, end + length + 1));
  const whole = start > length ? before.findIndex((character) => !clings(character)) : 0;
  // One more was taken to see whether marks of the last letter lie beyond the cut; if they may, it is left out.
  let kept = after.length;
  if (kept > length)
    do kept -= 1;
    while (kept > 0 && clings(after[kept]));
  return { prefix: whole < 0 ? "" : before.slice(whole).join(""), suffix: after.slice(0, kept).join("") };
}

/** Whether no cut may be made before a character: a mark, or an invisible character that a mark may follow. */
function clings(character: string | undefined): boolean {
  return character !== undefined && (isContinuing(character) || isInvisible(character));
}

function formOf(text: string, what: string): string {
  return normaliseText(wellFormed(text, what)).form.replace(/^ | $/g, "");
}

function affix(text: string | undefined, what: string): string {
  if (text === undefined) return "";
  if (text.length > LONGEST_AFFIX) {
    throw new InvalidValue(
      `The ${what} has ${text.length} characters; at most ${LONGEST_AFFIX} are needed to tell places apart.`,
    );
  }
  return formOf(text, what);
}

/** Whether the prefix ends right before `from` and the suffix begins right at `to`, but for one space. */
function stands(form: string, from: number, to: number, affixes: { prefix: string; suffix: string }): boolean {
  const before = form.charAt(from - 1) === " " ? from - 1 : from;
  const after = form.charAt(to) === " " ? to + 1 : to;
  return form.endsWith(affixes.prefix, before) && form.startsWith(affixes.suffix, after);
}

/** The segment that begins at a UTF-16 offset of the normalised form (`count` at its end), or -1 if none does. */
function segmentAt(text: NormalisedText, offset: number): number {
  let [low, high] = [0, text.count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((text.formStart[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return text.formStart[low] === offset ? low : -1;
}

/** Of several places, in order, the one that has the very characters of the words; none where several have, or none. */
function verbatim(words: string, { points }: NormalisedText, places: readonly Span[]): readonly Span[] {
  const length = new CodePoints(words).pointAt(words.length);
  const starts = new Set<number>();
  for (const at of occurrencesOf(words, points.text)) starts.add(points.pointAt(at));
  const same = places.filter(({ start, end }) => end - start === length && starts.has(start));
  return same.length === 1 ? same : [];
}

function quotationOf({ points }: NormalisedText, { start, end }: Span): Quotation {
  return { start, end, exact: points.slice(start, end) };
}

const WITHHELD = "the nearest words are withheld, since the text is not public";
const NOT_LOOKED_FOR = "the nearest words were not looked for, since that takes long for many or long quotations";

function ambiguous(text: NormalisedText, exact: string, found: readonly Span[], showing: Showing): QuotationAmbiguous {
  const shown = showing === "NOTHING" ? [] : found.slice(0, MOST_PLACES);
  const places = shown.map((span) => ({ ...quotationOf(text, span), ...context(text.points, span.start, span.end) }));
  const message = `The text holds ${excerpt(exact)} in ${found.length} places; give the words before it as prefix or after it as suffix, so that one is left.`;
  return new QuotationAmbiguous(message, found.length, places);
}

function notFound(
  text: NormalisedText,
  form: string,
  exact: string,
  elsewhere: number,
  showing: Showing,
): QuotationNotFound {
  const compared = showing === "ALL" && form.length <= LONGEST_COMPARED;
  const nearest = (compared ? nearestTo(text, form) : []).map((span) => ({
    text: text.points.slice(span.start, span.end),
    ...span,
  }));
  if (elsewhere > 0) {
    const message = `The text holds ${excerpt(exact)} in ${elsewhere} place(s), but not with this prefix and suffix; give the words that stand directly around it.`;
    return new QuotationNotFound(message, nearest);
  }
  const [best] = nearest;
  const without = showing === "NOTHING" ? WITHHELD : compared ? "nothing in it comes near" : NOT_LOOKED_FOR;
  const advice = best ? `the nearest words in it are ${excerpt(best.text)}` : without;
  return new QuotationNotFound(
    `The text does not hold ${excerpt(exact)}; ${advice}. Quote the text's own words; only quotation marks, dashes and white space may be written otherwise.`,
    nearest,
  );
}
