import type { Tx } from "../db/client.ts";
import type { Comparator } from "../generated/prisma/enums.ts";
import type { ChangeSet } from "./entry.ts";

/** A number that somebody put forward, to be entered. */
export interface NewQuantityClaim {
  readonly claimantId: string;
  /** Finite, and within `low` and `high`. */
  readonly value: number | null;
  /** Not above `high`. */
  readonly low: number | null;
  readonly high: number | null;
  readonly comparator: Comparator;
  readonly unit: string;
  readonly counted: string;
  readonly words: string;
  readonly condition: string | null;
  /** The record that it is about. */
  readonly subjectId: string | null;
}

/** Enters what assertions of kind QUANTITY_CLAIM say. */
export function enterQuantityClaims(
  tx: Tx,
  set: ChangeSet,
  rows: readonly (NewQuantityClaim & { assertionId: string })[],
): void {
  set.enter("quantity_claim", rows, (data) => tx.quantityClaim.createMany({ data }));
}
