import type { Tx } from "../db/client.ts";
import type { StanceKind } from "../generated/prisma/enums.ts";
import type { ChangeSet } from "./entry.ts";

/** Where an actor stands towards another, to be entered. */
export interface NewStance {
  readonly actorId: string;
  /** Somebody else than `actorId`. */
  readonly towardsId: string;
  readonly stanceKind: StanceKind;
}

/** Enters what assertions of kind STANCE say. */
export function enterStances(tx: Tx, set: ChangeSet, rows: readonly (NewStance & { assertionId: string })[]): void {
  set.enter("stance", rows, (data) => tx.stance.createMany({ data }));
}
