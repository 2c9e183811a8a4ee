import { PlaceKind } from "../../generated/prisma/enums.ts";
import { fields, optional, orElse, required, type Values } from "./read-fields.ts";
import { key, list, number, oneOf, shortText } from "./read-value.ts";
import { refer } from "./reference.ts";
import type { Read } from "./reading.ts";

/** Reads a place's number in GeoNames. */
export const geonamesId = number(1, 2 ** 31 - 1, { whole: true });

const shape = {
  key: required(key),
  name: required(shortText),
  kind: required(oneOf(Object.values(PlaceKind))),
  partOf: optional(refer("place")),
  latitude: optional(number(-90, 90)),
  longitude: optional(number(-180, 180)),
  geonames: optional(geonamesId),
  states: orElse(list(refer("actor", "STATE"), { distinct: true }), [] as string[]),
};

/** A place as a dossier gives it. */
export type PlaceEntry = Values<typeof shape>;

/** Reads a place. */
export const place: Read<PlaceEntry> = fields(shape, {
  check: ({ latitude, longitude }, spot, { problems }) => {
    const [given, missing] = latitude === null ? ["longitude", "latitude"] : ["latitude", "longitude"];
    if ((latitude === null) !== (longitude === null)) {
      problems.add(spot, `There is a ${given} and no ${missing}; give both, or neither.`);
    }
  },
});
