import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byEnum, byId } from "./filter.ts";
import { Mention } from "./mention.ts";
import { entryById } from "./thing.ts";

export const IdentityJudgement = factType("IdentityJudgement", (t) => ({
  left: link(t, "IdentityJudgement", "left", Actor),
  mention: link(t, "IdentityJudgement", "mention", Mention),
  right: link(t, "IdentityJudgement", "right", Actor),
  verdict: column(t, "IdentityJudgement", "verdict"),
  score: column(t, "IdentityJudgement", "score"),
  explanation: column(t, "IdentityJudgement", "explanation"),
  judge: column(t, "IdentityJudgement", "judge"),
}));

const identityJudgements = factList("IdentityJudgement", {
  type: IdentityJudgement,
  description: "The judgements whether two are one.",
  filter: {
    right: byId("rightId", actorTypes, "About this actor."),
    left: byId("leftId", actorTypes, "About this actor on the other side."),
    mention: byId("mentionId", ["Mention"], "About this mention."),
    verdict: byEnum("IdentityVerdict", "verdict", "By the judgement."),
  },
});

entryById("identityJudgement", "IdentityJudgement", IdentityJudgement);
entry("identityJudgements", (t) => connection(t, identityJudgements));

const judgementsOfMention = below(
  identityJudgements,
  "Whom it could mean, and how that was judged, rejected ones included.",
  { mentionId: new ParentKey() },
  ["recordId"],
);
builder.objectField(Mention, "judgements", (t) => connection(t, judgementsOfMention));

const identityJudgementsOfActor = below(identityJudgements, "What was judged to be it, or not.", {
  rightId: new ParentKey(),
});
builder.interfaceField(Actor, "identityJudgements", (t) => connection(t, identityJudgementsOfActor));
