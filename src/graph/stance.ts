import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byEnum, byId } from "./filter.ts";
import { entryById } from "./thing.ts";

export const Stance = factType("Stance", (t) => ({
  actor: link(t, "Stance", "actor", Actor),
  towards: link(t, "Stance", "towards", Actor),
  stanceKind: column(t, "Stance", "stanceKind"),
}));

const stances = factList("Stance", {
  type: Stance,
  description: "Where actors stand towards each other.",
  filter: {
    actor: byId("actorId", actorTypes, "Of this actor."),
    towards: byId("towardsId", actorTypes, "Towards this actor."),
    stanceKind: byEnum("StanceKind", "stanceKind", "By where it stands."),
  },
});

entryById("stance", "Stance", Stance);
entry("stances", (t) => connection(t, stances));

const stancesOfActor = below(stances, "Where it stands towards others.", { actorId: new ParentKey() });
builder.interfaceField(Actor, "stances", (t) => connection(t, stancesOfActor));

const stancesTowardsOfActor = below(stances, "Where others stand towards it.", { towardsId: new ParentKey() });
builder.interfaceField(Actor, "stancesTowards", (t) => connection(t, stancesTowardsOfActor));
