import { Kind, parse, print, visit, type ConstDirectiveNode } from "graphql";

/**
 * Lets clients of the gateway ask `node` and `nodes`, by the ids of one subgraph. Every Relay subgraph has a `node` that
 * knows its own ids only, so a supergraph hides them all, and whoever runs the gateway says whose it shall be.
 * @param supergraph in SDL
 * @param subgraph its name there
 */
export function openNode(supergraph: string, subgraph: string): string {
  const document = visit(parse(supergraph), {
    ObjectTypeDefinition: ({ name }) => (name.value === "Query" ? undefined : false),
    FieldDefinition: (field) =>
      /^nodes?$/.test(field.name.value) ? { ...field, directives: [resolvedBy(subgraph)] } : undefined,
  });
  return print(document);
}

/** `@join__field(graph: CHANCERY)`: that this subgraph alone is asked. */
function resolvedBy(subgraph: string): ConstDirectiveNode {
  const graph = { kind: Kind.ENUM, value: subgraph.toUpperCase() } as const;
  const argument = { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: "graph" }, value: graph } as const;
  return { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: "join__field" }, arguments: [argument] };
}
