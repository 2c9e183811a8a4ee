import { excerpt } from "../../values/excerpt.ts";
import { nearestWord, orNearest } from "./nearest-word.ts";
import type { Noun, Read, Reading, Reference } from "./reading.ts";
import { text } from "./read-value.ts";

/** The kind of each thing of each noun, by key; for things without kinds, an empty text. */
export type Keys = Readonly<Record<Noun, ReadonlyMap<string, string>>>;

const ARTICLE: Record<Noun, string> = {
  document: "a document",
  place: "a place",
  actor: "an actor",
  position: "a position",
  record: "an assertion",
};

/** Reads the key of a thing, of a kind where one is named. Whether it exists is looked up at the end. */
export function refer(noun: Noun, kind?: string): Read<string> {
  return (node, reading) => {
    const key = text(node, reading);
    if (key !== undefined) reading.references.push({ node, noun, key, ...(kind === undefined ? {} : { kind }) });
    return key;
  };
}

/** Tells of every reference that leads nowhere, or to a thing of the wrong kind. */
export function resolveReferences(references: readonly Reference[], keys: Keys, problems: Reading["problems"]): void {
  for (const { node, noun, key, kind } of references) {
    const found = keys[noun].get(key);
    const wanted = kind === undefined ? ARTICLE[noun] : `${ARTICLE[noun]} of kind ${kind}`;
    if (found !== undefined) {
      if (kind === undefined || found === kind) continue;
      problems.add(node, `${excerpt(key)} is ${ARTICLE[noun]} of kind ${found}; ${wanted} is needed here.`);
      continue;
    }
    const other = (Object.keys(keys) as Noun[]).find((another) => keys[another].has(key));
    if (other) {
      problems.add(node, `${excerpt(key)} is ${ARTICLE[other]}; ${wanted} is needed here.`);
      continue;
    }
    const nearest = nearestWord(key, keys[noun].keys());
    const where = "neither in this dossier nor in the record";
    problems.add(
      node,
      `There is no ${noun === "record" ? "assertion" : noun} ${excerpt(key)}, ${where}.${orNearest(nearest)}`,
      nearest,
    );
  }
}

/** A part, what it is a part of, and where the dossier says so. */
interface Part {
  readonly key: string;
  readonly partOf: string | null;
  readonly node: Reference["node"];
}

/**
 * Tells of every part that, followed upwards, is a part of itself.
 * @param above what else is known of what is a part of what; `parts` come first
 */
export function refuseCycles(
  parts: readonly Part[],
  problems: Reading["problems"],
  { above = new Map<string, string | null>(), nameOf = (key: string) => key } = {},
): void {
  const wholes = new Map([...above, ...parts.map(({ key, partOf }) => [key, partOf] as const)]);
  for (const { key, node } of parts) {
    const way = new Set([key]);
    let next = wholes.get(key);
    while (next != null && !way.has(next)) {
      way.add(next);
      next = wholes.get(next);
    }
    if (next !== key) continue;
    const names = [...way, key].map(nameOf);
    problems.add(node, `${excerpt(nameOf(key))} would be a part of itself: ${names.join(" is part of ")}.`);
  }
}
