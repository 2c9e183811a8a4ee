import { enterPlaces, enterPlaceStates, placeColumns, type NewPlace } from "../../record/place.ts";
import { refuseDifferences } from "./differences.ts";
import type { Entering } from "./entering.ts";
import { refuseTakenNumbers } from "../../record/terms/refuse-taken-codes.ts";

/** Enters the places of a dossier that the record does not hold, and the states of all of them. */
export async function enterDossierPlaces(entering: Entering): Promise<void> {
  const { tx, set, dossier, ids, added } = entering;
  const { places } = dossier;
  const where = { key: { in: places.map(({ key }) => key) } };
  const rows = await tx.place.findMany({ where, include: { states: true } });
  const held = new Map(rows.map((row) => [row.key, row]));
  await refuseTakenNumbers(tx, places, dossier.problems);
  const fresh: NewPlace[] = [];
  const states: { placeId: string; stateId: string }[] = [];
  for (const { spot, states: keys, partOf, geonames, ...said } of places) {
    const id = ids.of("place", said.key);
    const place = { ...said, id, partOfId: ids.maybe("place", partOf), geonamesId: geonames };
    const old = held.get(said.key);
    if (!old) fresh.push(place);
    else if (refuseDifferences(entering, { noun: "place", key: said.key, spot }, old, placeColumns(place))) {
      entering.unchanged += 1;
    }
    const known = new Set(old?.states.map(({ stateId }) => stateId));
    const missing = keys.map((key) => ids.of("actor", key)).filter((stateId) => !known.has(stateId));
    states.push(...missing.map((stateId) => ({ placeId: id, stateId })));
  }
  enterPlaces(tx, set, fresh);
  enterPlaceStates(tx, set, states);
  added.places += fresh.length;
}
