import type { Tx } from "../db/client.ts";
import { foldName } from "../values/fold.ts";
import type { ChangeSet } from "./entry.ts";

/** A name in a text, to be entered. */
export interface NewMention {
  /** As it stands in the passage that is its evidence. */
  readonly surface: string;
  readonly resolvesToId: string | null;
}

/** What a mention says, as columns: folded for search beside. */
export function mentionColumns(mention: NewMention) {
  return { ...mention, folded: foldName(mention.surface) };
}

/** Enters what assertions of kind MENTION say. */
export function enterMentions(tx: Tx, set: ChangeSet, rows: readonly (NewMention & { assertionId: string })[]): void {
  const columns = rows.map(({ assertionId, ...says }) => ({ assertionId, ...mentionColumns(says) }));
  set.enter("mention", columns, (data) => tx.mention.createMany({ data }));
}
