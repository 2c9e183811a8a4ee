import { blocs, name, offices, persons, places, programmes, states, vagueDay, word } from "./ground-line.ts";
import type { Lot } from "./random.ts";

/** What is known of those that came before, so that a fact may lead to one of them. */
export interface Before {
  /** The keys of what was asserted lately, by kind. */
  readonly keys: ReadonlyMap<string, readonly string[]>;
}

type Says = (lot: Lot, before: Before, sentence: string) => object | null;

const actor = (lot: Lot) => {
  return { key: lot.below(3) === 0 ? `state-${lot.below(states)}` : `person-${lot.below(persons)}` };
};
const office = (lot: Lot) => ({ key: `office-${lot.below(offices)}` });
const two = (lot: Lot) => [{ key: `person-${lot.below(persons)}` }, { key: `state-${lot.below(states)}` }] as const;
const valid = (lot: Lot) => ({ valid: { start: { edtf: vagueDay(lot) } } });

/** One of some earlier facts of a kind; null where there is none. */
function earlier(lot: Lot, { keys }: Before, ...kinds: readonly string[]): { key: string } | null {
  const all = kinds.flatMap((kind) => keys.get(kind) ?? []);
  return all.length === 0 ? null : { key: lot.of(all) };
}

/** What facts of each kind say, and how many of a hundred are of it. Null: nothing to lead to has come yet. */
export const kinds: Readonly<Record<string, readonly [share: number, says: Says]>> = {
  event: [
    30,
    (lot, before) => ({
      title: `Meeting of ${name(lot)} with ${name(lot)}`,
      eventKind: lot.of(["MEETING", "PROTEST", "SPEECH", "DEMAND"]),
      eventStatus: lot.of(["OCCURRED", "ALLEGED", "PLANNED"]),
      places: [{ key: `place-${lot.below(places)}` }],
      participations: two(lot).map((each, i) => ({ actor: each, role: i === 0 ? "ACTOR" : "TARGET" })),
      ...(lot.below(5) === 0 ? { partOf: earlier(lot, before, "event") } : {}),
      ...valid(lot),
    }),
  ],
  recognition: [
    15,
    (lot) => ({
      recogniser: { key: `state-${lot.below(states)}` },
      claimant: { key: `person-${lot.below(persons)}` },
      position: office(lot),
      stance: lot.of(["RECOGNISES", "REJECTS", "NEUTRAL"]),
      form: "UNILATERAL",
      ...valid(lot),
    }),
  ],
  utterance: [
    20,
    (lot, _before, sentence) => ({
      speaker: actor(lot),
      exact: sentence.slice(0, 60),
      language: "en",
      said: { edtf: vagueDay(lot) },
      channel: lot.of(["X_TWITTER", "SPEECH", "INTERVIEW"]),
      acts: ["DEMAND"],
      verbatim: true,
    }),
  ],
  stance: [
    9,
    (lot) => ({ actor: two(lot)[0], towards: two(lot)[1], stanceKind: lot.of(["BACKS", "OPPOSES"]), ...valid(lot) }),
  ],
  claim: [
    7,
    (lot, before) => ({
      proposition: `That ${name(lot)} holds ${word(lot)}`,
      claimant: actor(lot),
      about: actor(lot),
      ...(lot.below(4) === 0 ? { supports: earlier(lot, before, "claim") } : {}),
    }),
  ],
  occupancy: [
    3,
    (lot) => ({
      holder: two(lot)[0],
      position: office(lot),
      capacity: "CLAIMED",
      claimType: "ASSERTED",
      ...valid(lot),
    }),
  ],
  commitment: [
    3,
    (lot, before) => ({
      commitmentKind: "OFFER",
      by: actor(lot),
      action: `To lift the siege of ${name(lot)}`,
      commitmentStatus: "OPEN",
      deadline: { edtf: vagueDay(lot) },
      answers: earlier(lot, before, "event", "utterance"),
    }),
  ],
  quantityClaim: [
    4,
    (lot) => {
      const value = lot.below(10_000);
      const said = { unit: "person", counted: "people in the square", words: `about ${value} people` };
      return { claimant: actor(lot), value, comparator: "ABOUT", ...said };
    },
  ],
  account: [
    2,
    (lot, before) => {
      const event = earlier(lot, before, "event");
      return event && { event, teller: actor(lot), frame: `As ${name(lot)} tells it`, statusAsserted: "OCCURRED" };
    },
  ],
  designation: [
    2,
    (lot) => ({
      target: two(lot)[0],
      authority: two(lot)[1],
      programme: { key: `programme-${lot.below(programmes)}` },
      measures: ["freezing of assets"],
      ...valid(lot),
    }),
  ],
  recognitionTally: [
    1,
    (lot) => {
      const said = { comparator: "MORE_THAN", value: lot.below(50), scope: "members of the league" };
      return { claimant: two(lot)[0], position: office(lot), ...said };
    },
  ],
  blocMembership: [1, (lot) => ({ bloc: { key: `bloc-${lot.below(blocs)}` }, member: two(lot)[1], ...valid(lot) })],
  eventCoding: [
    1,
    (lot, before) => {
      const subject = earlier(lot, before, "event");
      return subject && { subject, ontology: "PLOVER", version: "2024-02", code: "SUPPORT", coder: "coder-one" };
    },
  ],
  assessment: [
    1,
    (lot, before) => {
      const subject = earlier(lot, before, "claim", "account");
      return subject && { subject, assessor: actor(lot), verdict: "Too many" };
    },
  ],
  mention: [1, (lot, _before, sentence) => ({ surface: sentence.slice(9, 20), resolvesTo: actor(lot) })],
};
