import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byEnum, byId } from "./filter.ts";
import { Position } from "./position.ts";
import { entryById } from "./thing.ts";

export const Occupancy = factType("Occupancy", (t) => ({
  holder: link(t, "Occupancy", "holder", Actor),
  position: link(t, "Occupancy", "position", Position),
  capacity: column(t, "Occupancy", "capacity"),
  claimType: column(t, "Occupancy", "claimType"),
  basis: column(t, "Occupancy", "basis"),
  assertedBy: link(t, "Occupancy", "assertedBy", Actor),
}));

const occupancies = factList("Occupancy", {
  type: Occupancy,
  description: "Who holds or claims which office, for what time and on what basis.",
  filter: {
    holder: byId("holderId", actorTypes, "Held or claimed by this actor."),
    position: byId("positionId", ["Position"], "Of this office."),
    capacity: byEnum("OccupancyCapacity", "capacity", "By the capacity it is held in."),
    claimType: byEnum("OccupancyClaim", "claimType", "By the footing it is held on."),
  },
});

entryById("occupancy", "Occupancy", Occupancy);
entry("occupancies", (t) => connection(t, occupancies));

const ofOffice = below(occupancies, "Who holds or claims the office; rivals stand side by side.", {
  positionId: new ParentKey(),
});
builder.objectField(Position, "occupancies", (t) => connection(t, ofOffice));

const ofActor = below(occupancies, "The offices it holds or claims.", { holderId: new ParentKey() });
builder.interfaceField(Actor, "occupancies", (t) => connection(t, ofActor));
