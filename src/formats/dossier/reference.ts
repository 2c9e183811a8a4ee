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
  programme: "a sanctions programme",
  record: "an assertion",
};

/** Reads the key of a thing, of one of the kinds that are named. Whether it exists is looked up at the end. */
export function refer(noun: Noun, ...kinds: string[]): Read<string> {
  return (node, reading) => {
    const key = text(node, reading);
    if (key !== undefined) reading.references.push({ node, noun, key, kinds });
    return key;
  };
}

/** Tells of every reference that leads nowhere, or to a thing of the wrong kind. */
export function resolveReferences(references: readonly Reference[], keys: Keys, problems: Reading["problems"]): void {
  for (const { node, noun, key, kinds } of references) {
    const found = keys[noun].get(key);
    const wanted = kinds.length === 0 ? ARTICLE[noun] : `${ARTICLE[noun]} of kind ${kinds.join(" or ")}`;
    if (found !== undefined) {
      if (kinds.length === 0 || kinds.includes(found)) continue;
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
      `There is no ${ARTICLE[noun].replace(/^an? /, "")} ${excerpt(key)}, ${where}.${orNearest(nearest)}`,
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

/** How a cycle is told: what would be wrong, and what stands between one and the next. */
export interface CycleWords {
  readonly wrong: string;
  readonly between: string;
}

const PARTS: CycleWords = { wrong: "would be a part of itself", between: " is part of " };

/** For commitments that follow when others fail. */
export const FOLLOWING: CycleWords = { wrong: "would follow upon its own failure", between: ", otherwise " };

/** For utterances that translate others. */
export const TRANSLATING: CycleWords = { wrong: "would be a translation of itself", between: ", which translates " };

/**
 * Tells of every part that, followed upwards, is a part of itself.
 * @param above what else is known of what is a part of what; `parts` come first
 */
export function refuseCycles(
  parts: readonly Part[],
  problems: Reading["problems"],
  { above = new Map<string, string | null>(), nameOf = (key: string) => key, words = PARTS } = {},
): void {
  const wholes = new Map([...above, ...parts.map(({ key, partOf }) => [key, partOf] as const)]);
  for (const { key, node } of parts) {
    const passed = new Set([key]);
    let next = wholes.get(key);
    while (next != null && !passed.has(next)) {
      passed.add(next);
      next = wholes.get(next);
    }
    if (next !== key) continue;
    const way = [...passed, key].map(nameOf).join(words.between);
    problems.add(node, `${excerpt(nameOf(key))} ${words.wrong}: ${way}.`);
  }
}
