import type { Tx } from "../db/client.ts";
import type { EventStatus } from "../generated/prisma/enums.ts";
import type { ChangeSet } from "./entry.ts";

/** One telling of an event, to be entered. */
export interface NewAccount {
  /** The record of the event. */
  readonly eventId: string;
  readonly tellerId: string;
  readonly frame: string;
  readonly statusAsserted: EventStatus;
}

/** Enters what assertions of kind ACCOUNT say. */
export function enterAccounts(tx: Tx, set: ChangeSet, rows: readonly (NewAccount & { assertionId: string })[]): void {
  set.enter("account", rows, (data) => tx.account.createMany({ data }));
}
