import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
} from "graphql";

/** How large the operations of a document are; of several, the largest in each respect. */
export interface Shape {
  /** Levels of fields below each other; what stands below `__schema` and `__type` counts towards `introspectionDepth`. */
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly aliases: number;
  readonly directives: number;
  /** Root fields of the mutations. */
  readonly mutationFields: number;
}

const nothing: Shape = { depth: 0, introspectionDepth: 0, aliases: 0, directives: 0, mutationFields: 0 };

/** Measures a document, spreads of fragments as often as they stand; in time proportional to its length. */
export function measure(document: DocumentNode): Shape {
  const fragments = fragmentsOf(document);
  const measured = new Map<string, Shape>();

  function fragmentOf(name: string): Shape {
    const known = measured.get(name);
    if (known) return known;
    // One that spreads itself is refused by validation; until then it adds nothing.
    measured.set(name, nothing);
    const fragment = fragments.get(name);
    const shape = fragment
      ? withDirectives(ofSelections(fragment.selectionSet.selections), fragment.directives)
      : nothing;
    measured.set(name, shape);
    return shape;
  }

  function ofSelections(selections: readonly SelectionNode[] = []): Shape {
    return selections.map(ofSelection).reduce(beside, nothing);
  }

  function ofSelection(node: SelectionNode): Shape {
    if (node.kind === Kind.FRAGMENT_SPREAD) return withDirectives(fragmentOf(node.name.value), node.directives);
    const inner = withDirectives(ofSelections(node.selectionSet?.selections), node.directives);
    return node.kind === Kind.FIELD ? below(node.name.value, node.alias !== undefined, inner) : inner;
  }

  let whole = nothing;
  for (const each of document.definitions) {
    if (each.kind === Kind.OPERATION_DEFINITION) whole = larger(whole, ofOperation(each));
  }
  return whole;

  function ofOperation(node: OperationDefinitionNode): Shape {
    const { selections } = node.selectionSet;
    const shape = withDirectives(ofSelections(selections), [
      ...(node.directives ?? []),
      ...(node.variableDefinitions ?? []).flatMap((variable) => variable.directives ?? []),
    ]);
    return node.operation === "mutation" ? { ...shape, mutationFields: countRootFields(node, fragments) } : shape;
  }
}

/** The fragments of a document by their names. */
export function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((each) => [each.name.value, each]));
}

/**
 * How many root fields an operation asks for, those of its fragments as often as they are spread, but each counted once.
 * So many that no number is exact are too many anyway.
 */
export function countRootFields(
  { selectionSet }: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): number {
  const counted = new Map<string, number>();
  const count = (selections: readonly SelectionNode[]): number =>
    selections.reduce((sum, node) => {
      if (node.kind === Kind.FIELD) return sum + 1;
      if (node.kind === Kind.INLINE_FRAGMENT) return sum + count(node.selectionSet.selections);
      return sum + countOf(node.name.value);
    }, 0);
  const countOf = (name: string): number => {
    const known = counted.get(name);
    if (known !== undefined) return known;
    // One that spreads itself is refused by validation; until then it adds nothing.
    counted.set(name, 0);
    const fields = count(fragments.get(name)?.selectionSet.selections ?? []);
    counted.set(name, fields);
    return fields;
  };
  return count(selectionSet.selections);
}

function below(name: string, aliased: boolean, inner: Shape): Shape {
  const aliases = inner.aliases + Number(aliased);
  // A field that a schema calls so itself is refused by GraphQL; what a fragment is called does not count.
  if (name === "__schema" || name === "__type") {
    return { ...inner, aliases, depth: 1, introspectionDepth: inner.depth + 1 };
  }
  return { ...inner, aliases, depth: inner.depth + 1 };
}

function beside(a: Shape, b: Shape): Shape {
  return { ...larger(a, b), aliases: a.aliases + b.aliases, directives: a.directives + b.directives };
}

function larger(a: Shape, b: Shape): Shape {
  return {
    depth: Math.max(a.depth, b.depth),
    introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
    aliases: Math.max(a.aliases, b.aliases),
    directives: Math.max(a.directives, b.directives),
    mutationFields: Math.max(a.mutationFields, b.mutationFields),
  };
}

function withDirectives(shape: Shape, directives: readonly unknown[] = []): Shape {
  return directives.length === 0 ? shape : { ...shape, directives: shape.directives + directives.length };
}
