import { EventKind, EventStatus, ParticipationRole } from "../../generated/prisma/enums.ts";
import { fields, optional, orElse, required, type Values } from "./read-fields.ts";
import { list, oneOf, text } from "./read-value.ts";
import { refer } from "./reference.ts";
import type { Fields } from "./node.ts";
import type { Reading } from "./reading.ts";

const shape = {
  title: required(text),
  eventKind: required(oneOf(Object.values(EventKind))),
  status: required(oneOf(Object.values(EventStatus))),
  places: orElse(list(refer("place"), { distinct: true }), [] as string[]),
  participations: orElse(
    list(fields({ actor: required(refer("actor")), role: required(oneOf(Object.values(ParticipationRole))) })),
    [],
  ),
  partOf: optional(refer("record", "EVENT")),
  election: optional(fields({ position: required(refer("position")) })),
  consignment: optional(
    fields({
      donor: optional(refer("actor")),
      goods: required(list(text, { least: 1, distinct: true })),
      amount: optional(text),
      route: optional(text),
    }),
  ),
  blockade: optional(fields({ means: required(list(text, { least: 1, distinct: true })) })),
};

/** The kind of event that each of these is told of. */
const KIND_OF = { election: "ELECTION", consignment: "AID", blockade: "BLOCKADE" } as const;

/** The fields of that something happened, or did not; what only some kinds of event have is told of no other. */
export const event = { shape, read: fields(shape, { check }) };

function check({ eventKind }: Partial<Values<typeof shape>>, spot: Fields, { problems }: Reading): void {
  if (eventKind === undefined) return;
  for (const [name, kind] of Object.entries(KIND_OF)) {
    const given = spot.fields.get(name);
    if (!given || eventKind === kind) continue;
    problems.add(given.name, `Only an event of kind ${kind} has ${name}; this is one of kind ${eventKind}.`);
  }
}
