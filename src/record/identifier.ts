import type { Tx } from "../db/client.ts";
import { newUuid } from "../values/ids.ts";
import type { ChangeSet } from "./entry.ts";

/** What an actor is called in somebody's register, to be entered. */
export interface NewIdentifier {
  readonly actorId: string;
  readonly scheme: string;
  readonly value: string;
}

/** Enters identifiers of actors. No two actors have the same one. */
export function enterIdentifiers(tx: Tx, set: ChangeSet, identifiers: readonly NewIdentifier[]): void {
  const rows = identifiers.map((identifier) => ({ id: newUuid(), ...identifier, createdIn: set.number }));
  set.enter("identifier", rows, (data) => tx.identifier.createMany({ data }));
}
