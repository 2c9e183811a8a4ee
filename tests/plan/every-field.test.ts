import {
  getNamedType,
  getOperationAST,
  isInputObjectType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  parse,
  validate,
  type GraphQLField,
  type GraphQLObjectType,
} from "graphql";
import { expect, test } from "vitest";
import { federate } from "../../src/graph/federation.ts";
import { schema } from "../../src/graph/schema.ts";
import { planOperation } from "../../src/plan/plan.ts";
import { Unplanned } from "../../src/plan/planning.ts";

const served = federate(schema);

/** How a field is reached: what is selected around it, and the variables that are declared for that. */
interface Way {
  readonly open: string;
  readonly close: string;
  readonly variables: readonly string[];
}

/** Selects a field below others, its required arguments given as variables. */
function select(way: Way, field: GraphQLField<unknown, unknown>): Way {
  const required = field.args.filter(isRequiredArgument);
  const named = required.map((arg, at) => ({ arg, variable: `v${way.variables.length + at}` }));
  const given = named.map(({ arg, variable }) => `${arg.name}: $${variable}`).join(", ");
  const declared = named.map(({ arg, variable }) => `$${variable}: ${String(arg.type)}`);
  const args = given === "" ? "" : `(${given})`;
  return {
    open: `${way.open} { ${field.name}${args}`,
    close: ` }${way.close}`,
    variables: [...way.variables, ...declared],
  };
}

function documentOf({ open, close, variables }: Way, isLeaf: boolean): string {
  const declared = variables.length === 0 ? "" : `(${variables.join(", ")})`;
  return `query${declared}${open}${isLeaf ? "" : " { __typename }"}${close}`;
}

test("Every field of the schema that is served has a planner, but for what tells of the schema itself", () => {
  const reached = new Map<GraphQLObjectType, Way>([
    [served.getQueryType() as GraphQLObjectType, { open: "", close: "", variables: [] }],
  ]);
  const [unplanned, fields]: [string[], string[]] = [[], []];
  for (const [type, way] of reached) {
    for (const field of Object.values(type.getFields())) {
      const named = getNamedType(field.type);
      const below = select(way, field);
      const text = documentOf(below, isLeafType(named));
      const document = parse(text);
      expect(validate(served, document), text).toEqual([]);
      fields.push(`${type.name}.${field.name}`);
      try {
        planOperation({ schema: served, document, operation: getOperationAST(document) as never, variables: {} });
      } catch (error) {
        if (!(error instanceof Unplanned)) throw error;
        unplanned.push(`${type.name}.${field.name}`);
      }
      if (isLeafType(named) || isInputObjectType(named)) continue;
      for (const each of isObjectType(named) ? [named] : served.getPossibleTypes(named)) {
        const fragment = isObjectType(named)
          ? below
          : { ...below, open: `${below.open} { ... on ${each.name}`, close: ` }${below.close}` };
        if (!reached.has(each)) reached.set(each, fragment);
      }
    }
  }
  expect(unplanned).toEqual(["Query._service", "_Service.sdl"]);
  expect(fields.length).toBeGreaterThan(800);
});
