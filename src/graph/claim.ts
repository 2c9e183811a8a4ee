import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { Assertion } from "./assertion.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byEnum, byId } from "./filter.ts";
import { entryById } from "./thing.ts";

export const Claim = factType("Claim", (t) => ({
  proposition: column(t, "Claim", "proposition"),
  claimant: link(t, "Claim", "claimant", Actor),
  polarity: column(t, "Claim", "polarity"),
  about: link(t, "Claim", "about", Actor),
  subject: link(t, "Claim", "subject", Assertion),
  contradicts: link(t, "Claim", "contradicts", Assertion),
  supports: link(t, "Claim", "supports", Assertion),
}));

const claims = factList("Claim", {
  type: Claim,
  description: "What was claimed, by whom, and against what.",
  filter: {
    claimant: byId("claimantId", actorTypes, "Put forward by this actor."),
    about: byId("aboutId", actorTypes, "About this actor."),
    polarity: byEnum("ClaimPolarity", "polarity", "By whether it affirms or denies."),
  },
});

entryById("claim", "Claim", Claim);
entry("claims", (t) => connection(t, claims));

const claimsOfActor = below(claims, "What it claims.", { claimantId: new ParentKey() });
builder.interfaceField(Actor, "claims", (t) => connection(t, claimsOfActor));

const claimsAboutOfAssertion = below(claims, "The claims made about it.", { subjectId: new ParentKey() }, ["recordId"]);
builder.interfaceField(Assertion, "claimsAbout", (t) => connection(t, claimsAboutOfAssertion));
