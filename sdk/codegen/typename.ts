import { type FieldNode, type GraphQLSchema, type SelectionSetNode, Kind } from "graphql";
import type { Documents } from "./document.ts";
import { type SchemaType, findType, isAbstract, namedType, rootType } from "./type.ts";

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** Selects `__typename` wherever the answer may be of several types, so that TypeScript can tell them apart. */
export function selectTypenames(schema: GraphQLSchema, documents: Documents): Documents {
  const inside = (set: SelectionSetNode, type: SchemaType, declared = true): SelectionSetNode => {
    const selections = set.selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return selection;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        const narrowed = (condition && findType(schema, condition)) || type;
        return { ...selection, selectionSet: inside(selection.selectionSet, narrowed, false) };
      }
      const field = type.getFields?.()[selection.name.value];
      if (!field) throw new Error(`${type.name} has no field ${selection.name.value}.`);
      return { ...selection, selectionSet: inside(selection.selectionSet, namedType(field.type)) };
    });
    const needed = declared && isAbstract(schema, type) && !selections.some(isTypename);
    return { ...set, selections: needed ? [TYPENAME, ...selections] : selections };
  };
  return {
    operations: documents.operations.map((operation) => ({
      ...operation,
      selectionSet: inside(operation.selectionSet, rootType(schema, operation.operation)),
    })),
    fragments: new Map(
      [...documents.fragments].map(([name, fragment]) => {
        const type = findType(schema, fragment.typeCondition.name.value);
        if (!type)
          throw new Error(`Fragment ${name} is on ${fragment.typeCondition.name.value}, which does not exist.`);
        return [name, { ...fragment, selectionSet: inside(fragment.selectionSet, type) }];
      }),
    ),
  };
}

function isTypename(selection: SelectionSetNode["selections"][number]): boolean {
  return selection.kind === Kind.FIELD && selection.name.value === "__typename";
}
