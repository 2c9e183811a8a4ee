import { buildSchema, graphql, GraphQLObjectType, GraphQLSchema, GraphQLString, printSchema } from "graphql";
import { describe, expect, test } from "vitest";
import { anybody, type Asker } from "../src/access/asker.ts";
import type { Scope } from "../src/access/scope.ts";
import { schema } from "../src/graph/schema.ts";
import { guard, requires, scopeOf } from "../src/graph/scope.ts";

const holder = (...scopes: Scope[]): Asker => ({ ...anybody, keyId: "k", name: "A desk", scopes: new Set(scopes) });

test("every root field of the schema declares the scope it requires", () => {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((root) => Object.values(root?.getFields() ?? {}));
  expect(fields.filter((field) => scopeOf(field) === undefined)).toEqual([]);
  expect(fields.length).toBeGreaterThan(20);
});

describe("a guarded schema", () => {
  const field = (extensions: { readonly scope?: Scope }) => ({
    type: GraphQLString,
    description: "The seal.",
    extensions,
    resolve: () => "sealed",
  });
  const made = guard(
    new GraphQLSchema({
      query: new GraphQLObjectType({ name: "Query", fields: { seal: field({}), drafts: field(requires("review")) } }),
      mutation: new GraphQLObjectType({ name: "Mutation", fields: { affix: field(requires("contribute")) } }),
    }),
  );
  const ask = (source: string, asker: Asker) => graphql({ schema: made, source, contextValue: { asker } });

  test("resolves a field for those who hold its scope only, whatever else they hold", async () => {
    expect(await ask("{ seal }", anybody)).toEqual({ data: { seal: "sealed" } });
    expect(await ask("mutation { affix }", holder("contribute"))).toEqual({ data: { affix: "sealed" } });
    for (const asker of [anybody, holder("read", "review", "admin"), holder()]) {
      const { data, errors } = await ask("mutation { affix }", asker);
      expect(data).toEqual({ affix: null });
      expect(errors?.[0]?.extensions).toEqual({ code: "FORBIDDEN", scope: "contribute" });
    }
  });

  test("says in the description what the check requires", () => {
    const sdl = printSchema(made);
    expect(sdl).toContain("The seal. Requires the scope `contribute`.");
    expect(sdl).toContain("The seal. Requires the scope `review`.");
    expect(sdl).toMatch(/"""The seal."""\n {2}seal/);
  });

  test("cannot be made where a mutation declares no scope, or one that does not exist", () => {
    expect(() => guard(buildSchema("type Query { a: Int } type Mutation { b: Int }"))).toThrow("Mutation.b");
    expect(() => guard(buildSchema("type Query { a: Int } type Subscription { b: Int }"))).toThrow("Subscription.b");
  });
});
