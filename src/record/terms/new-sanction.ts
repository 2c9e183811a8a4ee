import type { NewCommitment } from "../commitment.ts";
import type { NewDesignation } from "../designation.ts";
import type { Ids } from "./ids.ts";
import { link } from "./link.ts";
import type { Given } from "./read-state.ts";

/** That somebody was put on a list, with the ids of those concerned. */
export function newDesignation(
  { spot: _, target, authority, programme, ...said }: Given<"designation">,
  ids: Ids,
): NewDesignation {
  return { ...said, ...link(ids, "actor", { target, authority }), ...link(ids, "programme", { programme }) };
}

/** A promise, offer, threat or demand, with the ids of those concerned and of what it leads to. */
export function newCommitment(given: Given<"commitment">, ids: Ids): NewCommitment {
  const { spot: _, by, to, programme, otherwise, designation, utterance, answers, ...said } = given;
  return {
    ...said,
    ...link(ids, "actor", { by, to }),
    ...link(ids, "programme", { programme }),
    ...link(ids, "record", { otherwise, designation, utterance, answers }),
  };
}
