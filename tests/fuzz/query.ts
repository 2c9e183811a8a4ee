import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import { oddTexts, type Chance } from "./chance.ts";

/** Chance, and whether this document may go wrong: one mistake has all of it refused, so most make none. */
interface Making extends Chance {
  readonly wild: boolean;
}

/** Values that are right for a scalar, though they may name nothing. */
const right: Readonly<Record<string, readonly string[]>> = {
  Int: ["1", "2", "3", "5", "20"],
  Float: ["0.5", "2"],
  Boolean: ["true", "false"],
  ID: ['"Person:01890000-0000-7000-8000-000000000000"', '"Event:01890000-0000-7000-8000-000000000000"'],
  Date: ['"2019-02-06"', '"-0043-03-15"', '"2019-01-23"'],
  DateTime: ['"2019-02-07T09:00:00Z"', '"2026-01-01T00:00:00Z"'],
};
const wrong = ["null", "7", '"x"', "[]", "{}", "true", "NOBODY", "-1", "1e99", "101", "2147483648", '"2019-02-30"'];

/** A value for an input type, as it is written in a document. */
function valueOf(type: GraphQLInputType, chance: Making, depth = 0): string {
  if (chance.wild && chance.next() < 0.2) return chance.pick(wrong);
  if (isNonNullType(type)) return valueOf(type.ofType, chance, depth);
  if (isListType(type)) {
    const count = depth > 3 ? 0 : chance.below(4);
    return `[${Array.from({ length: count }, () => valueOf(type.ofType, chance, depth + 1)).join(", ")}]`;
  }
  if (isEnumType(type)) return chance.pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const chosen = type.isOneOf
      ? [chance.pick(fields)]
      : fields.filter((field) => isNonNullType(field.type) || (depth < 4 && chance.next() < 2 / fields.length));
    return `{ ${chosen.map((field) => `${field.name}: ${valueOf(field.type, chance, depth + 1)}`).join(", ")} }`;
  }
  const values = right[getNamedType(type).name];
  return values ? chance.pick(values) : JSON.stringify(chance.pick(oddTexts));
}

function argumentsOf(field: GraphQLField<unknown, unknown>, chance: Making): string {
  const given = field.args.filter((arg) => {
    const required = isNonNullType(arg.type) && arg.defaultValue === undefined;
    if (["after", "before", "last"].includes(arg.name) && !chance.wild) return false;
    return required ? !chance.wild || chance.next() < 0.95 : chance.next() < 0.25;
  });
  if (given.length === 0) return "";
  return `(${given.map((arg) => `${arg.name}: ${valueOf(arg.type, chance)}`).join(", ")})`;
}

function selectionOf(schema: GraphQLSchema, type: GraphQLNamedType, chance: Making, depth: number): string {
  if (isLeafType(type)) return "";
  if (isAbstractType(type) && (chance.next() < 0.5 || !("getFields" in type))) {
    const one = chance.pick(schema.getPossibleTypes(type));
    return `{ __typename ... on ${one.name} ${selectionOf(schema, one, chance, depth)} }`;
  }
  if (!isObjectType(type) && !("getFields" in type)) return "{ __typename }";
  const fields = Object.values((type as { getFields(): Record<string, GraphQLField<unknown, unknown>> }).getFields());
  const reachable = fields.filter((field) => depth > 0 || isLeafType(getNamedType(field.type)));
  const parts = Array.from({ length: 1 + chance.below(4) }, (_each, i) => {
    if (reachable.length === 0 || chance.next() < 0.05) return "__typename";
    const field = chance.pick(reachable);
    const alias = chance.next() < 0.5 ? `f${i}: ` : "";
    const directive =
      chance.next() < 0.03 ? ` @${chance.pick(["skip", "include"])}(if: ${chance.pick(["true", "false"])})` : "";
    const inner = selectionOf(schema, getNamedType(field.type), chance, depth - 1);
    return `${alias}${field.name}${argumentsOf(field, chance)}${directive} ${inner}`;
  });
  return `{ ${parts.join(" ")} }`;
}

/** A document made of what a schema offers: mostly valid, of one query or one mutation. */
export function makeQuery(schema: GraphQLSchema, given: Chance): string {
  const chance: Making = { ...given, wild: given.next() < 0.3 };
  const mutation = schema.getMutationType();
  const root = mutation && chance.next() < 0.25 ? mutation : schema.getQueryType();
  if (!root) throw new Error("the schema has no query");
  const fields = Object.values(root.getFields());
  const parts = Array.from({ length: 1 + chance.below(2) }, (_each, i) => {
    const field = chance.pick(fields);
    const type = getNullableType(getNamedType(field.type)) as GraphQLNamedType;
    return `r${i}: ${field.name}${argumentsOf(field, chance)} ${selectionOf(schema, type, chance, 1 + chance.below(5))}`;
  });
  return `${root === mutation ? "mutation" : "query"} Fuzz { ${parts.join(" ")} }`;
}
