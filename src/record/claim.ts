import type { Tx } from "../db/client.ts";
import type { ClaimPolarity } from "../generated/prisma/enums.ts";
import type { ChangeSet } from "./entry.ts";

/** A proposition that somebody put forward, to be entered. */
export interface NewClaim {
  readonly proposition: string;
  readonly claimantId: string;
  readonly polarity: ClaimPolarity;
  readonly aboutId: string | null;
  /** The record that it is about. */
  readonly subjectId: string | null;
  /** The record of a claim or quantity claim. */
  readonly contradictsId: string | null;
  /** The record of a claim or quantity claim. */
  readonly supportsId: string | null;
}

/** Enters what assertions of kind CLAIM say. */
export function enterClaims(tx: Tx, set: ChangeSet, rows: readonly (NewClaim & { assertionId: string })[]): void {
  set.enter("claim", rows, (data) => tx.claim.createMany({ data }));
}
