import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { byId, byKey, filterOf } from "./filter.ts";
import type { ListSpec } from "./list.ts";
import { entryById, entryByKey, thingType } from "./thing.ts";

export const SanctionsProgramme = thingType("SanctionsProgramme", {
  fields: (t) => ({
    key: column(t, "SanctionsProgramme", "key"),
    title: column(t, "SanctionsProgramme", "title"),
    issuer: link(t, "SanctionsProgramme", "issuer", Actor),
    legalBases: column(t, "SanctionsProgramme", "legalBases"),
    measures: column(t, "SanctionsProgramme", "measures"),
    amendedIn: column(t, "SanctionsProgramme", "amendedIn"),
  }),
});

entryById("sanctionsProgramme", "SanctionsProgramme", SanctionsProgramme);
entryByKey("sanctionsProgrammeByKey", "SanctionsProgramme", SanctionsProgramme);

const programmes: ListSpec = {
  node: "SanctionsProgramme",
  type: SanctionsProgramme,
  model: "SanctionsProgramme",
  description: "The sanctions programmes on record.",
  filter: filterOf("SanctionsProgrammeFilter", "sanctions programmes", {
    key: byKey("key", "By its key."),
    issuer: byId("issuerId", actorTypes, "Kept by this issuer."),
  }),
  orders: {
    KEY_ASC: { fields: ["key"], description: "By key, from a to z." },
    KEY_DESC: { fields: ["key"], descending: true, description: "By key, from z to a." },
  },
};

entry("sanctionsProgrammes", (t) => connection(t, programmes));

const issued: ListSpec = {
  ...programmes,
  description: "The sanctions programmes it keeps.",
  where: { issuerId: new ParentKey() },
  parent: ["id"],
};
builder.interfaceField(Actor, "sanctionsProgrammes", (t) => connection(t, issued));
