import type { Tx } from "../../db/client.ts";
import type { Quotation } from "../../values/quotation.ts";
import { newUuid } from "../../values/ids.ts";
import type { NewPassage } from "../passage.ts";

/** Words that were found in a capture. */
export interface Quoted {
  readonly captureId: string;
  readonly quotation: Quotation;
  /** The id to give the passage, if it is new and its id was allotted before. */
  readonly id?: string | undefined;
}

/**
 * The passages of quotations, by id, in their order, and those of them that the record does not hold. One span of a
 * capture is one passage, however often it is quoted.
 * @param freshCaptures the ids of captures that are brought in with them, of which the record holds no passage
 */
export async function findPassages(
  tx: Tx,
  quoted: readonly Quoted[],
  freshCaptures: ReadonlySet<string> = new Set(),
): Promise<{ ids: string[]; fresh: NewPassage[] }> {
  const captures = [...new Set(quoted.map(({ captureId }) => captureId))].filter((id) => !freshCaptures.has(id));
  const select = { id: true, captureId: true, start: true, end: true };
  const held = await tx.passage.findMany({ where: { captureId: { in: captures } }, select });
  const known = new Map(held.map((row) => [spanOf(row.captureId, row), row.id]));
  const fresh: NewPassage[] = [];
  const ids = quoted.map(({ captureId, quotation, id: allotted }) => {
    const span = spanOf(captureId, quotation);
    const id = known.get(span) ?? allotted ?? newUuid();
    if (!known.has(span)) fresh.push({ id, captureId, ...quotation });
    known.set(span, id);
    return id;
  });
  return { ids, fresh };
}

function spanOf(captureId: string, { start, end }: { start: number; end: number }): string {
  return `${captureId} ${start} ${end}`;
}
