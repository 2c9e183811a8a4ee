import { thingsIn } from "../record/view.ts";
import { State } from "./actor.ts";
import { builder } from "./builder.ts";
import { sameRow, throughChildren } from "./child.ts";
import { column } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { byId, byKey, filterOf } from "./filter.ts";
import { TimeSpan } from "./fuzzy-date.ts";
import type { ListSpec } from "./list.ts";
import { entryById, entryByKey, thingType } from "./thing.ts";

export const Crisis = thingType("Crisis", {
  fields: (t) => ({
    key: column(t, "Crisis", "key"),
    title: column(t, "Crisis", "title"),
    summary: column(t, "Crisis", "summary"),
    span: sameRow(t, TimeSpan, "When it lasted."),
    amendedIn: column(t, "Crisis", "amendedIn"),
  }),
});

builder.objectField(Crisis, "states", (t) =>
  throughChildren(t, State, "The states it concerns.", {
    model: "CrisisState",
    field: "crisisId",
    order: ["crisisId", "stateId"],
    relation: "state",
    where: thingsIn,
  }),
);

entryById("crisis", "Crisis", Crisis);
entryByKey("crisisByKey", "Crisis", Crisis);

const crises: ListSpec = {
  node: "Crisis",
  type: Crisis,
  model: "Crisis",
  description: "The crises on record.",
  filter: filterOf("CrisisFilter", "crises", {
    key: byKey("key", "By its key."),
    state: byId("stateId", ["State"], "Concerning this state.", (state) => ({ states: { some: state } })),
  }),
  orders: {
    KEY_ASC: { fields: ["key"], description: "By key, from a to z." },
    KEY_DESC: { fields: ["key"], descending: true, description: "By key, from z to a." },
  },
};

entry("crises", (t) => connection(t, crises));
