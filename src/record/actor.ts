import type { Tx } from "../db/client.ts";
import type { ActorKind, OrganizationKind } from "../generated/prisma/enums.ts";
import type { ChangeSet } from "./entry.ts";

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
