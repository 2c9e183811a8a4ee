import { fieldMeaning } from "../db/meaning.ts";
import type { Types } from "./builder.ts";
import { FuzzyDate, fuzzyDate } from "./fuzzy-date.ts";
import { loadFact, loadThing } from "./load.ts";
import { enumOf, meaning } from "./meaning.ts";
import type { Shown } from "./row.ts";

export type FieldBuilder = PothosSchemaTypes.ObjectFieldBuilder<Types, Shown>;
/** Anything that columns can be added to: fields of an interface are built like those of an object. */
type AnyBuilder = FieldBuilder | PothosSchemaTypes.InterfaceFieldBuilder<Types, Shown>;
/** A GraphQL type whose values are rows. */
export type ShownRef = PothosSchemaTypes.ObjectRef<Types, Shown> | PothosSchemaTypes.InterfaceRef<Types, Shown>;

const scalars: Record<string, string> = {
  String: "String",
  Int: "Int",
  Float: "Float",
  Boolean: "Boolean",
  DateTime: "DateTime",
};

/**
 * Shows a column of a model as it stands, with the type, the nullability and the meaning that the model gives it.
 * The extension `column` tells readers of the schema where its value comes from.
 */
export function column(t: AnyBuilder, model: string, field: string) {
  const { type, list, required } = fieldMeaning(model, field);
  const shownAs = type === "Int" && field.endsWith("On") ? "Date" : (scalars[type] ?? enumOf(type));
  return (t as FieldBuilder).field({
    type: (list ? [shownAs] : shownAs) as never,
    nullable: (!required && !list) as never,
    description: meaning(`${model}.${field}`),
    extensions: { column: { model, field } },
    resolve: ((row: Shown) => row[field] ?? null) as never,
  });
}

/** Shows the vague date in the columns that begin with `prefix`; null where none is given, which `description` explains. */
export function fuzzyColumn(t: AnyBuilder, model: string, prefix: string, description: string) {
  return (t as FieldBuilder).field({
    type: FuzzyDate,
    nullable: true,
    description,
    extensions: { fuzzy: { model, prefix } },
    resolve: (row) => fuzzyDate(row, prefix),
  });
}

/** Shows the thing that a relation of a model names. */
export function link(t: AnyBuilder, model: string, relation: string, type: ShownRef) {
  const { required, type: target, from } = fieldMeaning(model, relation);
  const toRecord = target === "Record";
  const key = from?.[0] ?? "";
  return (t as FieldBuilder).field({
    type: type as never,
    nullable: (toRecord || !required) as never,
    description: `${meaning(`${model}.${relation}`)}${toRecord ? " Also null where the view does not show it." : ""}`,
    extensions: { link: { model, relation } },
    resolve: ((row: Shown, _args: unknown, context: never, info: never) => {
      const id = row[key];
      if (typeof id !== "string") return null;
      return toRecord ? loadFact(context, info, id) : loadThing(context, info, target, id);
    }) as never,
  });
}
