import { enterPassages } from "../../record/passage.ts";
import { findPassages } from "../../record/terms/find-passages.ts";
import type { Sources } from "../../record/terms/new-assertion.ts";
import { spotAt } from "../../record/terms/node.ts";
import { statesOf } from "../../record/terms/read-assertion.ts";
import type { Captures } from "./enter-documents.ts";
import type { Entering } from "./entering.ts";

/**
 * Enters the passages that a dossier quotes and the record does not hold. Answers where each piece of evidence leads.
 * @param instants from when on what each document tells counts as known, by its key
 */
export async function enterDossierPassages(
  { tx, set, dossier, added }: Entering,
  captures: Captures,
  instants: ReadonlyMap<string, Date>,
): Promise<Sources> {
  const quoted = dossier.assertions.flatMap(statesOf).flatMap(({ evidence }) =>
    evidence.map(({ document, spot }) => {
      const node = spotAt(spot, "quote");
      const [capture, quotation] = [captures.get(document ?? ""), dossier.quotations.get(node)];
      const reportedFrom = instants.get(document ?? "");
      if (!capture || !quotation || !reportedFrom) throw new Error(`The quotation at ${node.path} was not looked for.`);
      return { spot, captureId: capture.id, quotation, reportedFrom };
    }),
  );
  const { ids, fresh } = await findPassages(tx, quoted);
  enterPassages(tx, set, fresh, new Map([...captures.values()].map(({ id, text }) => [id, text])));
  added.passages += fresh.length;
  return new Map(quoted.map(({ spot, reportedFrom }, i) => [spot, { passageId: ids[i] ?? "", reportedFrom }]));
}
