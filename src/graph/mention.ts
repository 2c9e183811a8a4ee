import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byFolded, byId } from "./filter.ts";
import { entryById } from "./thing.ts";

export const Mention = factType("Mention", (t) => ({
  surface: column(t, "Mention", "surface"),
  resolvesTo: link(t, "Mention", "resolvesTo", Actor),
}));

const mentions = factList("Mention", {
  type: Mention,
  description: "The names in texts, and whom they are taken to mean.",
  filter: {
    surface: byFolded("By the name as it stands in the text.", (folded) => ({ folded })),
    resolvesTo: byId("resolvesToId", actorTypes, "Taken to mean this actor."),
  },
});

entryById("mention", "Mention", Mention);
entry("mentions", (t) => connection(t, mentions));

const mentionsOfActor = below(mentions, "The names in texts that are taken to mean it.", {
  resolvesToId: new ParentKey(),
});
builder.interfaceField(Actor, "mentions", (t) => connection(t, mentionsOfActor));
