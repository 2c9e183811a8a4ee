import type { NewAssertion } from "../../record/assertion.ts";
import { contentOf, findHeldRecords } from "../../record/held-version.ts";
import { assertRecords, correctRecords } from "../../record/version.ts";
import { excerpt } from "../../values/excerpt.ts";
import type { Entering } from "./entering.ts";
import { newDetail } from "./new-detail.ts";
import { spotAt, type Node } from "./node.ts";
import { refuseEventCycles } from "./refuse-event-cycles.ts";
import type { AssertionEntry } from "./read-assertion.ts";

/** What the evidence of a dossier leads to. */
export interface Sources {
  /** The passage of each quotation. */
  readonly passages: ReadonlyMap<Node, string>;
  /** From when on what each document tells counts as known, by its key. */
  readonly reportedFrom: ReadonlyMap<string, Date>;
}

/** Enters the assertions of a dossier that the record does not hold, and corrects those that say something else now. */
export async function enterDossierAssertions(entering: Entering, crisisId: string, sources: Sources): Promise<void> {
  const { tx, set, dossier, ids, added } = entering;
  const keys = dossier.assertions.map(({ key }) => key);
  const held = await findHeldRecords(tx, crisisId, keys);
  const fresh: Parameters<typeof assertRecords>[2][number][] = [];
  const corrected: Parameters<typeof correctRecords>[2][number][] = [];
  for (const entry of dossier.assertions) {
    const { key, kind, spot } = entry;
    const record = { id: ids.of("record", key), kind, crisisId, key };
    const assertion = newAssertion(entry, entering, sources);
    const old = held.get(key);
    const tell = (field: string, message: string) => dossier.problems.add(spotAt(spot, field), message);
    if (!old) fresh.push({ record, assertion });
    else if (old.kind !== kind) {
      tell("kind", `The record holds ${excerpt(key)} as ${old.kind}, and this says ${kind}; give this another key.`);
    } else if (!old.current) tell("key", `${excerpt(key)} was withdrawn from the record; give this another key.`);
    else if (old.current.content === contentOf(assertion)) entering.unchanged += 1;
    else corrected.push({ record, held: old.current, assertion });
  }
  await refuseEventCycles(entering, crisisId);
  assertRecords(tx, set, fresh);
  correctRecords(tx, set, corrected);
  added.assertions += fresh.length;
  added.corrections += corrected.length;
}

function newAssertion(entry: AssertionEntry, { ids, author }: Entering, sources: Sources): NewAssertion {
  const { status, confidence, valid, attribution, evidence, utterance } = entry;
  const supporting = evidence
    .filter(({ role }) => role === "SUPPORTS")
    .map(({ document }) => instantOf(document, sources));
  return {
    status,
    confidence,
    start: utterance?.said ?? valid?.start ?? null,
    end: utterance?.said ?? valid?.end ?? null,
    reportedFrom: new Date(Math.min(...supporting)),
    extractor: { kind: "HUMAN", name: author, version: null },
    attribution: attribution.map(({ actor, words, verb, hedge }) => {
      return { actorId: ids.maybe("actor", actor), words, verb, hedge };
    }),
    evidence: evidence.map(({ spot, role, proves }) => ({ passageId: passageOf(spot, sources), role, proves })),
    detail: newDetail(entry, ids),
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
