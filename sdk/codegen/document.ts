import { type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode, Kind, visit } from "graphql";

/** All operations and fragments of a set of files, sorted by name so that the order of files does not matter. */
export interface Documents {
  readonly operations: readonly (OperationDefinitionNode & { readonly name: { readonly value: string } })[];
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** Sorts out parsed files. Throws on an operation without a name, and on two definitions of one name. */
export function readDocuments(files: readonly DocumentNode[]): Documents {
  const operations = new Map<string, Documents["operations"][number]>();
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of files.flatMap((file) => file.definitions)) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) add(fragments, definition.name.value, definition);
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    if (!definition.name)
      throw new Error(`A ${definition.operation} has no name; each operation of the SDK needs one.`);
    add(operations, definition.name.value, { ...definition, name: definition.name });
  }
  return { operations: [...operations.keys()].sort().map((name) => operations.get(name)!), fragments };
}

/** The name of the type of an operation's result: `contest` answers a `ContestQuery`. */
export function resultName({ name, operation }: Documents["operations"][number]): string {
  return capitalise(name.value) + capitalise(operation);
}

/** The name of the type of a fragment. */
export function fragmentName({ name }: FragmentDefinitionNode): string {
  return `${capitalise(name.value)}Fragment`;
}

/** The names of the fragments that an operation spreads, directly or through other fragments, sorted. */
export function usedFragments(operation: OperationDefinitionNode, { fragments }: Documents): string[] {
  const used = new Set<string>();
  const follow = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name: { value } }) {
        const fragment = fragments.get(value);
        if (!fragment) throw new Error(`Fragment ${value} is spread but not defined.`);
        if (used.has(value)) return;
        used.add(value);
        follow(fragment);
      },
    });
  };
  follow(operation);
  return [...used].sort();
}

function capitalise(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function add<T>(definitions: Map<string, T>, name: string, definition: T): void {
  if (definitions.has(name)) throw new Error(`${name} is defined twice; names of operations and fragments are unique.`);
  definitions.set(name, definition);
}
