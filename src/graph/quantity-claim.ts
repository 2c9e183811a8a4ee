import { ParentKey } from "../db/sql/parameters.ts";
import { Actor, actorTypes } from "./actor.ts";
import { Assertion } from "./assertion.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { below, factList, factType } from "./fact.ts";
import { byEnum, byId, byKey } from "./filter.ts";
import { entryById } from "./thing.ts";

export const QuantityClaim = factType("QuantityClaim", (t) => ({
  claimant: link(t, "QuantityClaim", "claimant", Actor),
  value: column(t, "QuantityClaim", "value"),
  low: column(t, "QuantityClaim", "low"),
  high: column(t, "QuantityClaim", "high"),
  comparator: column(t, "QuantityClaim", "comparator"),
  unit: column(t, "QuantityClaim", "unit"),
  counted: column(t, "QuantityClaim", "counted"),
  words: column(t, "QuantityClaim", "words"),
  condition: column(t, "QuantityClaim", "condition"),
  subject: link(t, "QuantityClaim", "subject", Assertion),
}));

const quantityClaims = factList("QuantityClaim", {
  type: QuantityClaim,
  description: "The numbers that were put forward, with what they count.",
  filter: {
    claimant: byId("claimantId", actorTypes, "Put forward by this actor."),
    comparator: byEnum("Comparator", "comparator", "By how the number is meant."),
    unit: byKey("unit", "By what one of them is."),
  },
});

entryById("quantityClaim", "QuantityClaim", QuantityClaim);
entry("quantityClaims", (t) => connection(t, quantityClaims));

const quantityClaimsOfActor = below(quantityClaims, "The numbers it put forward.", { claimantId: new ParentKey() });
builder.interfaceField(Actor, "quantityClaims", (t) => connection(t, quantityClaimsOfActor));
