import {
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  Kind,
  visit,
} from "graphql";
import { type Documents, usedFragments } from "./document.ts";
import { type SchemaType, findType, isAlways, namedType, rootType } from "./type.ts";

/** An operation and the fragments that go with it. */
export type Definitions = readonly [OperationDefinitionNode, ...FragmentDefinitionNode[]];

/**
 * An operation that asks the same in fewer bytes: a fragment that is spread once is written out where it is spread,
 * without its condition where that always holds, and a plain field is selected once. Fragments are sorted by name.
 */
export function inlineFragments(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  documents: Documents,
): Definitions {
  const used = usedFragments(operation, documents).map((name) => documents.fragments.get(name)!);
  const spreads = countSpreads([operation, ...used]);

  const inside = (set: SelectionSetNode, type: SchemaType): SelectionSetNode => {
    const selections = set.selections.flatMap((selection): readonly SelectionNode[] => {
      if (selection.kind === Kind.FIELD) {
        const field = selection.selectionSet && type.getFields?.()[selection.name.value];
        return [
          field ? { ...selection, selectionSet: inside(selection.selectionSet, namedType(field.type)) } : selection,
        ];
      }
      const named = selection.kind === Kind.FRAGMENT_SPREAD;
      if (named && spreads.get(selection.name.value) !== 1) return [selection];
      const { typeCondition, selectionSet } = named ? documents.fragments.get(selection.name.value)! : selection;
      const condition = (typeCondition && findType(schema, typeCondition.name.value)) ?? type;
      const below = inside(selectionSet, condition);
      if (!selection.directives?.length && isAlways(schema, type, condition)) return below.selections;
      const { directives } = selection;
      return [
        {
          kind: Kind.INLINE_FRAGMENT,
          selectionSet: below,
          ...(typeCondition && { typeCondition }),
          ...(directives && { directives }),
        },
      ];
    });
    return { ...set, selections: withoutRepeats(selections) };
  };
  return [
    { ...operation, selectionSet: inside(operation.selectionSet, rootType(schema, operation.operation)) },
    ...used
      .filter(({ name }) => spreads.get(name.value) !== 1)
      .map((fragment) => {
        const type = findType(schema, fragment.typeCondition.name.value)!;
        return { ...fragment, selectionSet: inside(fragment.selectionSet, type) };
      }),
  ];
}

function countSpreads(definitions: Definitions): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const definition of definitions)
    visit(definition, {
      FragmentSpread: ({ name: { value } }) => void counts.set(value, (counts.get(value) ?? 0) + 1),
    });
  return counts;
}

/** Selections of which none is there twice; fields that select further are left for the server to merge. */
function withoutRepeats(selections: readonly SelectionNode[]): readonly SelectionNode[] {
  const seen = new Set<string>();
  return selections.filter((selection) => {
    if (selection.kind !== Kind.FIELD || selection.selectionSet || selection.arguments?.length) return true;
    if (selection.directives?.length) return true;
    const key = selection.alias?.value ?? selection.name.value;
    return !seen.has(key) && seen.add(key);
  });
}
