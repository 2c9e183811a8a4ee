import type { NewAssertion } from "../../record/assertion.ts";
import type { Entering } from "./entering.ts";
import { newDetail } from "./new-detail.ts";
import { spotAt, type Node } from "./node.ts";
import type { AssertionEntry } from "./read-assertion.ts";
import type { StateEntry } from "./read-state.ts";

/** What the evidence of a dossier leads to. */
export interface Sources {
  /** The passage of each quotation. */
  readonly passages: ReadonlyMap<Node, string>;
  /** From when on what each document tells counts as known, by its key. */
  readonly reportedFrom: ReadonlyMap<string, Date>;
}

/** One state of an assertion of a dossier: the first, or what a later report says. */
export function newAssertion(
  { kind, extractor, reported, evidence: first }: AssertionEntry,
  state: StateEntry,
  { ids, author }: Entering,
  sources: Sources,
): NewAssertion {
  const { status, confidence, valid, attribution, evidence, utterance } = state;
  const supporting = evidence
    .filter(({ role }) => role === "SUPPORTS")
    .map(({ document }) => instantOf(document, sources));
  if (supporting.length === 0 && reported) supporting.push(reported.getTime());
  const { spot: _, ...machine } = extractor ?? { spot: null, kind: "HUMAN" as const, name: author, version: null };
  return {
    status,
    confidence,
    start: utterance?.said ?? valid?.start ?? null,
    end: utterance?.said ?? valid?.end ?? null,
    reportedFrom: new Date(Math.min(...supporting)),
    extractor: evidence === first ? machine : { kind: "HUMAN", name: author, version: null },
    attribution: attribution.map(({ actor, words, verb, hedge }) => {
      return { actorId: ids.maybe("actor", actor), words, verb, hedge };
    }),
    evidence: evidence.map(({ spot, role, proves }) => ({ passageId: passageOf(spot, sources), role, proves })),
    detail: newDetail(kind, state, ids),
  };
}

function instantOf(document: string, { reportedFrom }: Sources): number {
  const instant = reportedFrom.get(document);
  if (!instant) throw new Error(`It was not looked when document ${document} was reported.`);
  return instant.getTime();
}

function passageOf(spot: Node, { passages }: Sources): string {
  const id = passages.get(spotAt(spot, "quote"));
  if (id === undefined) throw new Error(`The quotation at ${spot.path} has no passage.`);
  return id;
}
