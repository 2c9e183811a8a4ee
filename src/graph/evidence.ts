import type { GraphQLResolveInfo } from "graphql";
import { documentsIn } from "../record/view.ts";
import { Actor } from "./actor.ts";
import { builder } from "./builder.ts";
import { column, link } from "./column.ts";
import { viewOf, type GraphContext } from "./context.ts";
import { Passage } from "./document.ts";
import { loadChildren } from "./load.ts";
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
export function readEvidence(
  row: Shown,
  _args: object,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Shown[]> {
  const view = viewOf(context, info);
  const where = { passage: { capture: { document: documentsIn(view) } } };
  const order = ["assertionId", "ordinal"];
  return loadChildren(context, { model: "Evidence", field: "assertionId", order, where }, row.id);
}
