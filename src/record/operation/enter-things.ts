import type { Tx } from "../../db/client.ts";
import { enterActors, type NewActor } from "../actor.ts";
import { enterCaptures } from "../capture.ts";
import { enterCrises, enterCrisisStates } from "../crisis.ts";
import { enterDocuments, reportedFromOf } from "../document.ts";
import type { ChangeSet } from "../entry.ts";
import { enterIdentifiers } from "../identifier.ts";
import { commonName, enterNames, type GivenName } from "../name.ts";
import { enterPlaces, enterPlaceStates } from "../place.ts";
import { enterPositions } from "../position.ts";
import { enterSanctionsProgrammes } from "../sanctions-programme.ts";
import type { Ids } from "../terms/ids.ts";
import type { Problems } from "../terms/problem.ts";
import { newIdentifiers } from "../terms/refuse-taken-codes.ts";
import type { Batch } from "./batch.ts";
import type { Withdrawn } from "./withdraw.ts";

/** What the entering of things needs to know. */
interface Knowing {
  readonly ids: Ids;
  readonly problems: Problems;
  readonly withdrawn: Withdrawn;
}

/** Enters the things that operations bring in, but for passages. Tells of codes that are another's. */
export async function enterThings(tx: Tx, set: ChangeSet, batch: Batch, knowing: Knowing): Promise<void> {
  const { ids } = knowing;
  const { crisis, place, position, programme, document, capture } = batch.things;
  await enterBatchActors(tx, set, batch, knowing);
  enterCrises(
    tx,
    set,
    crisis.map(({ token, said }) => ({ ...said, id: ids.of("crisis", token) })),
  );
  const concerned = crisis.flatMap(({ token, said }) => said.states.map((state) => ({ token, state })));
  enterCrisisStates(
    tx,
    set,
    concerned.map(({ token, state }) => ({ crisisId: ids.of("crisis", token), stateId: ids.of("actor", state) })),
  );
  const places = place.map(({ token, said: { spot: _, states: __, partOf, geonames, ...said } }) => {
    return { ...said, id: ids.of("place", token), partOfId: ids.maybe("place", partOf), geonamesId: geonames };
  });
  enterPlaces(tx, set, places);
  const lying = place.flatMap(({ token, said }) => said.states.map((state) => ({ token, state })));
  enterPlaceStates(
    tx,
    set,
    lying.map(({ token, state }) => ({ placeId: ids.of("place", token), stateId: ids.of("actor", state) })),
  );
  const positions = position.map(({ token, said: { spot: _, state, organization, ...said } }) => {
    const [stateId, organizationId] = [ids.maybe("actor", state), ids.maybe("actor", organization)];
    return { ...said, id: ids.of("position", token), stateId, organizationId };
  });
  enterPositions(tx, set, positions);
  const programmes = programme.map(({ token, said: { spot: _, issuer, ...said } }) => {
    return { ...said, id: ids.of("programme", token), issuerId: ids.of("actor", issuer) };
  });
  enterSanctionsProgrammes(tx, set, programmes);
  const documents = document.map(({ token, said: { spot, published, reported, ...said } }) => {
    const reportedFrom = reportedFromOf({ reported, publishedAt: published.at, published: published.date });
    if (!reportedFrom) throw new Error(`It was not looked when the document at ${spot.path} was reported.`);
    const when = { published: published.date, publishedAt: published.at, reportedFrom };
    return { ...said, id: ids.of("document", token), ...when };
  });
  enterDocuments(tx, set, documents);
  const captures = capture.map(({ token, said: { spot: _, document: of, ...said } }) => {
    return { ...said, id: ids.of("capture", token), documentId: ids.of("document", of) };
  });
  enterCaptures(tx, set, captures);
}

async function enterBatchActors(tx: Tx, set: ChangeSet, batch: Batch, knowing: Knowing): Promise<void> {
  const { ids, problems, withdrawn } = knowing;
  const given = batch.things.actor;
  const actors = given.map(({ token, said }): NewActor => {
    const { spot: _, names: __, identifiers, state, ...rest } = said;
    const added = batch.identifiers.filter(({ actor }) => actor === token).map(({ said: { spot: __, ...own } }) => own);
    const wikidataId = [...identifiers, ...added].find(({ scheme }) => scheme === "wikidata")?.value ?? null;
    return { ...rest, id: ids.of("actor", token), wikidataId, stateId: ids.maybe("actor", state) };
  });
  const identifiers = await newIdentifiers(
    tx,
    [
      ...given.flatMap(({ token, said }) =>
        said.identifiers.map(({ scheme, value }) => ({ key: token, spot: said.spot, scheme, value })),
      ),
      ...batch.identifiers.map(({ actor, said: { spot, scheme, value } }) => ({ key: actor, spot, scheme, value })),
    ].map((each) => ({ ...each, actorId: ids.of("actor", each.key) })),
    problems,
    { withdrawing: idsOf(withdrawn.identifiers) },
  );
  enterActors(tx, set, actors);
  await enterNames(tx, set, namesOf(batch, ids), idsOf(withdrawn.names));
  enterIdentifiers(tx, set, identifiers);
}

function idsOf(rows: readonly { readonly id: string }[]): string[] {
  return rows.map(({ id }) => id);
}

/** The names that operations give: the common one first, of newcomers and of those whose name is amended. */
function namesOf({ things, names, amended }: Batch, ids: Ids): GivenName[] {
  return [
    ...things.actor.flatMap(({ token, said }) =>
      [commonName(said.name), ...said.names].map((name) => ({ actorId: ids.of("actor", token), name })),
    ),
    ...amended.flatMap(({ noun, thingId: actorId, said: { name } }) =>
      noun === "actor" && typeof name === "string" ? [{ actorId, name: commonName(name), unlessHeld: true }] : [],
    ),
    ...names.map(({ actor, said }) => ({ actorId: ids.of("actor", actor), name: said })),
  ];
}
