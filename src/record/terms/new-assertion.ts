import type { NewAssertion } from "../assertion.ts";
import type { Ids } from "./ids.ts";
import { newDetail } from "./new-detail.ts";
import type { Node } from "./node.ts";
import type { AssertionEntry } from "./read-assertion.ts";
import type { StateEntry } from "./read-state.ts";

/** What evidence leads to, by where it is given: the passage, and from when on what its document tells counts as known. */
export type Sources = ReadonlyMap<Node, { readonly passageId: string; readonly reportedFrom: Date }>;

/** One state of an assertion: the first, or what a later report says. */
export function newAssertion(
  { kind, extractor, reported, evidence: first }: Omit<AssertionEntry, "key" | "updates" | "retracted">,
  state: StateEntry,
  { ids, author }: { readonly ids: Ids; readonly author: string },
  sources: Sources,
): NewAssertion {
  const { status, confidence, valid, attribution, evidence, utterance } = state;
  const supporting = evidence
    .filter(({ role }) => role === "SUPPORTS")
    .map(({ spot }) => sourceOf(spot, sources).reportedFrom.getTime());
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
    evidence: evidence.map(({ spot, role, proves }) => ({
      passageId: sourceOf(spot, sources).passageId,
      role,
      proves,
    })),
    detail: newDetail(kind, state, ids),
  };
}

function sourceOf(spot: Node, sources: Sources) {
  const source = sources.get(spot);
  if (!source) throw new Error(`It was not looked where the evidence at ${spot.path} stands.`);
  return source;
}
