import { thingsIn } from "../record/view.ts";
import { State } from "./actor.ts";
import { builder } from "./builder.ts";
import { throughChildren } from "./child.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { byEnum, byId, byKey, filterOf } from "./filter.ts";
import type { ListSpec } from "./list.ts";
import { entryById, entryByKey, thingType } from "./thing.ts";

export const Place: ReturnType<typeof thingType> = thingType("Place", {
  fields: (t) => ({
    key: column(t, "Place", "key"),
    name: column(t, "Place", "name"),
    placeKind: column(t, "Place", "kind"),
    partOf: link(t, "Place", "partOf", Place),
    latitude: column(t, "Place", "latitude"),
    longitude: column(t, "Place", "longitude"),
    geonamesId: column(t, "Place", "geonamesId"),
    amendedIn: column(t, "Place", "amendedIn"),
  }),
});

builder.objectField(Place, "states", (t) =>
  throughChildren(t, State, "The states it lies in; a bridge over a border has two.", {
    model: "PlaceState",
    field: "placeId",
    order: ["placeId", "stateId"],
    relation: "state",
    where: thingsIn,
  }),
);

entryById("place", "Place", Place);
entryByKey("placeByKey", "Place", Place);

const places: ListSpec = {
  node: "Place",
  type: Place,
  model: "Place",
  description: "The places on record.",
  filter: filterOf("PlaceFilter", "places", {
    key: byKey("key", "By its key."),
    placeKind: byEnum("PlaceKind", "kind", "By what kind of place it is."),
    partOf: byId("partOfId", ["Place"], "Lying right in this place."),
    state: byId("stateId", ["State"], "Lying in this state.", (state) => ({ states: { some: state } })),
  }),
  orders: {
    NAME_ASC: { fields: ["name", "id"], description: "By name, from a to z." },
    NAME_DESC: { fields: ["name", "id"], descending: true, description: "By name, from z to a." },
  },
};

entry("places", (t) => connection(t, places));
