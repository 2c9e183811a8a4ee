import type { Tx } from "../db/client.ts";
import type { OccupancyCapacity, OccupancyClaim } from "../generated/prisma/enums.ts";
import type { ChangeSet } from "./entry.ts";

/** That somebody holds or claims an office, to be entered. */
export interface NewOccupancy {
  readonly holderId: string;
  readonly positionId: string;
  readonly capacity: OccupancyCapacity;
  readonly claimType: OccupancyClaim;
  readonly basis: string | null;
  readonly assertedById: string | null;
}

/** Enters what assertions of kind OCCUPANCY say. */
export function enterOccupancies(
  tx: Tx,
  set: ChangeSet,
  rows: readonly (NewOccupancy & { assertionId: string })[],
): void {
  set.enter("occupancy", rows, (data) => tx.occupancy.createMany({ data }));
}
