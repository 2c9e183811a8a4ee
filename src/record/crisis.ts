import type { Tx } from "../db/client.ts";
import type { FuzzyDate } from "../values/fuzzy-date.ts";
import { dateColumns } from "./date-column.ts";
import { amendThings, type Amendment } from "./amend.ts";
import type { ChangeSet } from "./entry.ts";

/** A crisis to be entered. */
export interface NewCrisis {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly summary: string;
  readonly start: FuzzyDate | null;
  readonly end: FuzzyDate | null;
}

/** What a crisis says of itself, as columns. */
export function crisisColumns({ key, title, summary, start, end }: NewCrisis) {
  return { key, title, summary, ...dateColumns("start", start), ...dateColumns("end", end) };
}

/** Enters crises. The states they concern are entered by `enterCrisisStates`. */
export function enterCrises(tx: Tx, set: ChangeSet, crises: readonly NewCrisis[]): void {
  const rows = crises.map((crisis) => ({ id: crisis.id, ...crisisColumns(crisis), createdIn: set.number }));
  set.enter("crisis", rows, (data) => tx.crisis.createMany({ data }), rows.length);
}

/** Enters that states are concerned by crises. */
export function enterCrisisStates(
  tx: Tx,
  set: ChangeSet,
  links: readonly { crisisId: string; stateId: string }[],
): void {
  const rows = links.map((link) => ({ ...link, createdIn: set.number }));
  set.enter("crisis_state", rows, (data) => tx.crisisState.createMany({ data }));
}

/**
 * Amends crises.
 * @throws Refusal as `amendThings` does
 */
export function amendCrises(
  tx: Tx,
  set: ChangeSet,
  amendments: readonly Amendment<Partial<Omit<NewCrisis, "id" | "key">>>[],
): Promise<void> {
  const changes = amendments.map(({ change: { start, end, ...said }, ...rest }) => {
    const days = {
      ...(start === undefined ? {} : dateColumns("start", start)),
      ...(end === undefined ? {} : dateColumns("end", end)),
    };
    return { ...rest, change: { ...said, ...days } };
  });
  return amendThings(tx, set, "Crisis", changes);
}
