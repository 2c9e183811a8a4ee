import { excerpt } from "../../values/excerpt.ts";
import { scalarAt, spotAt, type Node } from "../../record/terms/node.ts";
import type { Noun, Reading } from "../../record/terms/reading.ts";
import { noKeys, type Keys } from "../../record/terms/reference.ts";

const SECTIONS = {
  documents: "document",
  places: "place",
  actors: "actor",
  positions: "position",
  programmes: "programme",
  assertions: "record",
} as const;

const KINDLESS: readonly Noun[] = ["document", "place", "position", "programme"];

/**
 * The keys that a dossier gives, with the kinds of what they name. Parts that could not be read count as well, so that
 * what refers to them is not told as wrong on top. Tells of keys given twice.
 */
export function collectKeys(root: Node, problems: Reading["problems"]): Keys {
  const keys = noKeys();
  for (const [section, noun] of Object.entries(SECTIONS)) {
    const found = keys[noun];
    for (const item of itemsOf(root, section)) {
      const key = scalarAt(item, "key");
      if (key === undefined) continue;
      if (found.has(key)) {
        problems.add(
          spotAt(item, "key"),
          `There are two ${section} with the key ${excerpt(key)}; give one another key.`,
        );
      }
      found.set(key, KINDLESS.includes(noun) ? "" : (scalarAt(item, "kind") ?? ""));
    }
  }
  return keys;
}

/** The keys of both; where both have one, that of `over` stands. */
export function mergeKeys(under: Keys, over: Keys): Keys {
  const merged = noKeys();
  for (const noun of Object.keys(merged) as Noun[]) merged[noun] = new Map([...under[noun], ...over[noun]]);
  return merged;
}

/** The parts in a section, each with the key that `way` leads to from it: what it is a part of, or what follows it. */
export function partsOf(root: Node, section: string, ...way: string[]) {
  return itemsOf(root, section).flatMap((item) => {
    const key = scalarAt(item, "key");
    const node = spotAt(item, ...way);
    return key === undefined ? [] : [{ key, partOf: scalarAt(item, ...way) ?? null, node }];
  });
}

function itemsOf(root: Node, section: string): readonly Node[] {
  const list = root.kind === "fields" ? root.fields.get(section)?.value : undefined;
  return list?.kind === "list" ? list.items : [];
}
