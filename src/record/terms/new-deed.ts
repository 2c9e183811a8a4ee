import type { NewEvent } from "../event.ts";
import type { NewOccupancy } from "../occupancy.ts";
import type { NewRecognition } from "../recognition.ts";
import type { NewUtterance } from "../utterance.ts";
import type { Ids } from "./ids.ts";
import { link } from "./link.ts";
import type { Given } from "./read-state.ts";

/** That somebody holds or claims an office, with the ids of whom and what. */
export function newOccupancy(
  { spot: _, holder, position, assertedBy, ...said }: Given<"occupancy">,
  ids: Ids,
): NewOccupancy {
  return { ...said, ...link(ids, "actor", { holder, assertedBy }), ...link(ids, "position", { position }) };
}

/** Where somebody stands towards a claimant, with the ids of both. */
export function newRecognition(
  { spot: _, recogniser, claimant, position, onBehalfOf, ...said }: Given<"recognition">,
  ids: Ids,
): NewRecognition {
  const actors = link(ids, "actor", { recogniser, claimant, onBehalfOf });
  return { ...said, ...actors, ...link(ids, "position", { position }) };
}

/** Something said, with the ids of those concerned. */
export function newUtterance(
  { spot: _, said: __, speaker, onBehalfOf, via, audience, translationOf, ...said }: Given<"utterance">,
  ids: Ids,
): NewUtterance {
  const actors = link(ids, "actor", { speaker, onBehalfOf, via, audience });
  return { ...said, ...actors, ...link(ids, "record", { translationOf }) };
}

/** Something that happened, with the ids of those concerned. */
export function newEvent(event: Given<"event">, ids: Ids): NewEvent {
  const { title, eventKind, status, places, participations, partOf, election, consignment, blockade } = event;
  return {
    title,
    eventKind,
    eventStatus: status,
    ...link(ids, "record", { partOf }),
    participations: participations.map(({ actor, role }) => ({ ...link(ids, "actor", { actor }), role })),
    placeIds: places.map((place) => ids.of("place", place)),
    election: election && link(ids, "position", { position: election.position }),
    consignment: consignment && {
      ...link(ids, "actor", { donor: consignment.donor }),
      goods: consignment.goods,
      amount: consignment.amount,
      route: consignment.route,
    },
    blockade: blockade && { means: blockade.means },
  };
}
