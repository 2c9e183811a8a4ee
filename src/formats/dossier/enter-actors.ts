import { actorColumns, enterActors, type NewActor } from "../../record/actor.ts";
import { enterIdentifiers } from "../../record/identifier.ts";
import { commonName, enterNames } from "../../record/name.ts";
import { refuseDifferences } from "./differences.ts";
import type { Entering } from "./entering.ts";
import { newIdentifiers, refuseTakenCodes } from "../../record/terms/refuse-taken-codes.ts";

/** Enters the actors of a dossier that the record does not hold, and names and identifiers of all of them. */
export async function enterDossierActors(entering: Entering): Promise<void> {
  const { tx, set, dossier, ids, added } = entering;
  const { actors } = dossier;
  const where = { key: { in: actors.map(({ key }) => key) } };
  const rows = await tx.actor.findMany({ where });
  const held = new Map(rows.map((row) => [row.key, row]));
  const fresh: NewActor[] = [];
  for (const { spot, names: _, identifiers, state, ...said } of actors) {
    const wikidataId = identifiers.find(({ scheme }) => scheme === "wikidata")?.value ?? null;
    const actor = { ...said, id: ids.of("actor", said.key), wikidataId, stateId: ids.maybe("actor", state) };
    const old = held.get(said.key);
    if (!old) fresh.push(actor);
    else if (refuseDifferences(entering, { noun: "actor", key: said.key, spot }, old, actorColumns(actor))) {
      entering.unchanged += 1;
    }
  }
  await refuseTakenCodes(tx, actors, dossier.problems);
  const given = actors.flatMap(({ key, spot, identifiers }) =>
    identifiers.map(({ scheme, value }) => ({ scheme, value, key, spot, actorId: ids.of("actor", key) })),
  );
  const identifiers = await newIdentifiers(tx, given, dossier.problems, { unlessWithdrawn: true });
  enterActors(tx, set, fresh);
  const names = actors.flatMap(({ key, name, names: others }) =>
    [commonName(name), ...others].map((each) => ({ actorId: ids.of("actor", key), name: each, unlessWithdrawn: true })),
  );
  added.names += await enterNames(tx, set, names);
  enterIdentifiers(tx, set, identifiers);
  added.actors += fresh.length;
  added.identifiers += identifiers.length;
}
