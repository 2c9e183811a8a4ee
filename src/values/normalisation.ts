import { CodePoints } from "./code-point.ts";

/** The name of the rules below; a change of any rule needs a new name, for passages are verified under it. */
export const NORMALISATION = "chancery-1";

/**
 * A text under the normalisation `chancery-1`, in which quotations are looked for. It is cut into segments: a character
 * with the marks that combine with it, a run of white space, or characters that are left out. `form` joins what the
 * segments become; segment i becomes `form` from `formStart[i]` to `formStart[i + 1]` (UTF-16), and stood in the
 * original from code point `start[i]` to `end[i]`. Only segment boundaries are places where a quotation may be cut.
 */
export interface NormalisedText {
  /** The original, whose code points the offsets number. */
  points: CodePoints;
  form: string;
  count: number;
  formStart: Int32Array;
  start: Int32Array;
  end: Int32Array;
}

const SPACE = /^\p{White_Space}$/u;
/** Soft hyphen, zero-width space, joiners and no-break space, directional marks and isolates: seen by nobody. */
const INVISIBLE = /^[\u00AD\u061C\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]$/u;
/** Marks, and the Hangul vowels and finals that NFC joins to the letter before them. */
const CONTINUING = /^[\p{M}\u1160-\u11FF\uD7B0-\uD7FF]$/u;
const DASH = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/gu;
const SINGLE_MARK = /[\u0060\u00B4\u02BC\u2018-\u201B\u2032\u2039\u203A\uFF07]/gu;
const DOUBLE_MARK = /[\u00AB\u00BB\u201C-\u201F\u2033\uFF02]/gu;

/**
 * Normalises a text under `chancery-1`: each letter with its marks to NFC; typographic quotation marks, apostrophes and
 * primes to `'` and `"`; hyphens, dashes and the minus sign to `-`; a run of white space, no-break spaces and line ends
 * included, to one space; invisible characters left out. Letter case stays. Time and space grow with the text.
 * @param original well-formed Unicode
 */
export function normaliseText(original: string): NormalisedText {
  const formStart = new Int32Array(original.length + 1);
  const start = new Int32Array(original.length);
  const end = new Int32Array(original.length);
  const parts: string[] = [];
  let [count, formLength, point, unit] = [0, 0, 0, 0];
  let inSpace = false;
  while (unit < original.length) {
    const from = unit;
    while (isPlain(original, unit, inSpace)) {
      inSpace = original.charCodeAt(unit) === 0x20;
      formStart[count] = formLength;
      start[count] = point;
      point += 1;
      end[count] = point;
      count += 1;
      formLength += 1;
      unit += 1;
    }
    if (unit > from) {
      parts.push(original.slice(from, unit));
      continue;
    }
    const character = characterAt(original, unit);
    const segment = segmentAt(original, unit, character);
    const space = isSpace(segment.text);
    const nextPoint = point + segment.points;
    if (space && inSpace) {
      end[count - 1] = nextPoint;
    } else if (segment.text !== "") {
      const form = space ? " " : formOf(segment.text);
      formStart[count] = formLength;
      start[count] = point;
      end[count] = nextPoint;
      count += 1;
      formLength += form.length;
      parts.push(form);
      inSpace = space;
    }
    point = nextPoint;
    unit += segment.units;
  }
  formStart[count] = formLength;
  return { points: new CodePoints(original), form: parts.join(""), count, formStart, start, end };
}

/** Whether a character belongs to the letter before it, so that no text may be cut between the two. */
export function isContinuing(character: string): boolean {
  return character >= "\u0300" && CONTINUING.test(character);
}

/** Whether a character is left out by the normalisation. */
export function isInvisible(character: string): boolean {
  return character >= "\u00AD" && INVISIBLE.test(character);
}

/** Whether a sign of ASCII stands for itself: no mark may follow it, and it is no second space. */
function isPlain(text: string, unit: number, inSpace: boolean): boolean {
  const code = text.charCodeAt(unit);
  if (code === 0x20) return !inSpace;
  return code > 0x20 && code < 0x7f && code !== 0x60 && !(text.charCodeAt(unit + 1) >= 0xad);
}

/** The whole character (code point) at a UTF-16 offset. */
function characterAt(text: string, unit: number): string {
  const code = text.charCodeAt(unit);
  return code >= 0xd800 && code < 0xdc00 ? text.slice(unit, unit + 2) : text.charAt(unit);
}

/** What begins at `unit`: one character, with the marks on it even where invisible characters stand between. */
function segmentAt(original: string, unit: number, first: string): { text: string; units: number; points: number } {
  if (isInvisible(first)) return { text: "", units: first.length, points: 1 };
  let [text, units, points] = [first, first.length, 1];
  if (isSpace(first)) return { text, units, points };
  let [ahead, aheadPoints] = [unit + units, 1];
  while (ahead < original.length && original.charCodeAt(ahead) >= 0xad) {
    const character = characterAt(original, ahead);
    const continuing = isContinuing(character);
    if (!continuing && !isInvisible(character)) break;
    ahead += character.length;
    aheadPoints += 1;
    if (continuing) [text, units, points] = [text + character, ahead - unit, aheadPoints];
  }
  return { text, units, points };
}

function isSpace(character: string): boolean {
  return character <= " " ? SPACE.test(character) : character >= "\u0085" && SPACE.test(character);
}

function formOf(segment: string): string {
  if (segment.length === 1 && segment < "\u00AB") return segment === "`" ? "'" : segment;
  return segment.normalize("NFC").replace(DASH, "-").replace(SINGLE_MARK, "'").replace(DOUBLE_MARK, '"');
}
