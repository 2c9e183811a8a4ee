import { enterPassages, type NewPassage } from "../../record/passage.ts";
import { newUuid } from "../../values/ids.ts";
import type { Captures } from "./enter-documents.ts";
import type { Sources } from "../../record/terms/new-assertion.ts";
import type { Entering } from "./entering.ts";
import { statesOf } from "../../record/terms/read-assertion.ts";
import { spotAt, type Node } from "../../record/terms/node.ts";

/**
 * Enters the passages that a dossier quotes and the record does not hold. One span of a capture is one passage, however
 * often it is quoted. Answers where each piece of evidence leads.
 * @param instants from when on what each document tells counts as known, by its key
 */
export async function enterDossierPassages(
  entering: Entering,
  captures: Captures,
  instants: ReadonlyMap<string, Date>,
): Promise<Sources> {
  const { tx, set, dossier, added } = entering;
  const old = [...captures.values()].filter(({ fresh }) => !fresh).map(({ id }) => id);
  const select = { id: true, captureId: true, start: true, end: true };
  const held = await tx.passage.findMany({ where: { captureId: { in: old } }, select });
  const known = new Map(held.map((row) => [spanOf(row), row.id]));
  const fresh: NewPassage[] = [];
  const sources = new Map<Node, { passageId: string; reportedFrom: Date }>();
  for (const { document, spot } of dossier.assertions.flatMap(statesOf).flatMap(({ evidence }) => evidence)) {
    const node = spotAt(spot, "quote");
    const [capture, quotation] = [captures.get(document ?? ""), dossier.quotations.get(node)];
    const reportedFrom = instants.get(document ?? "");
    if (!capture || !quotation || !reportedFrom) throw new Error(`The quotation at ${node.path} was not looked for.`);
    const span = spanOf({ captureId: capture.id, ...quotation });
    const id = known.get(span) ?? newUuid();
    if (!known.has(span)) fresh.push({ id, captureId: capture.id, ...quotation });
    known.set(span, id);
    sources.set(spot, { passageId: id, reportedFrom });
  }
  enterPassages(tx, set, fresh, new Map([...captures.values()].map(({ id, text }) => [id, text])));
  added.passages += fresh.length;
  return sources;
}

function spanOf({ captureId, start, end }: { captureId: string; start: number; end: number }): string {
  return `${captureId} ${start} ${end}`;
}
