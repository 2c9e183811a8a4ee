import type { Tx } from "../db/client.ts";
import type { EventKind, EventStatus, ParticipationRole } from "../generated/prisma/enums.ts";
import { newUuid } from "../values/ids.ts";
import type { ChangeSet } from "./entry.ts";
import { enterEventDetails, type EventDetails } from "./event-detail.ts";

/** Something that happened, or did not, to be entered. */
export interface NewEvent extends EventDetails {
  readonly title: string;
  readonly eventKind: EventKind;
  readonly eventStatus: EventStatus;
  /** The record of the event that it is part of. */
  readonly partOfId: string | null;
  readonly participations: readonly NewParticipation[];
  readonly placeIds: readonly string[];
}

/** The part of an actor in an event. */
export interface NewParticipation {
  readonly actorId: string;
  readonly role: ParticipationRole;
}

/** Enters what assertions of kind EVENT say, with who took part, where, and what its kind has beside. */
export function enterEvents(tx: Tx, set: ChangeSet, events: readonly (NewEvent & { assertionId: string })[]): void {
  const rows = events.map(({ assertionId, title, eventKind, eventStatus, partOfId }) => {
    return { assertionId, title, eventKind, eventStatus, partOfId };
  });
  set.enter("event", rows, (data) => tx.event.createMany({ data }));
  const parts = events.flatMap(({ assertionId, participations }) =>
    participations.map(({ actorId, role }, ordinal) => ({ id: newUuid(), assertionId, actorId, role, ordinal })),
  );
  set.enter("participation", parts, (data) => tx.participation.createMany({ data }));
  const places = events.flatMap(({ assertionId, placeIds }) => placeIds.map((placeId) => ({ assertionId, placeId })));
  set.enter("event_place", places, (data) => tx.eventPlace.createMany({ data }));
  enterEventDetails(tx, set, events);
}
