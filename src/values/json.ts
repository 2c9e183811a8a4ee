import { InvalidValue } from "./invalid-value.ts";

const DEEPEST = 200;

/**
 * The one JSON text of a value, for hashing: no white space, object keys in order of their UTF-16 code units, numbers
 * as ECMAScript writes them (RFC 8785, JSON Canonicalization Scheme). Members that are `undefined` are left out.
 * @throws InvalidValue on what JSON cannot hold (NaN, infinities, bigint, functions, dates and other class instances,
 * `undefined` in a list) and on values deeper than 200 levels, such as those that hold themselves
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > DEEPEST) throw new InvalidValue(`The value is nested deeper than ${DEEPEST} levels; make it flatter.`);
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, (item) => write(item, depth + 1)).join(",")}]`;
  if (isPlainObject(value)) {
    const members = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${write(value[key], depth + 1)}`);
    return `{${members.join(",")}}`;
  }
  const kind =
    typeof value === "number" ? String(value) : typeof value === "object" ? "a class instance" : typeof value;
  throw new InvalidValue(
    `JSON cannot hold ${kind}; give text, finite numbers, booleans, null, lists or plain objects.`,
  );
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
