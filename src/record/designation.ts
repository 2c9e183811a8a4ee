import type { Tx } from "../db/client.ts";
import type { FuzzyDate } from "../values/fuzzy-date.ts";
import { dateColumns } from "./date-column.ts";
import type { ChangeSet } from "./entry.ts";

/** That somebody was put on a list of sanctions, to be entered. When it took effect is the start of its assertion. */
export interface NewDesignation {
  readonly targetId: string;
  readonly programmeId: string | null;
  readonly authorityId: string | null;
  /** When it was listed. */
  readonly listed: FuzzyDate | null;
  readonly measures: readonly string[];
  readonly reason: string | null;
  readonly reference: string | null;
}

/** What a designation says, as columns. */
export function designationColumns({ listed, measures, ...columns }: NewDesignation) {
  return { ...columns, measures: [...measures], ...dateColumns("listed", listed) };
}

/** Enters what assertions of kind DESIGNATION say. */
export function enterDesignations(
  tx: Tx,
  set: ChangeSet,
  rows: readonly (NewDesignation & { assertionId: string })[],
): void {
  const columns = rows.map(({ assertionId, ...says }) => ({ assertionId, ...designationColumns(says) }));
  set.enter("designation", columns, (data) => tx.designation.createMany({ data }));
}
