import { actorColumns, enterActors, type NewActor } from "../../record/actor.ts";
import { enterIdentifiers, type NewIdentifier } from "../../record/identifier.ts";
import { enterNames, nameKey, type NewName } from "../../record/name.ts";
import { refuseDifferences } from "./differences.ts";
import type { Entering } from "./entering.ts";
import type { ActorEntry } from "../../record/terms/read-actor.ts";
import { refuseTaken } from "../../record/terms/refuse-taken.ts";

/** Enters the actors of a dossier that the record does not hold, and names and identifiers of all of them. */
export async function enterDossierActors(entering: Entering): Promise<void> {
  const { tx, set, dossier, ids, added } = entering;
  const { actors } = dossier;
  const where = { key: { in: actors.map(({ key }) => key) } };
  const rows = await tx.actor.findMany({ where, include: { names: true } });
  const held = new Map(rows.map((row) => [row.key, row]));
  const fresh: NewActor[] = [];
  const names: NewName[] = [];
  for (const { spot, names: given, identifiers, state, ...said } of actors) {
    const wikidataId = identifiers.find(({ scheme }) => scheme === "wikidata")?.value ?? null;
    const actor = { ...said, id: ids.of("actor", said.key), wikidataId, stateId: ids.maybe("actor", state) };
    const old = held.get(said.key);
    if (!old) fresh.push(actor);
    else if (refuseDifferences(entering, { noun: "actor", key: said.key, spot }, old, actorColumns(actor))) {
      entering.unchanged += 1;
    }
    const common = { text: said.name, language: null, script: null, kind: "COMMON" as const };
    const known = new Set(old?.names.map(nameKey));
    let ordinal = old ? Math.max(...old.names.map((name) => name.ordinal)) + 1 : 0;
    for (const { text, language, script, kind } of [common, ...given]) {
      const name = { text, language, script, kind };
      if (known.has(nameKey(name))) continue;
      known.add(nameKey(name));
      names.push({ actorId: actor.id, ...name, ordinal });
      ordinal += 1;
    }
  }
  await refuseTakenCodes(entering);
  const identifiers = await newIdentifiers(entering);
  enterActors(tx, set, fresh);
  enterNames(tx, set, names);
  enterIdentifiers(tx, set, identifiers);
  added.actors += fresh.length;
  added.names += names.length;
  added.identifiers += identifiers.length;
}

async function refuseTakenCodes({ tx, dossier: { actors, problems } }: Entering): Promise<void> {
  const codes = (field: "iso2" | "iso3") => actors.flatMap((actor) => actor[field] ?? []);
  const where = { OR: [{ iso2: { in: codes("iso2") } }, { iso3: { in: codes("iso3") } }] };
  const holders = await tx.actor.findMany({ where });
  for (const field of ["iso2", "iso3"] as const) {
    const owners = new Map(holders.flatMap((row) => (row[field] === null ? [] : [[row[field], row.key] as const])));
    for (const actor of actors) refuseTaken(problems, owners, actor, field, actor[field]);
  }
}

async function newIdentifiers({ tx, dossier: { actors, problems }, ids }: Entering): Promise<NewIdentifier[]> {
  const given = actors.flatMap((actor) => actor.identifiers.map((identifier) => ({ actor, ...identifier })));
  const where = { value: { in: given.map(({ value }) => value) } };
  const held = await tx.identifier.findMany({ where, include: { actor: { select: { key: true } } } });
  const label = ({ scheme, value }: { scheme: string; value: string }) => `${scheme} ${value}`;
  const known = new Set(held.map(label));
  const owners = new Map(held.map((row) => [label(row), row.actor.key]));
  const fresh = new Map<string, NewIdentifier>();
  for (const { actor, scheme, value } of given) {
    const name = label({ scheme, value });
    refuseTaken(problems, owners, spotOfIdentifiers(actor), "identifiers", name);
    if (!known.has(name)) fresh.set(name, { actorId: ids.of("actor", actor.key), scheme, value });
  }
  return [...fresh.values()];
}

function spotOfIdentifiers({ key, spot }: ActorEntry) {
  return { key, spot };
}
