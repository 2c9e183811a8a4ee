import type { Tx } from "../db/client.ts";
import { newUuid } from "../values/ids.ts";
import type { ChangeSet } from "./entry.ts";

/** One link in the chain of who says that who says, to be entered: an actor, or words for somebody. */
export interface NewAttribution {
  readonly actorId: string | null;
  readonly words: string | null;
  readonly verb: string;
  readonly hedge: string | null;
}

/** Enters the chains of assertions, each from the outermost teller inwards. */
export function enterAttributions(
  tx: Tx,
  set: ChangeSet,
  chains: readonly { assertionId: string; attribution: readonly NewAttribution[] }[],
): void {
  const rows = chains.flatMap(({ assertionId, attribution }) =>
    attribution.map((link, ordinal) => ({ id: newUuid(), assertionId, ordinal, ...link })),
  );
  set.enter("attribution", rows, (data) => tx.attribution.createMany({ data }));
}
