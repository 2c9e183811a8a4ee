import { InvalidValue } from "./invalid-value.ts";
import { wellFormed } from "./text.ts";

/** A JSON text whose strings cannot be kept byte for byte. */
export class InvalidText extends InvalidValue {}

const deepest = 64;
/** Of one object: nothing that is read has as many. */
const mostKeys = 1_000;

interface Frame {
  /** The keys of an object so far; null in an array. */
  readonly keys: Set<string> | null;
  place: string | number;
}

/**
 * Reads a JSON text whose every value comes out as it was written.
 * @param what the name of the text in a refusal, e.g. "body"
 * @throws InvalidValue for what is no JSON, a key that stands twice in an object or is `__proto__`, a number that a
 *   double cannot hold, more than 64 levels, and an object of more than 1,000 keys; InvalidText for a string with half a
 *   character or NUL
 */
export function readJson(text: string, what: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    // What the parser says repeats the text.
    throw new InvalidValue(`The ${what} is not JSON.`);
  }
  refuseAltered(text, what);
  return value;
}

/** Looks through a text that is JSON for what reading it would alter. */
function refuseAltered(text: string, what: string): void {
  const frames: Frame[] = [];
  const path = () => frames.map(({ place }) => place).join(".");
  const at = () => (frames.length === 0 ? "" : ` at ${path()}`);
  let isKey = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === "{" || char === "[") {
      if (frames.length === deepest) throw new InvalidValue(`The ${what} has more than ${deepest} levels.`);
      frames.push({ keys: char === "{" ? new Set() : null, place: char === "{" ? "" : 0 });
      isKey = char === "{";
    } else if (char === "}" || char === "]") {
      frames.pop();
      isKey = false;
    } else if (char === ",") {
      const frame = frames.at(-1);
      isKey = frame?.keys != null;
      if (frame && typeof frame.place === "number") frame.place += 1;
    } else if (char === '"') {
      const end = endOfString(text, i);
      const frame = frames.at(-1);
      if (isKey && frame?.keys) {
        frame.place = "";
        const key = readString(text.slice(i, end), what, at);
        if (key === "__proto__")
          throw new InvalidValue(`The ${what} has a key __proto__${at()}; nothing is called so.`);
        frame.place = key;
        if (frame.keys.has(key)) throw new InvalidValue(`The ${what} has the key ${path()} twice; send it once.`);
        if (frame.keys.size === mostKeys)
          throw new InvalidValue(`The ${what} has an object of more than ${mostKeys} keys.`);
        frame.keys.add(key);
        isKey = false;
      } else readString(text.slice(i, end), what, at);
      i = end - 1;
    } else if (char === "-" || (char !== undefined && char >= "0" && char <= "9")) {
      const end = endOfNumber(text, i);
      const number = text.slice(i, end);
      if (!isExact(number)) {
        const shown = number.length > 40 ? `${number.slice(0, 40)}…` : number;
        throw new InvalidValue(
          `The ${what} has the number ${shown}${at()}, which would be altered; send it as a string.`,
        );
      }
      i = end - 1;
    }
  }
}

/** Where the string that begins at `start` ends: behind its closing mark. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && "0123456789.eE+-".includes(text[end] ?? "")) end += 1;
  return end;
}

function readString(quoted: string, what: string, at: () => string): string {
  // Only an escape can bring in what the text itself cannot hold.
  const value = quoted.includes("\\") ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (!quoted.includes("\\u")) return value;
  try {
    return wellFormed(value, `${what}${at()}`);
  } catch (error) {
    throw error instanceof InvalidValue ? new InvalidText(error.message) : error;
  }
}

/** Whether a double says exactly the decimal number that was written. */
function isExact(written: string): boolean {
  if (written.length <= 15 && !/[eE]|^-0/.test(written)) return true;
  const value = Number(written);
  return Number.isFinite(value) && decimal(written) === decimal(String(value));
}

/** A number as sign, digits without zeros at either end, and the power of ten of the last. */
function decimal(written: string): string {
  const [, sign = "", whole = "", fraction = "", power = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(written) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, "");
  const digits = all.replace(/0+$/, "");
  if (digits === "") return `${sign}0`;
  return `${sign}${digits}e${Number(power) - fraction.length + (all.length - digits.length)}`;
}
