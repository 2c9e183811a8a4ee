import type { AssertionKind } from "../../generated/prisma/enums.ts";
import type { Fields } from "../terms/node.ts";
import type { AssertionEntry } from "../terms/read-assertion.ts";
import type { Noun } from "../terms/reading.ts";
import type { readIdentifier, readName, Said, ThingNoun } from "./read-thing.ts";

/** What is common to everything that an operation was read as. */
export interface Given {
  /** Which operation it is, from 0. */
  readonly at: number;
  readonly spot: Fields;
}

/** Something that an operation brings in. */
export interface GivenThing<N extends ThingNoun> extends Given {
  /** What it is called while operations are read. */
  readonly token: string;
  readonly said: Said<N>;
}

/** What an operation says of a fact. */
export interface GivenFact extends Given {
  readonly kind: AssertionKind;
  /** What its record is called while operations are read, and the crisis that it stands under. */
  readonly token: string;
  readonly crisis: string;
  /** The key that it is asserted under. */
  readonly key: string;
  readonly entry: AssertionEntry;
}

/** A change to a record that is held. */
export interface Targeting extends Given {
  readonly recordId: string;
  /** Its id, as it was given. */
  readonly id: string;
  /** The version that its author took for the one that stands. */
  readonly expectedVersion: string;
}

/** What a thing is to say otherwise. */
export interface GivenAmendment extends Given {
  readonly noun: Noun;
  readonly thingId: string;
  /** What it is called while operations are read. */
  readonly token: string;
  /** The GraphQL type of its id. */
  readonly type: string;
  /** The change set that its author took to have amended it last; null for none. */
  readonly expected: number | null;
  /** By field; null where there is to be nothing, links by what they lead to. */
  readonly said: Readonly<Record<string, unknown>>;
}

/** Operations, read, by what they do. */
export class Batch {
  readonly things: { readonly [N in ThingNoun]: GivenThing<N>[] } = {
    crisis: [],
    actor: [],
    place: [],
    position: [],
    programme: [],
    document: [],
    capture: [],
    passage: [],
  };
  readonly names: (Given & NonNullable<ReturnType<typeof readName>>)[] = [];
  readonly identifiers: (Given & NonNullable<ReturnType<typeof readIdentifier>>)[] = [];
  readonly withdrawnNames: Batch["names"] = [];
  readonly withdrawnIdentifiers: Batch["identifiers"] = [];
  readonly amended: GivenAmendment[] = [];
  readonly asserted: GivenFact[] = [];
  readonly updated: (GivenFact & Targeting)[] = [];
  readonly corrected: (GivenFact & Targeting)[] = [];
  readonly retracted: (Targeting & { readonly reason: string })[] = [];

  /** Everything that is said of facts. */
  get facts(): readonly GivenFact[] {
    return [...this.asserted, ...this.updated, ...this.corrected];
  }
}

/** What an operation brings in or changes. */
export interface Subject {
  readonly noun: Noun;
  readonly token: string;
  readonly kind: string;
  readonly spot: Fields;
}
