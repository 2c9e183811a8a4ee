import { coerceInputValue, isInputObjectType, type GraphQLInputType } from "graphql";
import type { Operation } from "../../record/operation/operation.ts";
import { schema } from "../schema.ts";

const LONGEST_TOLD = 500;

class Unfit extends Error {}

/**
 * What the API would find wrong with the input of an operation of a change set before it is read by the terms of entry,
 * with the way to it: a field that there is not, a value of another type, or that one is missing. Null where it is none.
 */
export function unfitness({ name, input }: Operation): string | null {
  const types = inputTypes();
  const type = types.get(name);
  if (!type) throw new Error(`There is no operation ${name}.`);
  try {
    coerceInputValue(input, type, (path, _value, error) => {
      throw new Unfit(`${[name, ...path].join(".")}: ${error.message.slice(0, LONGEST_TOLD)}`);
    });
    return null;
  } catch (error) {
    if (error instanceof Unfit) return error.message;
    throw error;
  }
}

let known: ReadonlyMap<string, GraphQLInputType> | undefined;

function inputTypes(): ReadonlyMap<string, GraphQLInputType> {
  if (known) return known;
  const type = schema.getType("OperationInput");
  if (!isInputObjectType(type)) throw new Error("The schema has no operations.");
  return (known = new Map(Object.values(type.getFields()).map((field) => [field.name, field.type])));
}
