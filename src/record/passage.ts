import type { Tx } from "../db/client.ts";
import { CodePoints } from "../values/code-point.ts";
import { context, type Quotation } from "../values/quotation.ts";
import type { ChangeSet } from "./entry.ts";

/** A span of a capture to be entered. */
export interface NewPassage extends Quotation {
  readonly id: string;
  readonly captureId: string;
}

/**
 * Enters passages, verified now: each with the 32 code points before and after it.
 * @param texts the text of each capture, by its id
 */
export function enterPassages(
  tx: Tx,
  set: ChangeSet,
  passages: readonly NewPassage[],
  texts: ReadonlyMap<string, string>,
): void {
  const points = new Map([...texts].map(([captureId, text]) => [captureId, new CodePoints(text)]));
  const rows = passages.map(({ id, captureId, start, end, exact }) => {
    const text = points.get(captureId);
    if (text === undefined) throw new Error(`Capture ${captureId} of passage ${id} is not at hand.`);
    const around = context(text, start, end);
    return { id, captureId, exact, start, end, ...around, verifiedAt: set.at, createdIn: set.number };
  });
  set.enter("passage", rows, (data) => tx.passage.createMany({ data }));
}
