import { InvalidValue } from "./invalid-value.ts";

/** Something to be seen: no space, no control, no mark that only directs or joins what stands beside it. */
const VISIBLE = /[^\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]/u;

/** Whether a text has nothing in it that can be seen. */
export function isBlank(text: string): boolean {
  return !VISIBLE.test(text);
}

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Returns `text` byte for byte if PostgreSQL and UTF-8 can hold it exactly. Line ends, unnormalised letters and bidi
 * marks are kept as they are.
 * @param what the name of the thing in the refusal, e.g. "quotation"
 * @throws InvalidValue on a lone surrogate or a NUL character
 */
export function wellFormed(text: string, what: string): string {
  const surrogate = text.search(LONE_SURROGATE);
  if (surrogate >= 0) {
    const unit = text.charCodeAt(surrogate).toString(16).toUpperCase();
    throw new InvalidValue(
      `The ${what} holds half of a character (lone surrogate U+${unit} at UTF-16 offset ${surrogate}); send whole Unicode characters.`,
    );
  }
  const nul = text.indexOf("\0");
  if (nul >= 0) throw new InvalidValue(`The ${what} holds a NUL character at UTF-16 offset ${nul}; leave it out.`);
  return text;
}

/**
 * Returns `text` if it has `most` characters at most.
 * @param what the name of the thing in the refusal, e.g. "reason"
 * @throws InvalidValue on a longer one
 */
export function shortEnough(text: string, what: string, most: number): string {
  // A text has no more characters than code units, and counting those takes no time.
  const length = text.length <= most ? 0 : Array.from(text).length;
  if (length > most) throw new InvalidValue(`The ${what} has ${length} characters; it may have ${most} at most.`);
  return text;
}
