import type { GraphQLNamedType, GraphQLObjectType, GraphQLSchema, GraphQLType } from "graphql";

/** A type as this folder needs it: what it is called, its fields if it has any, its wrapper if it is one. */
export type SchemaType = Pick<GraphQLNamedType, "name"> & Partial<Pick<GraphQLObjectType, "getFields">>;

/** The type of a name; undefined when the schema has none. An input has no fields to select from. */
export function findType(schema: GraphQLSchema, name: string): SchemaType | undefined {
  return schema.getType(name) as SchemaType | undefined;
}

/**
 * The named type inside any number of list and non-null wrappers.
 * Told by shape, not by `instanceof`: the generator may load graphql-js twice, as a module and as a script.
 */
export function namedType(type: GraphQLType): SchemaType {
  let inner = type;
  while ("ofType" in inner) inner = inner.ofType;
  return inner as SchemaType;
}

/** Whether a list stands anywhere in a type: `[T]`, `[T!]!`. */
export function isList(type: GraphQLType): boolean {
  if (!("ofType" in type)) return false;
  return String(type).startsWith("[") || isList(type.ofType);
}

/** Whether an object of one of several types can stand where this type is declared. */
export function isAbstract(schema: GraphQLSchema, type: SchemaType): boolean {
  const kind = schema.getType(type.name)?.astNode?.kind ?? "";
  return kind.startsWith("Interface") || kind.startsWith("Union");
}

/** Whether whatever stands where `type` is declared is also a `condition`. */
export function isAlways(schema: GraphQLSchema, type: SchemaType, condition: SchemaType): boolean {
  const declared = schema.getType(type.name);
  const asked = schema.getType(condition.name);
  if (declared === asked) return true;
  return declared !== undefined && "getInterfaces" in declared && declared.getInterfaces().some((one) => one === asked);
}

/** The type at the root of an operation. Throws when the schema has none. */
export function rootType(schema: GraphQLSchema, operation: string): SchemaType {
  const root =
    operation === "query"
      ? schema.getQueryType()
      : operation === "mutation"
        ? schema.getMutationType()
        : schema.getSubscriptionType();
  if (!root) throw new Error(`The schema has no ${operation}.`);
  return root;
}
