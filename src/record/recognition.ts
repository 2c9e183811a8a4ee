import type { Tx } from "../db/client.ts";
import type { RecognitionForm, RecognitionStance } from "../generated/prisma/enums.ts";
import type { ChangeSet } from "./entry.ts";

/** Where somebody stands towards a claimant of an office, to be entered. */
export interface NewRecognition {
  readonly recogniserId: string;
  readonly claimantId: string;
  readonly positionId: string;
  readonly stance: RecognitionStance;
  readonly form: RecognitionForm;
  readonly onBehalfOfId: string | null;
  readonly conditions: string | null;
}

/** Enters what assertions of kind RECOGNITION say. */
export function enterRecognitions(
  tx: Tx,
  set: ChangeSet,
  rows: readonly (NewRecognition & { assertionId: string })[],
): void {
  set.enter("recognition", rows, (data) => tx.recognition.createMany({ data }));
}
