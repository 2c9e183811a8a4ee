import type { Tx } from "../../db/client.ts";
import type { ChangeSet } from "../../record/entry.ts";
import type { Ids } from "../../record/terms/ids.ts";
import type { Dossier } from "./read-dossier.ts";

/** How many of each an import brought in. */
export interface Added {
  crises: number;
  documents: number;
  captures: number;
  places: number;
  actors: number;
  names: number;
  identifiers: number;
  positions: number;
  programmes: number;
  passages: number;
  assertions: number;
  /** Later states of records, each from a later report. */
  updates: number;
  /** Records that were withdrawn. */
  retractions: number;
  /** Versions that took the place of others. */
  corrections: number;
}

/** What the steps of an import share. */
export interface Entering {
  readonly tx: Tx;
  readonly set: ChangeSet;
  readonly dossier: Dossier;
  readonly ids: Ids;
  readonly author: string;
  readonly added: Added;
  /** Counts things and records that the record held as the dossier gives them. */
  unchanged: number;
}
