import type { Tx } from "../db/client.ts";
import type { PlaceKind } from "../generated/prisma/enums.ts";
import { amendThings, type Amendment } from "./amend.ts";
import type { ChangeSet } from "./entry.ts";

/** A place to be entered. */
export interface NewPlace {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly kind: PlaceKind;
  readonly partOfId: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly geonamesId: number | null;
}

/** What a place says of itself, as columns. */
export function placeColumns({ id: _, ...columns }: NewPlace) {
  return columns;
}

/** Enters places, those that others are part of first. The states they lie in are entered by `enterPlaceStates`. */
export function enterPlaces(tx: Tx, set: ChangeSet, places: readonly NewPlace[]): void {
  const rows = wholesFirst(places).map((place) => ({ id: place.id, ...placeColumns(place), createdIn: set.number }));
  set.enter("place", rows, (data) => tx.place.createMany({ data }), rows.length);
}

/** Enters that places lie in states. */
export function enterPlaceStates(tx: Tx, set: ChangeSet, links: readonly { placeId: string; stateId: string }[]): void {
  const rows = links.map((link) => ({ ...link, createdIn: set.number }));
  set.enter("place_state", rows, (data) => tx.placeState.createMany({ data }));
}

function wholesFirst(places: readonly NewPlace[]): NewPlace[] {
  const left = new Map(places.map((place) => [place.id, place]));
  const ordered: NewPlace[] = [];
  for (const place of places) {
    const way: NewPlace[] = [];
    for (let next = left.get(place.id); next; next = next.partOfId === null ? undefined : left.get(next.partOfId)) {
      way.unshift(next);
      left.delete(next.id);
    }
    ordered.push(...way);
  }
  return ordered;
}

/**
 * Amends places.
 * @throws Refusal as `amendThings` does
 */
export function amendPlaces(
  tx: Tx,
  set: ChangeSet,
  amendments: readonly Amendment<Partial<Omit<NewPlace, "id" | "key" | "kind">>>[],
): Promise<void> {
  return amendThings(tx, set, "Place", amendments);
}
