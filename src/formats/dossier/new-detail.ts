import type { Detail } from "../../record/assertion.ts";
import type { Ids } from "./ids.ts";
import type { AssertionEntry } from "./read-assertion.ts";

/** What an assertion of a dossier says, with the ids of what it speaks of. */
export function newDetail({ key, kind, occupancy, recognition, utterance, event }: AssertionEntry, ids: Ids): Detail {
  const actor = (name: string | null) => ids.maybe("actor", name);
  if (kind === "OCCUPANCY" && occupancy) {
    const { spot: _, holder, position, assertedBy, ...said } = occupancy;
    const [holderId, positionId] = [ids.of("actor", holder), ids.of("position", position)];
    return { kind, says: { ...said, holderId, positionId, assertedById: actor(assertedBy) } };
  }
  if (kind === "RECOGNITION" && recognition) {
    const { spot: _, recogniser, claimant, position, onBehalfOf, ...said } = recognition;
    const [recogniserId, claimantId] = [ids.of("actor", recogniser), ids.of("actor", claimant)];
    const positionId = ids.of("position", position);
    return { kind, says: { ...said, recogniserId, claimantId, positionId, onBehalfOfId: actor(onBehalfOf) } };
  }
  if (kind === "UTTERANCE" && utterance) {
    const { spot: _, said: __, speaker, onBehalfOf, via, audience, translationOf, ...said } = utterance;
    const speakerId = ids.of("actor", speaker);
    const others = { onBehalfOfId: actor(onBehalfOf), viaId: actor(via), audienceId: actor(audience) };
    return { kind, says: { ...said, speakerId, ...others, translationOfId: ids.maybe("record", translationOf) } };
  }
  if (kind === "EVENT" && event) {
    const { spot: _, title, eventKind, status, places, participations, partOf } = event;
    const parts = participations.map((part) => ({ actorId: ids.of("actor", part.actor), role: part.role }));
    const placeIds = places.map((place) => ids.of("place", place));
    const partOfId = ids.maybe("record", partOf);
    return { kind, says: { title, eventKind, eventStatus: status, partOfId, participations: parts, placeIds } };
  }
  throw new Error(`It was not looked whether assertion ${key} says what its kind does.`);
}
