import type { Quotation } from "../../values/quotation.ts";
import { excerpt } from "../../values/excerpt.ts";
import { spotAt, type Node } from "./node.ts";
import { statesOf, type AssertionEntry } from "./read-assertion.ts";
import type { Reading } from "./reading.ts";

/** Tells of every name that does not stand, letter for letter, in a passage that supports its mention. */
export function refuseStrayMentions(
  assertions: readonly AssertionEntry[],
  quotations: ReadonlyMap<Node, Quotation>,
  problems: Reading["problems"],
): void {
  for (const { mention, evidence, spot } of assertions.flatMap(statesOf)) {
    if (!mention || evidence.length === 0) continue;
    const supporting = evidence.filter(({ role }) => role === "SUPPORTS");
    const passages = supporting.map((quoted) => quotations.get(spotAt(quoted.spot, "quote"))?.exact);
    if (passages.some((exact) => exact === undefined || exact.includes(mention.surface))) continue;
    const words = passages.map((exact) => excerpt(exact ?? "")).join(" and ");
    problems.add(
      spotAt(spot, "mention", "surface"),
      `${excerpt(mention.surface)} does not stand in ${words}; give the name letter for letter, or quote where it stands.`,
    );
  }
}
