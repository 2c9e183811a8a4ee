import type { Tx } from "../db/client.ts";
import type { FuzzyDate } from "../values/fuzzy-date.ts";
import { dateColumns } from "./date-column.ts";
import { amendThings, type Amendment } from "./amend.ts";
import type { ChangeSet } from "./entry.ts";

/** An office to be entered. */
export interface NewPosition {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly organizationId: string | null;
  readonly stateId: string | null;
  readonly seats: number | null;
  readonly inception: FuzzyDate | null;
  readonly dissolution: FuzzyDate | null;
}

/** What an office says of itself, as columns. */
export function positionColumns({ id: _, inception, dissolution, ...columns }: NewPosition) {
  return { ...columns, ...dateColumns("inception", inception), ...dateColumns("dissolution", dissolution) };
}

/** Enters offices. */
export function enterPositions(tx: Tx, set: ChangeSet, positions: readonly NewPosition[]): void {
  const rows = positions.map((position) => ({ id: position.id, ...positionColumns(position), createdIn: set.number }));
  set.enter("position", rows, (data) => tx.position.createMany({ data }), rows.length);
}

/**
 * Amends offices.
 * @throws Refusal as `amendThings` does
 */
export function amendPositions(
  tx: Tx,
  set: ChangeSet,
  amendments: readonly Amendment<Partial<Omit<NewPosition, "id" | "key">>>[],
): Promise<void> {
  const changes = amendments.map(({ change: { inception, dissolution, ...said }, ...rest }) => {
    const days = {
      ...(inception === undefined ? {} : dateColumns("inception", inception)),
      ...(dissolution === undefined ? {} : dateColumns("dissolution", dissolution)),
    };
    return { ...rest, change: { ...said, ...days } };
  });
  return amendThings(tx, set, "Position", changes);
}
