import { documentsBehind } from "../record/view.ts";
import { Actor } from "./actor.ts";
import { builder } from "./builder.ts";
import type { ChildSpec } from "./child.ts";
import { column, link } from "./column.ts";
import { Passage } from "./document.ts";
import { meaning } from "./meaning.ts";
import type { Shown } from "./row.ts";

export const Evidence = builder.objectRef<Shown>("Evidence").implement({
  description: meaning("Evidence"),
  fields: (t) => ({
    passage: link(t, "Evidence", "passage", Passage),
    role: column(t, "Evidence", "role"),
    proves: column(t, "Evidence", "proves"),
  }),
});

export const AttributionStep = builder.objectRef<Shown>("AttributionStep").implement({
  description: meaning("Attribution"),
  fields: (t) => ({
    actor: link(t, "Attribution", "actor", Actor),
    words: column(t, "Attribution", "words"),
    verb: column(t, "Attribution", "verb"),
    hedge: column(t, "Attribution", "hedge"),
  }),
});

/** The evidence of an assertion, without what was made known only after the view's moment. */
export const evidenceOf: ChildSpec = {
  model: "Evidence",
  field: "assertionId",
  order: ["assertionId", "ordinal"],
  where: (view) => ({ passage: { capture: { document: documentsBehind(view) } } }),
};
