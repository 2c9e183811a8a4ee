import { isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLInputType } from "graphql";

/** A value, as JSON carries it, written into a document. */
export function literalOf(value: unknown, type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalOf(value, type.ofType);
  if (value === null || value === undefined) return "null";
  if (isListType(type)) return `[${(value as unknown[]).map((each) => literalOf(each, type.ofType)).join(", ")}]`;
  if (isEnumType(type)) return value as string;
  if (!isInputObjectType(type)) return JSON.stringify(value);
  const fields = type.getFields();
  const members = Object.entries(value).map(([name, each]) => {
    const field = fields[name];
    if (!field) throw new Error(`${type.name} has no field ${name}.`);
    return `${name}: ${literalOf(each, field.type)}`;
  });
  return `{ ${members.join(", ")} }`;
}
