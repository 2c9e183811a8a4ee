import type { Tx } from "../db/client.ts";
import type { NameKind } from "../generated/prisma/enums.ts";
import { foldName } from "../values/fold.ts";
import { newUuid } from "../values/ids.ts";
import type { ChangeSet } from "./entry.ts";

/** A name of an actor to be entered. */
export interface NewName {
  readonly actorId: string;
  readonly text: string;
  readonly language: string | null;
  readonly script: string | null;
  readonly kind: NameKind;
  /** Its place among the actor's names; 0 is the common name that the actor is shown with. */
  readonly ordinal: number;
}

/** Enters names of actors, folded for search. */
export function enterNames(tx: Tx, set: ChangeSet, names: readonly NewName[]): void {
  const rows = names.map((name) => ({ id: newUuid(), ...name, folded: foldName(name.text), createdIn: set.number }));
  set.enter("name", rows, (data) => tx.name.createMany({ data }));
}

/** A text that is alike for names that say the same. */
export function nameKey({ text, language, script, kind }: Omit<NewName, "actorId" | "ordinal">): string {
  return JSON.stringify([text, language, script, kind]);
}
