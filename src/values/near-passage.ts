import type { NormalisedText } from "./normalisation.ts";

/** A span of a text that resembles a quotation: offsets in Unicode code points, `end` excluded. */
export interface NearSpan {
  start: number;
  end: number;
  /** Dice's coefficient of the three-character sequences of both, letter case aside: 0 nothing shared, 1 all. */
  similarity: number;
}

const MOST = 3;
const LEAST_SIMILARITY = 0.3;
/** Longer quotations are placed to the word, not to the character: aligning takes time with the square of the length. */
const LONGEST_ALIGNED = 600;
const BUCKETS = 1 << 16;

/**
 * Up to three parts of a text that come nearest to a quotation it does not hold, the best first.
 *
 * A window of the quotation's length slides over the text, counting hashed trigrams shared with the quotation; the best
 * windows that do not overlap are then cut to size, by aligning a quotation of up to 600 characters (Sellers, "The
 * Theory and Computation of Evolutionary Distances", 1980) or at word ends for a longer one. Time grows with the text
 * plus at most three alignments of 600 by 1,800 characters.
 * @param form the quotation, normalised as the text is
 */
export function nearestTo(text: NormalisedText, form: string): NearSpan[] {
  const [haystack, needle] = [lower(text.form), lower(form)];
  const size = Math.min(3, needle.length);
  if (size === 0 || haystack.length < size) return [];
  const shared = sharedGrams(haystack, needle, size);
  const found: NearSpan[] = [];
  for (let tries = 0; tries < MOST; tries += 1) {
    const at = argMax(shared);
    if ((shared[at] ?? 0) <= 0) break;
    shared.fill(0, Math.max(0, at - needle.length + 1), at + needle.length);
    const [from, to] = needle.length <= LONGEST_ALIGNED ? align(haystack, needle, at) : [at, at + needle.length];
    const span = spanOf(text, haystack, needle, from, to, size);
    const overlaps = found.some((other) => other.start < span.end && span.start < other.end);
    if (span.similarity >= LEAST_SIMILARITY && !overlaps) found.push(span);
  }
  return found.sort((a, b) => b.similarity - a.similarity || a.start - b.start);
}

/** For each offset, how many n-grams of the needle the window of the needle's length that begins there holds. */
function sharedGrams(haystack: string, needle: string, size: number): Int32Array {
  const grams = needle.length - size + 1;
  const wanted = new Int32Array(BUCKETS);
  for (let at = 0; at < grams; at += 1) bump(wanted, hash(needle, at, size), 1);
  const total = haystack.length - size + 1;
  const shared = new Int32Array(Math.max(1, total - grams + 1));
  // `wanted` counts what the window still lacks: below zero, it holds more than the needle does.
  let score = 0;
  for (let at = 0; at < total; at += 1) {
    if (bump(wanted, hash(haystack, at, size), -1) >= 0) score += 1;
    if (at >= grams && bump(wanted, hash(haystack, at - grams, size), 1) > 0) score -= 1;
    const start = Math.max(0, at - grams + 1);
    if (score > (shared[start] ?? 0)) shared[start] = score;
  }
  return shared;
}

/** Adds to a count and answers the new one. */
function bump(counts: Int32Array, bucket: number, by: number): number {
  return (counts[bucket] = (counts[bucket] ?? 0) + by);
}

function hash(text: string, at: number, size: number): number {
  let value = 0;
  for (let offset = 0; offset < size; offset += 1) value = Math.imul(value, 0x9e3779b1) + text.charCodeAt(at + offset);
  return (Math.imul(value, 0x85ebca6b) >>> 16) & (BUCKETS - 1);
}

function argMax(values: Int32Array): number {
  let best = 0;
  for (let at = 1; at < values.length; at += 1) if ((values[at] ?? 0) > (values[best] ?? 0)) best = at;
  return best;
}

/** The part of the haystack near `at` with the fewest edits to the needle. */
function align(haystack: string, needle: string, at: number): [number, number] {
  const base = Math.max(0, at - needle.length);
  const region = haystack.slice(base, at + 2 * needle.length);
  const cost = Int32Array.from({ length: needle.length + 1 }, (_, row) => row);
  const origin = new Int32Array(needle.length + 1);
  let [bestCost, from, to] = [needle.length + 1, 0, 0];
  for (let column = 1; column <= region.length; column += 1) {
    let [diagonal, diagonalOrigin] = [0, column - 1];
    origin[0] = column;
    for (let row = 1; row <= needle.length; row += 1) {
      const [left, leftOrigin] = [cost[row] ?? 0, origin[row] ?? 0];
      const changed = diagonal + (needle.charCodeAt(row - 1) === region.charCodeAt(column - 1) ? 0 : 1);
      const [above, aboveOrigin] = [cost[row - 1] ?? 0, origin[row - 1] ?? 0];
      if (changed <= left + 1 && changed <= above + 1) [cost[row], origin[row]] = [changed, diagonalOrigin];
      else if (left <= above) [cost[row], origin[row]] = [left + 1, leftOrigin];
      else [cost[row], origin[row]] = [above + 1, aboveOrigin];
      [diagonal, diagonalOrigin] = [left, leftOrigin];
    }
    const whole = cost[needle.length] ?? 0;
    if (whole < bestCost) [bestCost, from, to] = [whole, origin[needle.length] ?? 0, column];
  }
  return [base + from, base + to];
}

/** The span at a stretch of the normalised form, widened to whole words (a word of up to 40 characters). */
function spanOf(
  text: NormalisedText,
  haystack: string,
  needle: string,
  from: number,
  to: number,
  size: number,
): NearSpan {
  let [low, high] = [from, Math.max(to, from + 1)];
  while (low > 0 && from - low < 40 && isWord(haystack, low - 1) && isWord(haystack, low)) low -= 1;
  while (high < haystack.length && high - to < 40 && isWord(haystack, high - 1) && isWord(haystack, high)) high += 1;
  while (low < high - 1 && haystack.charAt(low) === " ") low += 1;
  while (high > low + 1 && haystack.charAt(high - 1) === " ") high -= 1;
  const [first, last] = [segmentHolding(text, low), segmentHolding(text, high - 1)];
  const [start, end] = [text.start[first] ?? 0, text.end[last] ?? 0];
  return { start, end, similarity: dice(haystack.slice(low, high), needle, size) };
}

function isWord(text: string, at: number): boolean {
  return /[\p{L}\p{N}']/u.test(text.charAt(at));
}

/** The last segment that begins at or before a UTF-16 offset of the normalised form. */
function segmentHolding(text: NormalisedText, offset: number): number {
  let [low, high] = [0, text.count - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((text.formStart[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function dice(left: string, right: string, size: number): number {
  const counts = new Map<string, number>();
  const total = left.length + right.length - 2 * size + 2;
  for (let at = 0; at + size <= left.length; at += 1) {
    const gram = left.slice(at, at + size);
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  let shared = 0;
  for (let at = 0; at + size <= right.length; at += 1) {
    const gram = right.slice(at, at + size);
    const left = counts.get(gram) ?? 0;
    if (left > 0) shared += 1;
    counts.set(gram, left - 1);
  }
  return total > 0 ? (2 * shared) / total : 0;
}

/** Lower case with every offset kept; the one letter that would grow (U+0130) is mapped to a plain i first. */
function lower(form: string): string {
  const small = form.replaceAll("\u0130", "i").toLowerCase();
  return small.length === form.length ? small : form;
}
