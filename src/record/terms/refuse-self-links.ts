import { excerpt } from "../../values/excerpt.ts";
import { spotAt } from "./node.ts";
import { statesOf, type AssertionEntry } from "./read-assertion.ts";
import type { Reading } from "./reading.ts";

/** Tells of every assertion that would answer, contradict, support or be about itself. */
export function refuseSelfLinks(assertions: readonly AssertionEntry[], problems: Reading["problems"]): void {
  for (const entry of assertions) {
    for (const { spot, commitment, claim, quantityClaim, eventCoding } of statesOf(entry)) {
      const links = [
        ["commitment", "answers", commitment?.answers],
        ["claim", "contradicts", claim?.contradicts],
        ["claim", "supports", claim?.supports],
        ["claim", "subject", claim?.subject],
        ["quantityClaim", "subject", quantityClaim?.subject],
        ["eventCoding", "subject", eventCoding?.subject],
      ] as const;
      for (const [detail, field, link] of links) {
        if (link !== entry.key) continue;
        const message = `${field} leads from ${excerpt(link)} back to itself; name another, or leave it out.`;
        problems.add(spotAt(spot, detail, field), message);
      }
    }
  }
}
