import { excerpt } from "../../values/excerpt.ts";
import { spotAt, type Node } from "./node.ts";
import { statesOf, type AssertionEntry } from "./read-assertion.ts";
import type { Reading } from "./reading.ts";

/**
 * Tells of every name that does not stand, letter for letter, in a passage that supports its mention.
 * @param words the words of each passage, by where the evidence is given
 */
export function refuseStrayMentions(
  assertions: readonly AssertionEntry[],
  words: ReadonlyMap<Node, string>,
  problems: Reading["problems"],
): void {
  for (const { mention, evidence, spot } of assertions.flatMap(statesOf)) {
    if (!mention || evidence.length === 0) continue;
    const supporting = evidence.filter(({ role }) => role === "SUPPORTS");
    const passages = supporting.map((quoted) => words.get(quoted.spot));
    if (passages.some((exact) => exact === undefined || exact.includes(mention.surface))) continue;
    const told = passages.map((exact) => excerpt(exact ?? "")).join(" and ");
    problems.add(
      spotAt(spot, "mention", "surface"),
      `${excerpt(mention.surface)} does not stand in ${told}; give the name letter for letter, or quote where it stands.`,
    );
  }
}
