import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputType,
} from "graphql";

const uuid = "01890000-0000-7000-8000-000000000000";
const scalars: Readonly<Record<string, string>> = {
  ID: `"Person:${uuid}"`,
  Date: '"2019-02-06"',
  DateTime: '"2019-02-06T00:00:00Z"',
  Boolean: "true",
  Int: "1",
  Float: "1",
  String: '"palace"',
  _Any: `{ __typename: "Person", id: "Person:${uuid}" }`,
};

/** A value of an input type as GraphQL writes it, with what the type requires and no more. */
export function literalOf(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literalOf(type.ofType);
  if (isListType(type)) return `[${literalOf(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (!isInputObjectType(type)) return scalars[type.name] ?? '"palace"';
  const fields = Object.values(type.getFields());
  const given = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
  return `{ ${given.map((field) => `${field.name}: ${literalOf(field.type)}`).join(", ")} }`;
}

/** A field as it may be asked for, with the arguments that it requires and the least of what it answers. */
export function questionOf({ name, args, type }: GraphQLField<unknown, unknown>): string {
  const given = args.filter(isRequiredArgument).map((arg) => `${arg.name}: ${literalOf(arg.type)}`);
  const selection = isLeafType(getNamedType(type)) ? "" : " { __typename }";
  return `${name}${given.length > 0 ? `(${given.join(", ")})` : ""}${selection}`;
}
