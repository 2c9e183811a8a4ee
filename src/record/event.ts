import type { Tx } from "../db/client.ts";
import type { EventKind, EventStatus, ParticipationRole } from "../generated/prisma/enums.ts";
import { newUuid } from "../values/ids.ts";
import type { ChangeSet } from "./entry.ts";

/** Something that happened, or did not, to be entered. */
export interface NewEvent {
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

/** Enters what assertions of kind EVENT say, with who took part and where. */
export function enterEvents(tx: Tx, set: ChangeSet, events: readonly (NewEvent & { assertionId: string })[]): void {
  const rows = events.map(({ participations: _, placeIds: __, ...row }) => row);
  set.enter("event", rows, (data) => tx.event.createMany({ data }));
  const parts = events.flatMap(({ assertionId, participations }) =>
    participations.map(({ actorId, role }, ordinal) => ({ id: newUuid(), assertionId, actorId, role, ordinal })),
  );
  set.enter("participation", parts, (data) => tx.participation.createMany({ data }));
  const places = events.flatMap(({ assertionId, placeIds }) => placeIds.map((placeId) => ({ assertionId, placeId })));
  set.enter("event_place", places, (data) => tx.eventPlace.createMany({ data }));
}
