import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { builder } from "./builder.ts";
import { column, fuzzyColumn, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byId } from "./filter.ts";
import { SanctionsProgramme } from "./sanctions-programme.ts";
import { entryById } from "./thing.ts";

export const Designation = factType("Designation", (t) => ({
  target: link(t, "Designation", "target", Actor),
  programme: link(t, "Designation", "programme", SanctionsProgramme),
  authority: link(t, "Designation", "authority", Actor),
  listed: fuzzyColumn(t, "Designation", "listed", "When it was listed; null where the source does not say."),
  measures: column(t, "Designation", "measures"),
  reason: column(t, "Designation", "reason"),
  reference: column(t, "Designation", "reference"),
}));

const designations = factList("Designation", {
  type: Designation,
  description: "Who is on which list of sanctions, under which programme and by whom.",
  filter: {
    target: byId("targetId", actorTypes, "Of this target."),
    programme: byId("programmeId", ["SanctionsProgramme"], "Under this programme."),
    authority: byId("authorityId", actorTypes, "By this authority."),
  },
});

entryById("designation", "Designation", Designation);
entry("designations", (t) => connection(t, designations));

const designationsOfActor = below(designations, "The lists of sanctions it is on.", { targetId: new ParentKey() });
builder.interfaceField(Actor, "designations", (t) => connection(t, designationsOfActor));

const designationsOfSanctionsProgramme = below(designations, "Who is designated under it.", {
  programmeId: new ParentKey(),
});
builder.objectField(SanctionsProgramme, "designations", (t) => connection(t, designationsOfSanctionsProgramme));
