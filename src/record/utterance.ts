import type { Tx } from "../db/client.ts";
import type { Channel, SpeechAct } from "../generated/prisma/enums.ts";
import type { ChangeSet } from "./entry.ts";

/** Something that somebody said, to be entered. When it was said is both start and end of its assertion. */
export interface NewUtterance {
  readonly speakerId: string;
  readonly onBehalfOfId: string | null;
  readonly viaId: string | null;
  /** At least one of `exact` and `paraphrase` is given. */
  readonly exact: string | null;
  readonly paraphrase: string | null;
  readonly language: string | null;
  /** The record of the utterance that these words translate. */
  readonly translationOfId: string | null;
  readonly channel: Channel;
  readonly audienceId: string | null;
  readonly acts: readonly SpeechAct[];
  readonly verbatim: boolean;
}

/** Enters what assertions of kind UTTERANCE say. */
export function enterUtterances(
  tx: Tx,
  set: ChangeSet,
  rows: readonly (NewUtterance & { assertionId: string })[],
): void {
  const listed = rows.map((row) => ({ ...row, acts: [...row.acts] }));
  set.enter("utterance", listed, (data) => tx.utterance.createMany({ data }));
}
