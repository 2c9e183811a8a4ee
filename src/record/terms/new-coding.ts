import type { NewEventCoding } from "../event-coding.ts";
import type { NewIdentityJudgement } from "../identity-judgement.ts";
import type { NewMention } from "../mention.ts";
import type { Ids } from "./ids.ts";
import { link } from "./link.ts";
import type { Given } from "./read-state.ts";

/** A code given in an ontology of events, with the id of what is coded. */
export function newEventCoding({ spot: _, subject, ...said }: Given<"eventCoding">, ids: Ids): NewEventCoding {
  return { ...said, ...link(ids, "record", { subject }) };
}

/** A name in a text, with the id of whom it is taken to mean. */
export function newMention({ surface, resolvesTo }: Given<"mention">, ids: Ids): NewMention {
  return { surface, ...link(ids, "actor", { resolvesTo }) };
}

/** A judgement whether two are one, with the ids of both. */
export function newIdentityJudgement(
  { spot: _, left, right, mention, ...said }: Given<"identityJudgement">,
  ids: Ids,
): NewIdentityJudgement {
  return { ...said, ...link(ids, "actor", { left, right }), ...link(ids, "record", { mention }) };
}
