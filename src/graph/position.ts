import { Organization, State } from "./actor.ts";
import { column, fuzzyColumn, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { byId, byKey, filterOf } from "./filter.ts";
import type { ListSpec } from "./list.ts";
import { entryById, entryByKey, thingType } from "./thing.ts";

export const Position = thingType("Position", {
  fields: (t) => ({
    key: column(t, "Position", "key"),
    title: column(t, "Position", "title"),
    organization: link(t, "Position", "organization", Organization),
    state: link(t, "Position", "state", State),
    seats: column(t, "Position", "seats"),
    inception: fuzzyColumn(
      t,
      "Position",
      "inception",
      "When the office came to be; null where the record does not say.",
    ),
    dissolution: fuzzyColumn(
      t,
      "Position",
      "dissolution",
      "When the office ceased to be; null where no end is recorded.",
    ),
    amendedIn: column(t, "Position", "amendedIn"),
  }),
});

entryById("position", "Position", Position);
entryByKey("positionByKey", "Position", Position);

const positions: ListSpec = {
  node: "Position",
  type: Position,
  model: "Position",
  description: "The offices on record.",
  filter: filterOf("PositionFilter", "positions", {
    key: byKey("key", "By its key."),
    state: byId("stateId", ["State"], "Offices of this state."),
    organization: byId("organizationId", ["Organization"], "Offices of this body."),
  }),
  orders: {
    TITLE_ASC: { fields: ["title", "id"], description: "By title, from a to z." },
    TITLE_DESC: { fields: ["title", "id"], descending: true, description: "By title, from z to a." },
  },
};

entry("positions", (t) => connection(t, positions));
