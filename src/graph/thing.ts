import { modelMeaning } from "../db/meaning.ts";
import { builder, type Types } from "./builder.ts";
import { entry } from "./entry.ts";
import { loadThingBy } from "./load.ts";
import { keyedBy, loadNode, Node, nodesOf } from "./node.ts";
import type { Shown } from "./row.ts";
import type { FieldBuilder } from "./column.ts";
import { withArticle } from "../values/article.ts";

type Fields = (t: FieldBuilder) => object;
type InterfaceRef = PothosSchemaTypes.InterfaceRef<Types, Shown>;

/** Makes the GraphQL type of a model of things, with the meaning of the model, and makes its ids known. */
export function thingType(
  name: string,
  {
    model = name,
    description,
    interfaces = [],
    fields,
  }: { model?: string; description?: string; interfaces?: readonly InterfaceRef[]; fields: Fields },
) {
  nodesOf(name, model);
  return builder.objectRef<Shown>(name).implement({
    description: description ?? modelMeaning(model).meaning ?? "",
    interfaces: [Node, ...interfaces] as never,
    fields: fields as never,
  });
}

/** Adds the entry by id: `crisis(id)`. Null for an id that names nothing shown; an id of another type is bad input. */
export function entryById(field: string, type: string, ref: ReturnType<typeof thingType> | InterfaceRef): void {
  entry(field, (t) =>
    t.field({
      type: ref,
      nullable: true,
      description: `The ${type} with this id; null where the record shows none.`,
      args: { id: t.arg.id({ required: true, description: `The id of ${withArticle(type)}.` }) },
      extensions: { computed: "byId" },
      resolve: (_root, { id }, context, info) => loadNode(context, info, id, type),
    }),
  );
}

/** Adds the entry by key: `crisisByKey(key)`. Null where nothing shown has that key. */
export function entryByKey(field: string, type: string, ref: ReturnType<typeof thingType>, model = type): void {
  keyedBy(type, "key");
  entry(field, (t) =>
    t.field({
      type: ref,
      nullable: true,
      description: `The ${type} with this key; null where the record shows none.`,
      args: { key: t.arg.string({ required: true, description: "Its key, letter for letter." }) },
      extensions: { computed: "byKey" },
      resolve: async (_root, { key }, context, info) => {
        const row = await loadThingBy(context, info, model, "key", key);
        return row?.$type === type ? row : null;
      },
    }),
  );
}
