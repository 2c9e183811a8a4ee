import type { Tx } from "../db/client.ts";
import type { ChangeSet } from "./entry.ts";

/** What an election was about, to be entered. */
export interface NewElection {
  readonly positionId: string;
}

/** What a consignment of aid or goods was, to be entered. */
export interface NewConsignment {
  readonly donorId: string | null;
  readonly goods: readonly string[];
  readonly amount: string | null;
  readonly route: string | null;
}

/** By what a way was blocked, to be entered. */
export interface NewBlockade {
  readonly means: readonly string[];
}

/** What an event was, beside being an event; each only where its kind of event has it. */
export interface EventDetails {
  /** Of an ELECTION. */
  readonly election: NewElection | null;
  /** Of AID. */
  readonly consignment: NewConsignment | null;
  /** Of a BLOCKADE. */
  readonly blockade: NewBlockade | null;
}

/** Enters what events were beside being events, which were entered before. */
export function enterEventDetails(
  tx: Tx,
  set: ChangeSet,
  events: readonly (EventDetails & { assertionId: string })[],
): void {
  const elections = events.flatMap(({ assertionId, election }) => (election ? [{ assertionId, ...election }] : []));
  set.enter("election", elections, (data) => tx.election.createMany({ data }));
  const consignments = events.flatMap(({ assertionId, consignment }) => {
    return consignment ? [{ assertionId, ...consignment, goods: [...consignment.goods] }] : [];
  });
  set.enter("consignment", consignments, (data) => tx.consignment.createMany({ data }));
  const blockades = events.flatMap(({ assertionId, blockade }) => {
    return blockade ? [{ assertionId, means: [...blockade.means] }] : [];
  });
  set.enter("blockade", blockades, (data) => tx.blockade.createMany({ data }));
}
