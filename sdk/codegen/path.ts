import { type FieldNode, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode, Kind } from "graphql";
import type { Documents } from "./document.ts";
import { type SchemaType, findType, isList, namedType, rootType } from "./type.ts";

/** A field of an operation that is given the variable `$after`, and where in the answer it stands. */
interface Continued {
  readonly path: readonly string[];
  readonly field: FieldNode;
  readonly type: SchemaType;
  readonly repeated: boolean;
}

/**
 * Where in an answer the connection stands that a query pages with `$after`, however deep; undefined when it pages none.
 * Throws when such a query cannot be paged: two lists on one cursor, a list below a list, no `pageInfo`, no nodes.
 */
export function connectionPath(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  documents: Documents,
): readonly string[] | undefined {
  if (operation.operation !== "query" || !takesAfter(operation)) return undefined;
  const found = continuedFields(schema, operation, documents);
  const name = operation.name?.value;
  const [only] = found;
  if (!only || found.length > 1)
    throw new Error(`${name}: $after must be given to exactly one list; it is given to ${found.length}.`);
  if (only.repeated)
    throw new Error(`${name}: ${only.path.join(".")} stands below a list, so its pages cannot be told.`);
  const chosen = fieldsBelow(only.field.selectionSet, documents);
  const pageInfo = fieldsBelow(chosen.get("pageInfo")?.selectionSet, documents);
  if (!pageInfo.has("hasNextPage") || !pageInfo.has("endCursor"))
    throw new Error(`${name}: select pageInfo { hasNextPage endCursor } below ${only.path.join(".")}.`);
  if (!chosen.has("nodes") && !fieldsBelow(chosen.get("edges")?.selectionSet, documents).has("node"))
    throw new Error(`${name}: select nodes, or edges { node }, below ${only.path.join(".")}.`);
  return only.path;
}

/**
 * Where in an event the cursor stands that a subscription takes back as `$after`; undefined when it takes none.
 * Throws when the subscription takes `$after` but does not select `cursor`.
 */
export function resumePath(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  documents: Documents,
): readonly string[] | undefined {
  if (operation.operation !== "subscription" || !takesAfter(operation)) return undefined;
  const [only] = continuedFields(schema, operation, documents);
  if (!only || !fieldsBelow(only.field.selectionSet, documents).has("cursor"))
    throw new Error(`${operation.name?.value}: a subscription with $after selects cursor, or it could not resume.`);
  return [...only.path, "cursor"];
}

function takesAfter(operation: OperationDefinitionNode): boolean {
  return operation.variableDefinitions?.some(({ variable }) => variable.name.value === "after") ?? false;
}

function continuedFields(schema: GraphQLSchema, operation: OperationDefinitionNode, documents: Documents): Continued[] {
  const search = (set: SelectionSetNode, type: SchemaType, path: readonly string[], repeated: boolean): Continued[] =>
    set.selections.flatMap((selection): Continued[] => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = documents.fragments.get(selection.name.value)!;
        return search(fragment.selectionSet, findType(schema, fragment.typeCondition.name.value)!, path, repeated);
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition && findType(schema, selection.typeCondition.name.value);
        return search(selection.selectionSet, condition ?? type, path, repeated);
      }
      const field = type.getFields?.()[selection.name.value];
      if (!field || !selection.selectionSet) return [];
      const here = [...path, selection.alias?.value ?? selection.name.value];
      const below = namedType(field.type);
      const continued = selection.arguments?.some(
        ({ value }) => value.kind === Kind.VARIABLE && value.name.value === "after",
      );
      return [
        ...(continued ? [{ path: here, field: selection, type: below, repeated }] : []),
        ...search(selection.selectionSet, below, here, repeated || isList(field.type)),
      ];
    });
  return search(operation.selectionSet, rootType(schema, operation.operation), [], false);
}

/** The fields of a selection by the name they answer under, with those of its fragments. */
function fieldsBelow(set: SelectionSetNode | undefined, documents: Documents): ReadonlyMap<string, FieldNode> {
  const fields = new Map<string, FieldNode>();
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FIELD) fields.set(selection.alias?.value ?? selection.name.value, selection);
    else {
      const inner =
        selection.kind === Kind.INLINE_FRAGMENT
          ? selection.selectionSet
          : documents.fragments.get(selection.name.value)?.selectionSet;
      for (const [name, field] of fieldsBelow(inner, documents)) fields.set(name, field);
    }
  }
  return fields;
}
