import type { Tx } from "../db/client.ts";
import type { CommitmentKind, CommitmentStatus } from "../generated/prisma/enums.ts";
import type { FuzzyDate } from "../values/fuzzy-date.ts";
import { dateColumns } from "./date-column.ts";
import type { ChangeSet } from "./entry.ts";

/** A promise, offer, threat, demand, ultimatum or warning, to be entered. */
export interface NewCommitment {
  readonly commitmentKind: CommitmentKind;
  readonly byId: string;
  readonly toId: string | null;
  readonly action: string;
  readonly conditions: string | null;
  /** The record of the commitment that follows if this one fails; following these never leads back here. */
  readonly otherwiseId: string | null;
  readonly programmeId: string | null;
  /** The record of the designation that it would lift. */
  readonly designationId: string | null;
  readonly deadline: FuzzyDate | null;
  readonly commitmentStatus: CommitmentStatus;
  readonly outcome: string | null;
  /** The record of the utterance by which it was made. */
  readonly utteranceId: string | null;
  /** The record of the commitment, event or utterance that it answers. */
  readonly answersId: string | null;
}

/** What a commitment says, as columns. */
export function commitmentColumns({ deadline, ...columns }: NewCommitment) {
  return { ...columns, ...dateColumns("deadline", deadline) };
}

/** Enters what assertions of kind COMMITMENT say. */
export function enterCommitments(
  tx: Tx,
  set: ChangeSet,
  rows: readonly (NewCommitment & { assertionId: string })[],
): void {
  const columns = rows.map(({ assertionId, ...says }) => ({ assertionId, ...commitmentColumns(says) }));
  set.enter("commitment", columns, (data) => tx.commitment.createMany({ data }));
}
