import type { Tx } from "../../db/client.ts";
import type { ChangeSet } from "../entry.ts";
import type { NewAssertion } from "../assertion.ts";
import { enterPassages } from "../passage.ts";
import { BRIEF, UNHURRIED } from "../terms/find-quotes.ts";
import type { Ids } from "../terms/ids.ts";
import type { Noun } from "../terms/reading.ts";
import type { Problems } from "../terms/problem.ts";
import { refuseRecordCycles } from "../terms/refuse-record-cycles.ts";
import { refuseSelfLinks } from "../terms/refuse-self-links.ts";
import { refuseStrayMentions } from "../terms/refuse-stray-mentions.ts";
import { allotIds, type AllottedIds } from "./allot.ts";
import { enterAmendments } from "./amendment.ts";
import type { GivenAmendment } from "./batch.ts";
import { broughtBy, type Brought } from "./brought.ts";
import { enterFacts } from "./enter-facts.ts";
import { enterThings } from "./enter-things.ts";
import { findCaptures } from "./find-captures.ts";
import { findSources, textsOf } from "./find-sources.ts";
import type { Known } from "./known.ts";
import { outcomesOf, type Outcome } from "./outcome.ts";
import type { Placed } from "./placed.ts";
import { completeAhead, readThoroughly, type Ahead } from "./read-ahead.ts";
import { refuseUnfitThings } from "./refuse-unfit-thing.ts";
import { refuseSameCaptures } from "./refuse-same-capture.ts";
import { refuseThingCycles } from "./refuse-thing-cycles.ts";
import { enterWithdrawals, findWithdrawn, type Withdrawn } from "./withdraw.ts";
import { OperationsRefused } from "./refused.ts";

/** What operations left behind. */
export interface Entered {
  /** What each brought in or changed, in their order. */
  readonly outcomes: readonly Outcome[];
  /** Whether they were entered as they had been read ahead; else they were read once more. */
  readonly ahead: boolean;
  /** The ids of what they brought in; given again, the same operations bring in the same. */
  readonly allotted: AllottedIds;
  /** What they say of facts, and the versions that they change, by which operation it is, from 0. */
  readonly facts: ReadonlyMap<number, NewAssertion>;
  readonly targets: ReadonlyMap<number, string>;
  /** What they amend, and what they bring in under a key, by the same; and what they withdraw. */
  readonly amended: ReadonlyMap<number, GivenAmendment>;
  readonly brought: ReadonlyMap<number, Brought>;
  readonly withdrawn: Withdrawn;
  /** The words of the passages that they rest on, by id. */
  readonly words: ReadonlyMap<string, string>;
  /** The key of an id, or the id itself where it is of something else. */
  readonly nameOf: (id: string) => string;
  /** The kind of what they bring in; an empty text where its noun has none. */
  readonly kindOf: (noun: Noun, token: string) => string;
}

/** Who submits operations, and which ids were allotted to what they bring in. */
export interface Entering {
  /** They count as the reader who made the assertions. */
  readonly author: string;
  readonly allotted?: AllottedIds;
  /** The same operations as `readAhead` read them, and what is known of the record. */
  readonly ahead?: { readonly read: Ahead | null; readonly known: Known };
}

/**
 * Enters operations into a change set: all of them, or none.
 * @throws OperationsRefused with everything that is wrong with them; Refusal CONFLICT where somebody else changed
 * meanwhile what one of them is to change, with its `path`, the `recordId`, and the `currentVersion`, null where withdrawn
 */
export async function enterOperations(
  tx: Tx,
  set: ChangeSet,
  placed: readonly Placed[],
  { author, allotted: before = {}, ahead }: Entering,
): Promise<Entered> {
  const quick = ahead?.read ? await completeAhead(tx, ahead.read, ahead.known) : null;
  const { subjects, links, reading, batch, held } = quick ?? (await readThoroughly(tx, placed));
  const { problems } = reading;
  const { ids, allotted } = allotIds(held, subjects, before);
  const captures = await findCaptures(tx, batch, { ids, reading, patience: ahead ? UNHURRIED : BRIEF });
  refuseIfAny(problems);
  const { sources, words, fresh } = await findSources(tx, batch, captures, { ids, allotted });
  await refuseWhatCannotBe(tx, batch, { ids, problems, words });
  const withdrawn = await findWithdrawn(tx, batch, ids, problems);
  refuseIfAny(problems);
  // What is withdrawn makes room for what is entered in its place.
  await enterWithdrawals(tx, set, withdrawn);
  await enterThings(tx, set, batch, { ids, problems, withdrawn });
  await enterAmendments(tx, set, batch, { ids, problems, withdrawn });
  enterPassages(tx, set, fresh, textsOf(captures));
  const facts = await enterFacts(tx, set, batch, { ids, problems, author, sources });
  refuseIfAny(problems);
  const changed = [...batch.updated, ...batch.corrected, ...batch.retracted];
  return {
    outcomes: outcomesOf(placed, subjects, batch, { ids, keys: links.keys }),
    ahead: quick !== null,
    allotted,
    facts,
    targets: new Map(changed.map(({ at, expectedVersion }) => [at, expectedVersion])),
    amended: new Map(batch.amended.map((amendment) => [amendment.at, amendment])),
    brought: broughtBy(subjects, batch, ids),
    withdrawn,
    words: new Map([...sources].map(([spot, { passageId }]) => [passageId, words.get(spot) ?? ""])),
    nameOf: (id) => ids.keyOf(id),
    kindOf: (noun, token) => links.keys[noun].get(token) ?? "",
  };
}

async function refuseWhatCannotBe(
  tx: Tx,
  batch: Parameters<typeof enterFacts>[2],
  { ids, problems, words }: { ids: Ids; problems: Problems; words: Parameters<typeof refuseStrayMentions>[1] },
): Promise<void> {
  const entries = batch.facts.map(({ entry }) => entry);
  refuseSelfLinks(entries, problems);
  refuseStrayMentions(entries, words, problems);
  await refuseThingCycles(tx, batch, problems);
  await refuseSameCaptures(tx, batch, ids, problems);
  await refuseUnfitThings(tx, batch, problems);
  const told = new Set(batch.corrected.map(({ token }) => token));
  await refuseRecordCycles(tx, entries, { ids, problems, told });
}

function refuseIfAny({ found }: Problems): void {
  if (found.length > 0) throw new OperationsRefused(found);
}
