import type { Tx } from "../db/client.ts";
import type { IdentityVerdict } from "../generated/prisma/enums.ts";
import type { ChangeSet } from "./entry.ts";

/** Whether two are one, to be entered. */
export interface NewIdentityJudgement {
  /** Either this or `mentionId` is given. */
  readonly leftId: string | null;
  /** The record of a mention. */
  readonly mentionId: string | null;
  /** Somebody else than `leftId`. */
  readonly rightId: string;
  readonly verdict: IdentityVerdict;
  /** From 0 to 1. */
  readonly score: number | null;
  readonly explanation: string;
  readonly judge: string;
}

/** Enters what assertions of kind IDENTITY_JUDGEMENT say. */
export function enterIdentityJudgements(
  tx: Tx,
  set: ChangeSet,
  rows: readonly (NewIdentityJudgement & { assertionId: string })[],
): void {
  set.enter("identity_judgement", rows, (data) => tx.identityJudgement.createMany({ data }));
}
