import type { Tx } from "../db/client.ts";
import type { Comparator } from "../generated/prisma/enums.ts";
import type { ChangeSet } from "./entry.ts";

/** How many recognise a claimant, as somebody counts, to be entered. */
export interface NewRecognitionTally {
  readonly claimantId: string;
  readonly positionId: string;
  readonly comparator: Comparator;
  /** A whole number, not negative. */
  readonly value: number;
  readonly scope: string;
  /** The bloc whose members are counted. */
  readonly amongId: string | null;
  readonly countedById: string | null;
}

/** Enters what assertions of kind RECOGNITION_TALLY say. */
export function enterRecognitionTallies(
  tx: Tx,
  set: ChangeSet,
  rows: readonly (NewRecognitionTally & { assertionId: string })[],
): void {
  set.enter("recognition_tally", rows, (data) => tx.recognitionTally.createMany({ data }));
}
