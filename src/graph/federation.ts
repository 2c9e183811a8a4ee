import {
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  isObjectType,
  type GraphQLFieldConfigMap,
} from "graphql";
import type { Cost } from "../limit/count.ts";
import type { GraphContext } from "./context.ts";
import { expectFew, loadEntity, mostEntities } from "./federation/entity.ts";
import { entityKeys } from "./federation/key.ts";
import { printSubgraph } from "./federation/subgraph.ts";
import { requires, requireScope } from "./scope.ts";
import type { Shown } from "./row.ts";

const read = requires("read");

/**
 * The schema as a gateway of Apollo Federation asks it: with `_service`, which tells the SDL of the subgraph, and
 * `_entities`, which answers for whatever it is the owner of. Whoever may read `node` may read both.
 */
export function federate(schema: GraphQLSchema): GraphQLSchema {
  const { query, types, ...config } = schema.toConfig();
  if (!query) throw new Error("A subgraph without a query type answers nothing.");
  const { fields, ...entered } = query.toConfig();
  return new GraphQLSchema({
    ...config,
    types: types.filter((type) => type !== query),
    query: new GraphQLObjectType({ ...entered, fields: { ...fields, ...federationFields(schema) } }),
  });
}

function federationFields(schema: GraphQLSchema): GraphQLFieldConfigMap<unknown, GraphContext> {
  const keys = entityKeys(schema);
  let sdl: string | undefined;
  return {
    _service: {
      type: new GraphQLNonNull(Service),
      description: "This subgraph, for whoever composes it with others.",
      extensions: read,
      resolve: (_root, _args, { asker }) => {
        requireScope(asker, read.scope, "_service");
        return { sdl: (sdl ??= printSubgraph(schema)) };
      },
    },
    _entities: {
      type: new GraphQLNonNull(new GraphQLList(entityUnion(schema, [...keys.keys()]))),
      description: `The things and facts that a gateway names, in its order, as they stand now; null where the record shows none. ${mostEntities} at most.`,
      args: {
        representations: {
          type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Any))),
          description: "What each is named by.",
        },
      },
      extensions: { ...read, computed: "entities", cost: { times: { argument: "representations" } } satisfies Cost },
      resolve: (_root, args: { representations?: readonly unknown[] }, context, info) => {
        requireScope(context.asker, read.scope, "_entities");
        const { representations = [] } = args;
        expectFew(representations);
        return representations.map((given) => loadEntity(context, info, keys, given));
      },
    },
  };
}

const Any = new GraphQLScalarType({
  name: "_Any",
  description: "How a gateway names an entity: an object with its `__typename` and one of the keys of that type.",
});

const Service = new GraphQLObjectType({
  name: "_Service",
  description: "A subgraph of a federation.",
  fields: {
    sdl: { type: new GraphQLNonNull(GraphQLString), description: "Its schema, with the directives of the federation." },
  },
});

function entityUnion(schema: GraphQLSchema, names: readonly string[]): GraphQLUnionType {
  return new GraphQLUnionType({
    name: "_Entity",
    description: "Whatever other subgraphs may add to: everything with an id of its own.",
    types: names.map((name) => schema.getType(name)).filter((type) => isObjectType(type)),
    resolveType: (row: Shown) => row.$type,
  });
}
