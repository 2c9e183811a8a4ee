import {
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isScalarType,
  type GraphQLInputType,
  type GraphQLResolveInfo,
} from "graphql";
import type { Json, JsonFields } from "../../record/operation/operation.ts";

/** The argument `input` of the mutation that is being resolved, as plain values: days and instants are text again. */
export function plainInput(input: object, { parentType, fieldName }: GraphQLResolveInfo): JsonFields {
  const argument = parentType.getFields()[fieldName]?.args.find(({ name }) => name === "input");
  if (!argument) throw new Error(`${fieldName} takes no input`);
  return plain(input, argument.type) as JsonFields;
}

function plain(value: unknown, given: GraphQLInputType): Json {
  const type = getNullableType(given);
  if (value === null || value === undefined) return null;
  if (isListType(type)) {
    const { ofType } = type as { ofType: GraphQLInputType };
    return (value as readonly unknown[]).map((item) => plain(item, ofType));
  }
  if (isInputObjectType(type)) {
    const fields = type.getFields();
    const entries = Object.entries(value as Readonly<Record<string, unknown>>);
    return Object.fromEntries(
      entries.flatMap(([name, each]) => {
        const field = fields[name];
        return field && each !== undefined ? [[name, plain(each, field.type)]] : [];
      }),
    );
  }
  if (isScalarType(type) || isEnumType(type)) return type.serialize(value) as Json;
  throw new Error(`${String(given)} is no type of an input`);
}
