import type { Tx } from "../db/client.ts";
import { amendThings, type Amendment } from "./amend.ts";
import type { ChangeSet } from "./entry.ts";

/** A set of sanctions that an authority keeps, to be entered. */
export interface NewSanctionsProgramme {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly issuerId: string;
  readonly legalBases: readonly string[];
  readonly measures: readonly string[];
}

/** What a programme says of itself, as columns. */
export function programmeColumns({ id: _, legalBases, measures, ...columns }: NewSanctionsProgramme) {
  return { ...columns, legalBases: [...legalBases], measures: [...measures] };
}

/** Enters programmes. Who is under one is told by designations. */
export function enterSanctionsProgrammes(tx: Tx, set: ChangeSet, programmes: readonly NewSanctionsProgramme[]): void {
  const rows = programmes.map((given) => ({ id: given.id, ...programmeColumns(given), createdIn: set.number }));
  set.enter("sanctions_programme", rows, (data) => tx.sanctionsProgramme.createMany({ data }), rows.length);
}

/**
 * Amends programmes.
 * @throws Refusal as `amendThings` does
 */
export function amendSanctionsProgrammes(
  tx: Tx,
  set: ChangeSet,
  amendments: readonly Amendment<Partial<Omit<NewSanctionsProgramme, "id" | "key">>>[],
): Promise<void> {
  return amendThings(tx, set, "SanctionsProgramme", amendments);
}
