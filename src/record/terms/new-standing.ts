import type { NewBlocMembership } from "../bloc-membership.ts";
import type { NewRecognitionTally } from "../recognition-tally.ts";
import type { NewStance } from "../stance.ts";
import type { Ids } from "./ids.ts";
import { link } from "./link.ts";
import type { Given } from "./read-state.ts";

/** Where an actor stands towards another, with the ids of both. */
export function newStance({ actor, towards, stanceKind }: Given<"stance">, ids: Ids): NewStance {
  return { ...link(ids, "actor", { actor, towards }), stanceKind };
}

/** How many recognise a claimant, with the ids of those concerned. */
export function newRecognitionTally(
  { spot: _, claimant, position, among, countedBy, ...said }: Given<"recognitionTally">,
  ids: Ids,
): NewRecognitionTally {
  const actors = link(ids, "actor", { claimant, among, countedBy });
  return { ...said, ...actors, ...link(ids, "position", { position }) };
}

/** That an actor is a member of a bloc, with the ids of both. */
export function newBlocMembership({ bloc, member }: Given<"blocMembership">, ids: Ids): NewBlocMembership {
  return link(ids, "actor", { bloc, member });
}
