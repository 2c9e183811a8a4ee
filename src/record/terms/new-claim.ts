import type { NewAccount } from "../account.ts";
import type { NewAssessment } from "../assessment.ts";
import type { NewClaim } from "../claim.ts";
import type { NewQuantityClaim } from "../quantity-claim.ts";
import type { Ids } from "./ids.ts";
import { link } from "./link.ts";
import type { Given } from "./read-state.ts";

/** A proposition put forward, with the ids of those concerned and of what it leads to. */
export function newClaim(
  { spot: _, claimant, about, subject, contradicts, supports, ...said }: Given<"claim">,
  ids: Ids,
): NewClaim {
  const records = link(ids, "record", { subject, contradicts, supports });
  return { ...said, ...link(ids, "actor", { claimant, about }), ...records };
}

/** A number put forward, with the ids of its claimant and of what it is about. */
export function newQuantityClaim(
  { spot: _, claimant, subject, ...said }: Given<"quantityClaim">,
  ids: Ids,
): NewQuantityClaim {
  return { ...said, ...link(ids, "actor", { claimant }), ...link(ids, "record", { subject }) };
}

/** One telling of an event, with the ids of the event and the teller. */
export function newAccount({ spot: _, event, teller, ...said }: Given<"account">, ids: Ids): NewAccount {
  return { ...said, ...link(ids, "record", { event }), ...link(ids, "actor", { teller }) };
}

/** A third party's verdict, with the ids of the third party and of what is judged. */
export function newAssessment({ spot: _, subject, assessor, ...said }: Given<"assessment">, ids: Ids): NewAssessment {
  return { ...said, ...link(ids, "record", { subject }), ...link(ids, "actor", { assessor }) };
}
