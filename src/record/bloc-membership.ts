import type { Tx } from "../db/client.ts";
import type { ChangeSet } from "./entry.ts";

/** That an actor is a member of a bloc, to be entered. */
export interface NewBlocMembership {
  readonly blocId: string;
  /** Somebody else than `blocId`. */
  readonly memberId: string;
}

/** Enters what assertions of kind BLOC_MEMBERSHIP say. */
export function enterBlocMemberships(
  tx: Tx,
  set: ChangeSet,
  rows: readonly (NewBlocMembership & { assertionId: string })[],
): void {
  set.enter("bloc_membership", rows, (data) => tx.blocMembership.createMany({ data }));
}
