import { enterPassages, type NewPassage } from "../../record/passage.ts";
import { newUuid } from "../../values/ids.ts";
import type { Captures } from "./enter-documents.ts";
import type { Entering } from "./entering.ts";
import { statesOf } from "./read-assertion.ts";
import { spotAt, type Node } from "./node.ts";

/**
 * Enters the passages that a dossier quotes and the record does not hold. One span of a capture is one passage, however
 * often it is quoted. Answers the id of the passage of each quotation.
 */
export async function enterDossierPassages(entering: Entering, captures: Captures): Promise<Map<Node, string>> {
  const { tx, set, dossier, added } = entering;
  const old = [...captures.values()].filter(({ fresh }) => !fresh).map(({ id }) => id);
  const select = { id: true, captureId: true, start: true, end: true };
  const held = await tx.passage.findMany({ where: { captureId: { in: old } }, select });
  const known = new Map(held.map((row) => [spanOf(row), row.id]));
  const fresh: NewPassage[] = [];
  const passages = new Map<Node, string>();
  for (const { document, spot } of dossier.assertions.flatMap(statesOf).flatMap(({ evidence }) => evidence)) {
    const node = spotAt(spot, "quote");
    const [capture, quotation] = [captures.get(document), dossier.quotations.get(node)];
    if (!capture || !quotation) throw new Error(`The quotation at ${node.path} was not looked for.`);
    const span = spanOf({ captureId: capture.id, ...quotation });
    const id = known.get(span) ?? newUuid();
    if (!known.has(span)) fresh.push({ id, captureId: capture.id, ...quotation });
    known.set(span, id);
    passages.set(node, id);
  }
  enterPassages(tx, set, fresh, new Map([...captures.values()].map(({ id, text }) => [id, text])));
  added.passages += fresh.length;
  return passages;
}

function spanOf({ captureId, start, end }: { captureId: string; start: number; end: number }): string {
  return `${captureId} ${start} ${end}`;
}
