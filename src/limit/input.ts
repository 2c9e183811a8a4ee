import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type ValueNode,
} from "graphql";
import { costIn, type Given } from "./count.ts";

const costly = new WeakMap<GraphQLNamedInputType, boolean>();

/** Whether an input has fields, or inputs in it have, that say that they cost something. */
export function mayCost(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return false;
  let known = costly.get(named);
  if (known === undefined) {
    // What nests itself costs something where anything else in it does.
    costly.set(named, false);
    known = Object.values(named.getFields()).some((field) => costIn(field)?.own !== undefined || mayCost(field.type));
    costly.set(named, known);
  }
  return known;
}

/** What the fields of the inputs cost that a field is given. */
export function costOfInputs({ args }: GraphQLField<unknown, unknown>, node: FieldNode, given: Given): number {
  return args.reduce((sum, { name, type }) => {
    const value = mayCost(type) ? node.arguments?.find((argument) => argument.name.value === name)?.value : undefined;
    return value ? sum + costOfLiteral(type, value, given) : sum;
  }, 0);
}

/** What the fields of an input that is written out cost, each as often as it stands there or in a variable. */
function costOfLiteral(type: GraphQLInputType, node: ValueNode, given: Given): number {
  if (node.kind === Kind.VARIABLE) return costOfVariable(type, node.name.value, given);
  if (node.kind === Kind.NULL || !mayCost(type)) return 0;
  const of = getNullableType(type);
  if (isListType(of)) {
    const each = node.kind === Kind.LIST ? node.values : [node];
    return each.reduce((sum, value) => sum + costOfLiteral(of.ofType, value, given), 0);
  }
  if (!isInputObjectType(of) || node.kind !== Kind.OBJECT) return 0;
  const fields = of.getFields();
  return node.fields.reduce((sum, { name, value }) => {
    const field = fields[name.value];
    if (!field || value.kind === Kind.NULL) return sum;
    return sum + (costIn(field)?.own ?? 0) + costOfLiteral(field.type, value, given);
  }, 0);
}

function costOfVariable(type: GraphQLInputType, name: string, { variables, defaults }: Given): number {
  if (Object.hasOwn(variables, name)) return costOfValue(type, variables[name]);
  const value = defaults.get(name);
  return value ? costOfLiteral(type, value, { variables: {}, defaults: new Map() }) : 0;
}

/** The same of an input that was given as a variable, and not looked at yet: what is no such input costs nothing. */
export function costOfValue(type: GraphQLInputType, value: unknown): number {
  if (value == null || !mayCost(type)) return 0;
  const of = getNullableType(type);
  if (isListType(of)) {
    const each: readonly unknown[] = Array.isArray(value) ? value : [value];
    return each.reduce<number>((sum, one) => sum + costOfValue(of.ofType, one), 0);
  }
  if (!isInputObjectType(of) || typeof value !== "object") return 0;
  const given = value as Readonly<Record<string, unknown>>;
  return Object.values(of.getFields()).reduce((sum, field) => {
    const own = Object.hasOwn(given, field.name) ? given[field.name] : undefined;
    return own == null ? sum : sum + (costIn(field)?.own ?? 0) + costOfValue(field.type, own);
  }, 0);
}
