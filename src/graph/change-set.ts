import { builder } from "./builder.ts";
import { column } from "./column.ts";
import { connection } from "./connection.ts";
import { filterOf, byInstant } from "./filter.ts";
import type { ListSpec } from "./list.ts";
import { meaning } from "./meaning.ts";
import type { Shown } from "./row.ts";

export const ChangeSet = builder.objectRef<Shown>("ChangeSet").implement({
  description: meaning("ChangeSet"),
  fields: (t) => ({
    number: column(t, "ChangeSet", "number"),
    at: column(t, "ChangeSet", "at"),
    author: column(t, "ChangeSet", "author"),
    reason: column(t, "ChangeSet", "reason"),
    hash: column(t, "ChangeSet", "hash"),
    previousHash: column(t, "ChangeSet", "previousHash"),
    items: column(t, "ChangeSet", "items"),
  }),
});

const changeSets: ListSpec = {
  node: "ChangeSet",
  type: ChangeSet,
  model: "ChangeSet",
  description: "Every change set, whatever the moment looked at: the log of the record.",
  filter: filterOf("ChangeSetFilter", "change sets", { at: byInstant("at", "By when the record took it in.") }),
  orders: {
    NUMBER_DESC: { fields: ["number"], descending: true, description: "The latest first." },
    NUMBER_ASC: { fields: ["number"], description: "The first first." },
  },
};

builder.queryField("changeSets", (t) => connection(t, changeSets));
