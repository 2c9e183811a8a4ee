import type { Tx } from "../../db/client.ts";
import { excerpt } from "../../values/excerpt.ts";
import type { NewIdentifier } from "../identifier.ts";
import type { Fields } from "./node.ts";
import type { Problems } from "./problem.ts";
import type { ActorEntry } from "./read-actor.ts";
import type { PlaceEntry } from "./read-place.ts";
import { ownerOf, refuseTaken, type Owners } from "./refuse-taken.ts";

/** Tells of codes of ISO 3166-1 that belong to another state already. */
export async function refuseTakenCodes(
  tx: Tx,
  actors: readonly Pick<ActorEntry, "key" | "spot" | "iso2" | "iso3">[],
  problems: Problems,
): Promise<void> {
  const codes = (field: "iso2" | "iso3") => actors.flatMap((actor) => actor[field] ?? []);
  if (codes("iso2").length + codes("iso3").length === 0) return;
  const where = { OR: [{ iso2: { in: codes("iso2") } }, { iso3: { in: codes("iso3") } }] };
  const holders = await tx.actor.findMany({ where });
  for (const field of ["iso2", "iso3"] as const) {
    const owners: Owners = new Map(
      holders.flatMap((row) => (row[field] === null ? [] : [[row[field], ownerOf("actor", row)] as const])),
    );
    for (const actor of actors) refuseTaken(problems, owners, actor, field, actor[field]);
  }
}

/** Tells of numbers in GeoNames that belong to another place already. */
export async function refuseTakenNumbers(
  tx: Tx,
  places: readonly Pick<PlaceEntry, "key" | "spot" | "geonames">[],
  problems: Problems,
): Promise<void> {
  const numbers = places.flatMap(({ geonames }) => geonames ?? []);
  if (numbers.length === 0) return;
  const held = await tx.place.findMany({ where: { geonamesId: { in: numbers } } });
  const owners: Owners = new Map(held.map((row) => [String(row.geonamesId), ownerOf("place", row)]));
  for (const { key, spot, geonames } of places) {
    const number = geonames === null ? null : String(geonames);
    refuseTaken(problems, owners, { key, spot }, "geonames", number, "the number in GeoNames");
  }
}

/** An identifier, and the actor it is given to. */
export interface GivenIdentifier {
  readonly scheme: string;
  readonly value: string;
  readonly actorId: string;
  /** The actor's key, and where the identifier is given. */
  readonly key: string;
  readonly spot: Fields;
}

/** What of identifiers does not count as held. */
export interface IdentifierTerms {
  /** That what was withdrawn from an actor is not given to them again. */
  readonly unlessWithdrawn?: boolean;
  /** The ids of those that are withdrawn at the same time. */
  readonly withdrawing?: readonly string[];
}

/** The identifiers that the record does not hold yet; tells of those that are another's, and of a second in Wikidata. */
export async function newIdentifiers(
  tx: Tx,
  given: readonly GivenIdentifier[],
  problems: Problems,
  { unlessWithdrawn = false, withdrawing = [] }: IdentifierTerms = {},
): Promise<NewIdentifier[]> {
  if (given.length === 0) return [];
  const own = { scheme: "wikidata", actorId: { in: given.map(({ actorId }) => actorId) } };
  const where = { OR: [{ value: { in: given.map(({ value }) => value) } }, own] };
  const rows = await tx.identifier.findMany({ where, include: { actor: { select: { key: true, kind: true } } } });
  const held = rows.filter(({ id, withdrawn }) => !withdrawn && !withdrawing.includes(id));
  const items = new Map(
    held.filter(({ scheme }) => scheme === own.scheme).map(({ actorId, value }) => [actorId, value]),
  );
  const label = ({ scheme, value }: { scheme: string; value: string }) => `${scheme} ${value}`;
  const known = new Set(held.map(label));
  const owned = (row: { actorId: string; scheme: string; value: string }) => `${row.actorId} ${label(row)}`;
  const gone = new Set(unlessWithdrawn ? rows.filter(({ withdrawn }) => withdrawn).map(owned) : []);
  const owners: Owners = new Map(held.map((row) => [label(row), ownerOf("actor", { ...row.actor, id: row.actorId })]));
  const fresh = new Map<string, NewIdentifier>();
  for (const { actorId, key, spot, scheme, value } of given) {
    const name = label({ scheme, value });
    if (gone.has(owned({ actorId, scheme, value }))) continue;
    const item = scheme === own.scheme ? items.get(actorId) : undefined;
    if (item === undefined && scheme === own.scheme) items.set(actorId, value);
    else if (item !== undefined && item !== value) {
      problems.add(spot, `${excerpt(key)} has the item ${item} in Wikidata, and an actor has one; leave ${value} out.`);
    }
    refuseTaken(problems, owners, { key, spot }, "identifiers", name);
    if (!known.has(name)) fresh.set(name, { actorId, scheme, value });
  }
  return [...fresh.values()];
}
