import { fieldMeaning } from "../db/meaning.ts";
import type { Where } from "../db/sql/where.ts";
import type { View } from "../record/view.ts";
import type { FieldBuilder, ShownRef } from "./column.ts";
import { viewOf } from "./context.ts";
import { loadChildren, loadThing } from "./load.ts";
import type { Shown } from "./row.ts";

/** Rows that hang on another, few enough to be read whole. */
export interface ChildSpec {
  readonly model: string;
  /** The field that holds the parent's id. */
  readonly field: string;
  readonly order: readonly string[];
  /** Which of them a view shows; left out, all. */
  readonly where?: (view: View) => Where;
}

/** Shows the rows that hang on one, as a plain list. */
export function children(
  t: Pick<FieldBuilder, "field">,
  type: PothosSchemaTypes.ObjectRef<never, Shown> | ShownRef,
  description: string,
  spec: ChildSpec,
) {
  return t.field({
    type: [type] as never,
    description,
    extensions: { children: spec },
    resolve: ((row: Shown, _args: unknown, context: never, info: never) => {
      const view = viewOf(context, info);
      const where = spec.where?.(view) ?? {};
      return loadChildren(context, { ...spec, where, asOf: view.changeSet }, row.id);
    }) as never,
  });
}

/** Shows the things that `relation` of the rows that hang on one leads to, as far as the view shows them. */
export function throughChildren(
  t: Pick<FieldBuilder, "field">,
  type: ShownRef,
  description: string,
  { relation, ...spec }: ChildSpec & { readonly relation: string },
) {
  const { from, type: model } = fieldMeaning(spec.model, relation);
  return t.field({
    type: [type] as never,
    description,
    extensions: { through: { ...spec, relation } },
    resolve: (async (row: Shown, _args: unknown, context: never, info: never) => {
      const where = spec.where?.(viewOf(context, info)) ?? {};
      const links = await loadChildren(context, { ...spec, where }, row.id);
      const ids = links.map((each) => String(each[from?.[0] ?? ""]));
      const things = await Promise.all(ids.map((id) => loadThing(context, info, model, id)));
      return things.filter((thing) => thing !== null);
    }) as never,
  });
}

/** Shows more of the same row under a type of its own. */
export function sameRow<T>(t: { field: (options: never) => T }, type: unknown, description: string): T {
  return t.field({ type, description, extensions: { row: true }, resolve: (row: Shown) => row } as never);
}
