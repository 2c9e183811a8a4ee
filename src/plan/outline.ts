import { Kind, print, visit, type OperationDefinitionNode } from "graphql";

/**
 * An operation by the names of the schema alone: without any value, and without the names that its asker chose, of which
 * each may be a secret.
 */
export function outlineOf(operation: OperationDefinitionNode): string {
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
  const bare = visit(operation, {
    OperationDefinition: (node) => ({ ...node, name: undefined, variableDefinitions: [] }),
    Field: (node) => ({ ...node, alias: undefined }),
    FragmentSpread: (node) => ({ ...node, name: name("fragment") }),
    // What is left of it is not visited: nothing of the value is.
    Argument: { enter: (node) => ({ ...node, value: { kind: Kind.ENUM, value: "_" } }) },
  });
  return print(bare);
}
