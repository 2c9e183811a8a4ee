import type { Tx } from "../db/client.ts";
import type { NameKind } from "../generated/prisma/enums.ts";
import { foldName } from "../values/fold.ts";
import { newUuid } from "../values/ids.ts";
import type { ChangeSet } from "./entry.ts";

/** A name, as its author gives it. */
export interface NameEntry {
  readonly text: string;
  readonly language: string | null;
  readonly script: string | null;
  readonly kind: NameKind;
}

/** A name that is given to an actor. */
export interface GivenName {
  readonly actorId: string;
  readonly name: NameEntry;
  /** That one who has a name of this text, of whatever kind, needs it not. */
  readonly unlessHeld?: boolean;
  /** That one from whom this name was withdrawn is not given it again. */
  readonly unlessWithdrawn?: boolean;
}

interface Row {
  readonly ordinal: number;
  readonly withdrawn: boolean | null;
}

/** The common name that an actor is shown with, as a name. */
export function commonName(text: string): NameEntry {
  return { text, language: null, script: null, kind: "COMMON" };
}

/**
 * Enters names of actors, folded for search, in the order given and behind those that each has; what one has already is
 * not entered again. To be called once in a change set, for the names of one actor are numbered. Answers how many it enters.
 * @param withdrawing the ids of names that the same change set withdraws, which count as held no more
 */
export async function enterNames(
  tx: Tx,
  set: ChangeSet,
  given: readonly GivenName[],
  withdrawing: readonly string[] = [],
): Promise<number> {
  const known = new Map(
    given.map(({ actorId }) => [actorId, { next: 0, keys: new Set<string>(), texts: new Set<string>() }]),
  );
  const withdrawn = new Set<string>();
  const note = (
    actorId: string,
    name: NameEntry,
    { ordinal, withdrawn: gone = null }: Pick<Row, "ordinal"> & Partial<Row>,
  ) => {
    const held = known.get(actorId);
    if (gone) withdrawn.add(`${actorId} ${nameKey(name)}`);
    else {
      held?.keys.add(nameKey(name));
      held?.texts.add(name.text);
    }
    if (held) held.next = Math.max(held.next, ordinal + 1);
  };
  for (const row of await tx.name.findMany({ where: { actorId: { in: [...known.keys()] } } })) {
    note(row.actorId, row, withdrawing.includes(row.id) ? { ...row, withdrawn: true } : row);
  }
  const rows = given.flatMap(({ actorId, name: { text, language, script, kind }, unlessHeld, unlessWithdrawn }) => {
    const name = { text, language, script, kind };
    const { next: ordinal = 0, keys, texts } = known.get(actorId) ?? {};
    if (keys?.has(nameKey(name)) || (unlessHeld && texts?.has(text))) return [];
    if (unlessWithdrawn && withdrawn.has(`${actorId} ${nameKey(name)}`)) return [];
    note(actorId, name, { ordinal });
    return [{ id: newUuid(), actorId, ...name, ordinal, folded: foldName(text), createdIn: set.number }];
  });
  set.enter("name", rows, (data) => tx.name.createMany({ data }));
  return rows.length;
}

/** A text that is alike for names that say the same. */
export function nameKey({ text, language, script, kind }: NameEntry): string {
  return JSON.stringify([text, language, script, kind]);
}
