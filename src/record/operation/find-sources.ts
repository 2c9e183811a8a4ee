import type { Tx } from "../../db/client.ts";
import type { NewPassage } from "../passage.ts";
import { findPassages } from "../terms/find-passages.ts";
import type { Ids } from "../terms/ids.ts";
import type { Sources } from "../terms/new-assertion.ts";
import { spotAt, type Fields, type Node } from "../terms/node.ts";
import type { AllottedIds } from "./allot.ts";
import type { Batch } from "./batch.ts";
import type { Captures, FoundCapture } from "./find-captures.ts";

/** Where everything that operations lean on stands. */
export interface FoundSources {
  readonly sources: Sources;
  /** The words of each piece of evidence, by where it is given. */
  readonly words: ReadonlyMap<Node, string>;
  /** The passages that the record does not hold yet. */
  readonly fresh: readonly NewPassage[];
}

/** Finds the passages that operations bring in or rest on, and gives those brought in their ids. */
export async function findSources(
  tx: Tx,
  batch: Batch,
  captures: Captures,
  { ids, allotted }: { ids: Ids; allotted: AllottedIds },
): Promise<FoundSources> {
  const evidence = batch.facts.flatMap(({ entry }) => entry.evidence);
  const quoted = [
    ...batch.things.passage.map(({ token, said }) => {
      return { ...cut(said, captures), spot: said.spot, token, id: allotted[`passage ${token}`] };
    }),
    ...evidence
      .filter(({ passage }) => passage === null)
      .map((each) => {
        return { ...cut(each, captures), spot: each.spot, token: null, id: undefined };
      }),
  ];
  const { ids: found, fresh } = await findPassages(
    tx,
    quoted,
    new Set(batch.things.capture.map(({ token }) => ids.of("capture", token))),
  );
  const sources = new Map<Node, { passageId: string; reportedFrom: Date }>();
  const words = new Map<Node, string>();
  const known = new Map<string, { exact: string; reportedFrom: Date }>();
  for (const [i, { token, spot, reportedFrom, quotation }] of quoted.entries()) {
    const passageId = found[i] ?? "";
    sources.set(spot, { passageId, reportedFrom });
    words.set(spot, quotation.exact);
    known.set(passageId, { exact: quotation.exact, reportedFrom });
    if (token !== null) ids.set("passage", token, passageId);
  }
  const named = evidence.flatMap(({ passage, spot }) =>
    passage === null ? [] : [{ spot, id: ids.of("passage", passage) }],
  );
  for (const [id, held] of await heldPassages(
    tx,
    named.map(({ id }) => id),
  ))
    known.set(id, held);
  for (const { spot, id } of named) {
    const passage = known.get(id);
    if (!passage) throw new Error(`Passage ${id} was looked up and is not there.`);
    sources.set(spot, { passageId: id, reportedFrom: passage.reportedFrom });
    words.set(spot, passage.exact);
  }
  return { sources, words, fresh };
}

/** The texts of copies, by their ids. */
export function textsOf({ bySource }: Captures): Map<string, string> {
  return new Map([...bySource.values()].map(({ id, text }: FoundCapture) => [id, text]));
}

function cut(
  { document, capture, spot }: { document: string | null; capture: string | null; spot: Fields },
  { bySource, quotations }: Captures,
) {
  const found = bySource.get(document ?? capture ?? "");
  const quotation = quotations.get(spotAt(spot, "quote"));
  if (!found || !quotation) throw new Error(`The quotation at ${spot.path} was not looked for.`);
  return { captureId: found.id, reportedFrom: found.reportedFrom, quotation };
}

async function heldPassages(tx: Tx, ids: readonly string[]) {
  const held = await tx.passage.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, exact: true, capture: { select: { document: { select: { reportedFrom: true } } } } },
  });
  return held.map(({ id, exact, capture }) => [id, { exact, reportedFrom: capture.document.reportedFrom }] as const);
}
