import { readFileSync } from "node:fs";
import { composeServices as composeByApollo } from "@apollo/composition";
import { composeServices as composeByGuild } from "@theguild/federation-composition";
import { buildSchema, isObjectType, parse, type DocumentNode } from "graphql";
import { describe, expect, test } from "vitest";
import { schema } from "../src/graph/schema.ts";
import { printSubgraph } from "../src/graph/federation/subgraph.ts";

const chancery = parse(readFileSync(new URL("../schema.subgraph.graphql", import.meta.url), "utf8"));

/** A second Relay subgraph, with pages and a `node` of its own, that adds to things and facts by either key. */
const atlas = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@inaccessible", "@key", "@shareable"])
  interface Node { id: ID! }
  type PageInfo @shareable { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
  type Query {
    node(id: ID!): Node @inaccessible @shareable
    nodes(ids: [ID!]!): [Node]! @inaccessible @shareable
    maps(first: Int, after: String): MapConnection!
  }
  type MapConnection { nodes: [Map!]! pageInfo: PageInfo! }
  type Map implements Node @key(fields: "id") { id: ID! title: String! shows: [Place!]! of: Event }
  type Place @key(fields: "key") { key: String! maps: [Map!]! }
  type State @key(fields: "id") { id: ID! maps: [Map!]! }
  type Event @key(fields: "id") { id: ID! sketch: String }
`);

const composers = {
  "@apollo/composition": composeByApollo,
  "@theguild/federation-composition": composeByGuild,
};

/** The supergraph of these subgraphs; throws what the composer complains of. */
function compose(composer: keyof typeof composers, subgraphs: Record<string, DocumentNode>): DocumentNode {
  const services = Object.entries(subgraphs).map(([name, typeDefs]) => {
    return { name, typeDefs, url: `http://${name}.test/graphql` };
  });
  const { errors = [], supergraphSdl } = composers[composer](services);
  if (!supergraphSdl) throw new Error(errors.map(({ message }) => message).join("\n"));
  return parse(supergraphSdl);
}

/** The names of the fields of a type in a document that are not hidden. */
function fieldsOf(document: DocumentNode, type: string): string[] {
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== "ObjectTypeDefinition" || definition.name.value !== type) return [];
    return (definition.fields ?? [])
      .filter(({ directives }) => !directives?.some(({ name }) => name.value === "inaccessible"))
      .map(({ name }) => name.value);
  });
}

describe.each(Object.keys(composers) as (keyof typeof composers)[])("By %s", (composer) => {
  test("the record composes alone: all of its contract but node and nodes, whose ids would be of one subgraph", () => {
    const supergraph = compose(composer, { chancery });
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith("__")) continue;
      const kept = Object.keys(type.getFields()).filter((name) => type.name !== "Query" || !/^nodes?$/.test(name));
      expect(fieldsOf(supergraph, type.name).sort(), type.name).toEqual(kept.sort());
    }
  });

  test("it composes beside another Relay subgraph, which adds to its things and facts", () => {
    const supergraph = compose(composer, { chancery, atlas });
    expect(fieldsOf(supergraph, "Place")).toEqual(expect.arrayContaining(["latitude", "maps"]));
    expect(fieldsOf(supergraph, "State")).toEqual(expect.arrayContaining(["iso2", "maps"]));
    expect(fieldsOf(supergraph, "Event")).toEqual(expect.arrayContaining(["title", "sketch"]));
    expect(fieldsOf(supergraph, "Query")).toEqual(expect.arrayContaining(["people", "maps"]));
    expect(fieldsOf(supergraph, "Query")).not.toContain("node");
  });

  test("a subgraph that names an entity by what is no key of it does not compose", () => {
    const forger = parse(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.6", import: ["@key", "@external"])
      type Query { seals: [String!]! }
      type Person @key(fields: "name") { name: String! seal: String }
    `);
    expect(() => compose(composer, { chancery, forger })).toThrow(/name/);
  });
});

test("A schema that lacks what subgraphs share is not printed as one", () => {
  expect(() => printSubgraph(buildSchema("type Query { a: Int }"))).toThrow("PageInfo, Query.node, Query.nodes");
});
