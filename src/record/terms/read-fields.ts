import { excerpt } from "../../values/excerpt.ts";
import { nearestWord, orNearest } from "./nearest-word.ts";
import { describe, type Fields } from "./node.ts";
import type { Read, Reading } from "./reading.ts";

/** Of how many unknown fields each is told what it may have meant; who sends more sends no slip of the pen. */
const MOST_UNKNOWN = 20;

/** How one field is read, and what stands for it where it is left out; no `absent` means that it must be given. */
export interface Field<T> {
  readonly read: Read<T>;
  readonly absent?: { readonly value: T };
}

/** The values of a set of fields, and where it stands in the dossier. */
export type Values<S> = { readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never } & {
  readonly spot: Fields;
};

/** A field that must be given. */
export function required<T>(read: Read<T>): Field<T> {
  return { read };
}

/** A field that may be left out, which is kept as null. */
export function optional<T>(read: Read<T>): Field<T | null> {
  return { read, absent: { value: null } };
}

/** A field that may be left out, which means `value`. */
export function orElse<T>(read: Read<T>, value: T): Field<T> {
  return { read, absent: { value } };
}

/** What else may be asked of a set of fields. */
interface Terms<S> {
  /** Looks at the fields together. Those that are missing or wrong, which has been told, are undefined. */
  readonly check?: (values: Partial<Values<S>>, spot: Fields, reading: Reading) => void;
  /** What to say of fields that are unknown but not surprising. */
  readonly hints?: Readonly<Record<string, string>>;
}

/** Reads a set of named fields and refuses every other name. */
export function fields<S extends Readonly<Record<string, Field<unknown>>>>(
  shape: S,
  { check, hints = {} }: Terms<S> = {},
): Read<Values<S>> {
  const known = Object.keys(shape);
  const listed = Object.entries(shape);
  return (node, reading) => {
    if (node.kind !== "fields") {
      reading.problems.add(node, `Fields are needed (${known.join(", ")}), not ${describe(node)}.`);
      return;
    }
    let whole = refuseUnknown(node, known, hints, reading);
    const values: Record<string, unknown> = { spot: node };
    for (const [name, field] of listed) {
      const given = node.fields.get(name)?.value;
      if (given) values[name] = field.read(given, reading);
      else if (field.absent) values[name] = field.absent.value;
      else reading.problems.add(node, `The field ${name} is missing.`, { code: "MISSING" });
      whole &&= values[name] !== undefined;
    }
    check?.(values as Partial<Values<S>>, node, reading);
    return whole ? (values as Values<S>) : undefined;
  };
}

function refuseUnknown(
  node: Fields,
  known: readonly string[],
  hints: Readonly<Record<string, string>>,
  { problems }: Reading,
): boolean {
  let unknown = 0;
  for (const [name, field] of node.fields) {
    if (known.includes(name)) continue;
    unknown += 1;
    if (unknown > MOST_UNKNOWN) continue;
    const nearest = nearestWord(name, known);
    const hint = Object.hasOwn(hints, name) ? hints[name] : undefined;
    const advice = hint ? ` ${hint}` : `${orNearest(nearest)} The fields here are ${known.join(", ")}.`;
    problems.add(field.name, `There is no field ${excerpt(name)} here.${advice}`, { nearest });
  }
  if (unknown > MOST_UNKNOWN) {
    problems.add(node, `There are ${unknown - MOST_UNKNOWN} more names here that no field has.`);
  }
  return unknown === 0;
}
