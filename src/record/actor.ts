import type { Tx } from "../db/client.ts";
import type { ActorKind, OrganizationKind } from "../generated/prisma/enums.ts";
import { amendThings, type Amendment } from "./amend.ts";
import type { ChangeSet } from "./entry.ts";
import { enterIdentifiers, type NewIdentifier } from "./identifier.ts";
import { commonName, enterNames, type NameEntry } from "./name.ts";

/** An actor to be entered. */
export interface NewActor {
  readonly id: string;
  readonly kind: ActorKind;
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  readonly wikidataId: string | null;
  readonly iso2: string | null;
  readonly iso3: string | null;
  readonly organizationKind: OrganizationKind | null;
  readonly stateId: string | null;
}

/** What an actor says of itself, as columns. */
export function actorColumns({ id: _, ...columns }: NewActor) {
  return columns;
}

/** Enters actors, states first, for others belong to them. Names are entered by `enterNames`, the common one too. */
export function enterActors(tx: Tx, set: ChangeSet, actors: readonly NewActor[]): void {
  const states = actors.filter(({ stateId }) => stateId === null);
  const ordered = [...states, ...actors.filter(({ stateId }) => stateId !== null)];
  const rows = ordered.map((actor) => ({ id: actor.id, ...actorColumns(actor), createdIn: set.number }));
  set.enter("actor", rows, (data) => tx.actor.createMany({ data }), rows.length);
}

/** What of an actor may be amended, and what may be added to it: names and identifiers that it has not. */
export interface ActorChange extends Partial<Omit<NewActor, "id" | "kind" | "key">> {
  readonly names?: readonly NameEntry[];
  readonly identifiers?: readonly Omit<NewIdentifier, "actorId">[];
}

/**
 * Amends actors. A new common name is added to their names, and the old one stays among them. Names that an actor has
 * already are not added again.
 * @throws Refusal as `amendThings` does
 */
export async function amendActors(
  tx: Tx,
  set: ChangeSet,
  amendments: readonly Amendment<ActorChange>[],
): Promise<void> {
  const columns = amendments.map(({ change: { names: _names, identifiers: _identifiers, ...change }, ...rest }) => {
    return { ...rest, change };
  });
  await amendThings(tx, set, "Actor", columns);
  const names = amendments.flatMap(({ id: actorId, change: { name, names: others = [] } }) => [
    ...(name === undefined ? [] : [{ actorId, name: commonName(name), unlessHeld: true }]),
    ...others.map((each) => ({ actorId, name: each })),
  ]);
  await enterNames(tx, set, names);
  const identifiers = amendments.flatMap(({ id, change }) =>
    (change.identifiers ?? []).map((each) => ({ ...each, actorId: id })),
  );
  enterIdentifiers(tx, set, identifiers);
}
