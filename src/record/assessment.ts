import type { Tx } from "../db/client.ts";
import type { ChangeSet } from "./entry.ts";

/** A third party's verdict, to be entered. */
export interface NewAssessment {
  /** The record of a claim, quantity claim or account. */
  readonly subjectId: string;
  readonly assessorId: string;
  readonly verdict: string;
  readonly url: string | null;
}

/** Enters what assertions of kind ASSESSMENT say. */
export function enterAssessments(
  tx: Tx,
  set: ChangeSet,
  rows: readonly (NewAssessment & { assertionId: string })[],
): void {
  set.enter("assessment", rows, (data) => tx.assessment.createMany({ data }));
}
