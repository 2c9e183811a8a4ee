import type { Tx } from "../db/client.ts";
import type { ChangeSet } from "./entry.ts";
import { findStanding, type Target } from "./standing.ts";
import { closeVersions } from "./version.ts";

/**
 * Withdraws records that should not have been asserted, each with the reason. Every version held is closed by this
 * change set, and can be read as what was held before. A record is withdrawn once, and not by the change set that
 * asserts it: what was never held cannot be withdrawn.
 * @throws Refusal as `findStanding` does
 */
export async function retractRecords(
  tx: Tx,
  set: ChangeSet,
  entries: readonly (Target & { readonly reason: string })[],
): Promise<void> {
  const standing = await findStanding(tx, set, entries);
  closeVersions(
    tx,
    set,
    standing.flatMap(({ held }) => held.map(({ id }) => id)),
  );
  const rows = entries.map(({ recordId, reason }) => ({ recordId, changeSetNumber: set.number, reason }));
  set.enter("retraction", rows, (data) => tx.retraction.createMany({ data }));
}
