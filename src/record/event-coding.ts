import type { Tx } from "../db/client.ts";
import type { ChangeSet } from "./entry.ts";

/** A code that somebody gave a record, to be entered. */
export interface NewEventCoding {
  readonly subjectId: string;
  readonly ontology: string;
  readonly version: string;
  readonly code: string;
  readonly modes: readonly string[];
  readonly contexts: readonly string[];
  /** From 1 to 4. */
  readonly quad: number | null;
  readonly coder: string;
  /** The day it was given, counted from 1970-01-01. */
  readonly codedOn: number | null;
}

/** Enters what assertions of kind EVENT_CODING say. */
export function enterEventCodings(
  tx: Tx,
  set: ChangeSet,
  rows: readonly (NewEventCoding & { assertionId: string })[],
): void {
  const listed = rows.map((row) => ({ ...row, modes: [...row.modes], contexts: [...row.contexts] }));
  set.enter("event_coding", listed, (data) => tx.eventCoding.createMany({ data }));
}
