import type { Where } from "../db/sql/where.ts";
import type { View } from "../record/view.ts";

/** The withdrawals that were made by a moment. */
export function retractedBy({ changeSet }: View): Where {
  return changeSet === null ? {} : { changeSetNumber: { lte: changeSet } };
}
