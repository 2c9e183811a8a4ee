import { excerpt } from "../../values/excerpt.ts";
import { nearestWord, orNearest } from "./nearest-word.ts";
import type { Noun, Read, Reading, Reference } from "./reading.ts";
import { text } from "./read-value.ts";

/** The kind of each thing of each noun, by key; for things without kinds, an empty text. */
export type Keys = Readonly<Record<Noun, ReadonlyMap<string, string>>>;

/** An empty map for every noun. */
export function noKeys(): Record<Noun, Map<string, string>> {
  const nouns = Object.keys(ARTICLE) as Noun[];
  return Object.fromEntries(nouns.map((noun) => [noun, new Map<string, string>()])) as Record<
    Noun,
    Map<string, string>
  >;
}

const ARTICLE: Record<Noun, string> = {
  crisis: "a crisis",
  document: "a document",
  capture: "a capture",
  passage: "a passage",
  place: "a place",
  actor: "an actor",
  position: "a position",
  programme: "a sanctions programme",
  record: "an assertion",
};

const wrongKind = { code: "WRONG_KIND" } as const;

/** Reads the key of a thing, of one of the kinds that are named. Whether it exists is looked up at the end. */
export function refer(noun: Noun, ...kinds: string[]): Read<string> {
  return (node, reading) => {
    const { follow } = reading;
    const key = follow && node.kind === "fields" ? follow(node, noun) : text(node, reading);
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
      problems.add(node, `${excerpt(key)} is ${ARTICLE[noun]} of kind ${found}; ${wanted} is needed here.`, wrongKind);
      continue;
    }
    const other = (Object.keys(keys) as Noun[]).find((another) => keys[another].has(key));
    if (other) {
      problems.add(node, `${excerpt(key)} is ${ARTICLE[other]}; ${wanted} is needed here.`, wrongKind);
      continue;
    }
    const nearest = nearestWord(key, keys[noun].keys());
    const where = "neither among what is given here nor in the record";
    problems.add(
      node,
      `There is no ${ARTICLE[noun].replace(/^an? /, "")} ${excerpt(key)}, ${where}.${orNearest(nearest)}`,
      { code: "NOT_FOUND", nearest },
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

/** For what is a part of something larger. */
export const PARTS: CycleWords = { wrong: "would be a part of itself", between: " is part of " };

/** For commitments that follow when others fail. */
export const FOLLOWING: CycleWords = { wrong: "would follow upon its own failure", between: ", otherwise " };

/** For utterances that translate others. */
export const TRANSLATING: CycleWords = { wrong: "would be a translation of itself", between: ", which translates " };

/** The most links of a cycle that are told. */
const MOST_LINKS = 10;

/**
 * Tells of every cycle of parts, each part of which, followed upwards, is a part of itself; once, at the first. A part may
 * stand in several places at several times; all of them count at once, so that no moment between two reports shows a
 * cycle.
 * @param above what else is known of what is a part of what
 */
export function refuseCycles(
  parts: readonly Part[],
  problems: Reading["problems"],
  {
    above = [],
    nameOf = (key: string) => key,
    words = PARTS,
  }: { above?: Iterable<readonly [string, string | null]>; nameOf?: (key: string) => string; words?: CycleWords } = {},
): void {
  const wholes = new Map<string, Set<string>>();
  for (const [key, partOf] of [...above, ...parts.map((part) => [part.key, part.partOf] as const)]) {
    if (partOf !== null) wholes.set(key, (wholes.get(key) ?? new Set()).add(partOf));
  }
  const told = new Set<string>();
  for (const { key, partOf, node } of parts) {
    const way = partOf === null || told.has(key) ? undefined : wayBetween(partOf, key, wholes);
    if (!way) continue;
    for (const each of way) told.add(each);
    const links = [key, ...way].map(nameOf);
    const left = links.length - MOST_LINKS;
    const shown = left > 0 ? links.toSpliced(MOST_LINKS - 1, left, `(${left} more)`) : links;
    problems.add(node, `${excerpt(nameOf(key))} ${words.wrong}: ${shown.join(words.between)}.`);
  }
}

/** The keys on the way from one up to another, both included; undefined where there is none. */
function wayBetween(from: string, to: string, wholes: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const cameFrom = new Map<string, string | null>([[from, null]]);
  for (const key of cameFrom.keys()) {
    if (key === to) break;
    for (const whole of wholes.get(key) ?? []) if (!cameFrom.has(whole)) cameFrom.set(whole, key);
  }
  if (!cameFrom.has(to)) return undefined;
  const way: string[] = [];
  for (let key: string | null = to; key !== null; key = cameFrom.get(key) ?? null) way.unshift(key);
  return way;
}
