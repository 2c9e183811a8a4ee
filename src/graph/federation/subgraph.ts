import {
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  visit,
  type ConstDirectiveNode,
  type GraphQLSchema,
} from "graphql";
import { entityKeys } from "./key.ts";

const version = "https://specs.apollo.dev/federation/v2.6";

/** What several subgraphs define alike. Every Relay subgraph has a `node` of its own, which knows its own ids only. */
const shared: Readonly<Record<string, readonly string[]>> = {
  PageInfo: ["@shareable"],
  "Query.node": ["@inaccessible", "@shareable"],
  "Query.nodes": ["@inaccessible", "@shareable"],
};

/** GraphQL defines it, but Apollo's composition does not know it unless it is told. */
const oneOf = "directive @oneOf on INPUT_OBJECT";

/**
 * The schema as a subgraph of Apollo Federation, in SDL: every node type an entity, by its id and by its natural keys.
 * @throws Error where the schema lacks what several subgraphs share
 */
export function printSubgraph(schema: GraphQLSchema): string {
  const directives = new Map(Object.entries(shared));
  for (const [type, keys] of entityKeys(schema)) {
    directives.set(
      type,
      keys.map((key) => `@key(fields: ${JSON.stringify(key)})`),
    );
  }
  const used = new Set([...directives.values()].flat().map((directive) => directive.replace(/\(.*/, "")));
  const absent = new Set(directives.keys());
  const mark = <T extends { readonly directives?: readonly ConstDirectiveNode[] }>(coordinate: string, node: T): T => {
    const added = directives.get(coordinate);
    if (!added) return node;
    absent.delete(coordinate);
    return { ...node, directives: [...(node.directives ?? []), ...parseDirectives(added)] };
  };
  const document = visit(parse(printSchema(lexicographicSortSchema(schema)), { noLocation: true }), {
    ObjectTypeDefinition: (type) => {
      const fields = (type.fields ?? []).map((field) => mark(`${type.name.value}.${field.name.value}`, field));
      return mark(type.name.value, { ...type, fields });
    },
  });
  if (absent.size > 0) throw new Error(`The schema has no ${[...absent].join(", ")} to share.`);
  const link = `extend schema @link(url: ${JSON.stringify(version)}, import: ${JSON.stringify([...used].sort())})`;
  return `${[link, oneOf, print(document)].join("\n\n")}\n`;
}

function parseDirectives(written: readonly string[]): readonly ConstDirectiveNode[] {
  const [type] = parse(`type T ${written.join(" ")}`, { noLocation: true }).definitions;
  return type?.kind === Kind.OBJECT_TYPE_DEFINITION ? (type.directives ?? []) : [];
}
