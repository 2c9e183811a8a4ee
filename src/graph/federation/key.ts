import { isObjectType, type GraphQLSchema } from "graphql";
import { naturalKeysOf } from "../node.ts";

/** The keys by which each entity is named across subgraphs, the id first: every type with an id of its own is one. */
export function entityKeys(schema: GraphQLSchema): ReadonlyMap<string, readonly string[]> {
  const nodes = Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter((type) => type.getInterfaces().some(({ name }) => name === "Node"));
  return new Map(nodes.map(({ name }) => [name, ["id", ...naturalKeysOf(name)]]));
}
