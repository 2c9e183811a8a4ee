import type { Tx } from "../../db/client.ts";
import type { Ids } from "./ids.ts";
import { spotAt } from "./node.ts";
import type { Problems } from "./problem.ts";
import { statesOf, type AssertionEntry } from "./read-assertion.ts";
import type { StateEntry } from "./read-state.ts";
import { FOLLOWING, PARTS, refuseCycles, TRANSLATING, type CycleWords } from "./reference.ts";

/** The link of one record to another of its kind, from a record up. */
type Link = readonly [from: string, to: string | null];

/** Links that, followed, must never lead back to where they begin. */
interface Ladder {
  readonly detail: "event" | "commitment" | "utterance";
  readonly field: string;
  readonly words: CycleWords;
  readonly linkOf: (state: StateEntry) => string | null | undefined;
  /** The links that the record holds of some records, by any report. */
  readonly held: (tx: Tx, recordIds: string[]) => Promise<Link[]>;
}

const assertion = { select: { recordId: true } } as const;
const heldOf = (recordIds: string[]) => ({ assertion: { recordId: { in: recordIds }, recordedTo: null } });

const ladders: readonly Ladder[] = [
  {
    detail: "event",
    field: "partOf",
    words: PARTS,
    linkOf: ({ event }) => event?.partOf,
    held: async (tx, ids) =>
      (await tx.event.findMany({ where: heldOf(ids), select: { partOfId: true, assertion } })).map(
        ({ partOfId, assertion: { recordId } }) => [recordId, partOfId],
      ),
  },
  {
    detail: "commitment",
    field: "otherwise",
    words: FOLLOWING,
    linkOf: ({ commitment }) => commitment?.otherwise,
    held: async (tx, ids) =>
      (await tx.commitment.findMany({ where: heldOf(ids), select: { otherwiseId: true, assertion } })).map(
        ({ otherwiseId, assertion: { recordId } }) => [recordId, otherwiseId],
      ),
  },
  {
    detail: "utterance",
    field: "translationOf",
    words: TRANSLATING,
    linkOf: ({ utterance }) => utterance?.translationOf,
    held: async (tx, ids) =>
      (await tx.utterance.findMany({ where: heldOf(ids), select: { translationOfId: true, assertion } })).map(
        ({ translationOfId, assertion: { recordId } }) => [recordId, translationOfId],
      ),
  },
];

/**
 * Tells of events that, together with what the record holds, would be parts of themselves, of commitments whose
 * "otherwise" leads back to them, and of utterances that would translate themselves, by any of the reports held.
 * @param told the keys of the entries whose links in the record no longer count, for the entries tell them anew
 */
export async function refuseRecordCycles(
  tx: Tx,
  entries: readonly AssertionEntry[],
  { ids, problems, told }: { ids: Ids; problems: Problems; told: ReadonlySet<string> },
): Promise<void> {
  const nameOf = (id: string) => ids.keyOf(id);
  const anew = new Set([...told].map((key) => ids.of("record", key)));
  for (const { detail, field, words, linkOf, held } of ladders) {
    const parts = entries.flatMap((entry) =>
      statesOf(entry).flatMap((state) => {
        const link = linkOf(state);
        if (link === undefined) return [];
        const node = spotAt(state.spot, detail, field);
        return [{ key: ids.of("record", entry.key), partOf: ids.maybe("record", link), node }];
      }),
    );
    const first = parts.flatMap(({ partOf }) => partOf ?? []);
    const above = await climb(first, async (from) => (await held(tx, from)).filter(([id]) => !anew.has(id)));
    refuseCycles(parts, problems, { above, nameOf, words });
  }
}

/** Every link that following links upwards from some records comes upon. */
async function climb(first: readonly string[], linksOf: (from: string[]) => Promise<Link[]>): Promise<Link[]> {
  const seen = new Set<string>();
  const found: Link[] = [];
  for (let next = [...new Set(first)]; next.length > 0;) {
    for (const id of next) seen.add(id);
    const links = await linksOf(next);
    found.push(...links);
    next = [...new Set(links.flatMap(([, to]) => (to === null || seen.has(to) ? [] : [to])))];
  }
  return found;
}
