import {
  getOperationAST,
  isInputType,
  typeFromAST,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type TypeNode,
} from "graphql";
import { costOf } from "./cost.ts";
import { piecesIn } from "./count.ts";
import { costOfValue, mayCost } from "./input.ts";

type Variables = Readonly<Record<string, unknown>> | null | undefined;

/** The costs of operations by what of their variables decides them. They go with their operations. */
const prices = new WeakMap<OperationDefinitionNode, Map<string, number>>();
const mostPrices = 64;

/** What `costOf` tells, which is looked up where the same was asked with variables that cost the same. */
export function priceOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Variables,
): number {
  const operation = getOperationAST(document, operationName);
  if (!operation) return 0;
  let known = prices.get(operation);
  if (!known) prices.set(operation, (known = new Map<string, number>()));
  const deciding = decidingOf(schema, operation, variables);
  let price = known.get(deciding);
  if (price === undefined) {
    price = costOf(schema, document, operationName, variables);
    if (known.size >= mostPrices) known.clear();
    known.set(deciding, price);
  }
  return price;
}

/**
 * As much of the variables as a cost can depend on: numbers, conditions, the lengths of lists, also of those of an input,
 * its evidence, and what an input costs itself.
 */
function decidingOf(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): string {
  let text = "";
  for (const { variable, type: node } of variableDefinitions) {
    const name = variable.name.value;
    const given = variables && Object.hasOwn(variables, name);
    const type = given ? costlyInput(schema, node) : null;
    text += given ? `${decidingIn(variables[name])}${type ? `=${costOfValue(type, variables[name])}` : ""} ` : "- ";
  }
  return text;
}

/** The type of a variable, if it is an input that may cost something. */
function costlyInput(schema: GraphQLSchema, node: TypeNode): GraphQLInputType | null {
  const type = typeFromAST(schema, node as never) as unknown;
  return isInputType(type) && mayCost(type) ? type : null;
}

function decidingIn(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value)) return `[${value.length} ${piecesIn(value)}`;
  if (typeof value !== "object" || value === null) return value == null ? "null" : typeof value;
  const lists = Object.entries(value).filter(([, each]) => Array.isArray(each));
  return `{${lists.map(([name, each]) => `${JSON.stringify(name)}${(each as unknown[]).length}`).join()} ${piecesIn(value)}`;
}
