import {
  buildSchema,
  graphql,
  GraphQLInterfaceType,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  printSchema,
} from "graphql";
import { describe, expect, test } from "vitest";
import { anybody, type Asker } from "../src/access/asker.ts";
import type { Scope } from "../src/access/scope.ts";
import { schema } from "../src/graph/schema.ts";
import { guard, requires, requiresNothing, scopeOf } from "../src/graph/scope.ts";

const holder = (...scopes: Scope[]): Asker => ({ ...anybody, keyId: "k", name: "A desk", scopes: new Set(scopes) });

test("every root field of the schema declares the scope it requires, or that it requires none", () => {
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
      expect(errors?.[0]?.extensions).toEqual({ code: "FORBIDDEN", scope: "contribute", http: { status: 403 } });
    }
  });

  test("says in the description what the check requires", () => {
    const sdl = printSchema(made);
    expect(sdl).toContain("The seal. Requires the scope `contribute`.");
    expect(sdl).toContain("The seal. Requires the scope `review`.");
    expect(sdl).toMatch(/"""The seal."""\n {2}seal/);
  });

  test("guards a field below the roots too, and says so, while what stands beside it is told", async () => {
    const Desk = new GraphQLInterfaceType({ name: "Desk", fields: { notes: field(requires("review")) } });
    const Post = new GraphQLObjectType({
      name: "Post",
      interfaces: [Desk],
      fields: { notes: field(requires("review")), title: field({}) },
      isTypeOf: () => true,
    });
    const deep = guard(
      new GraphQLSchema({
        types: [Post],
        query: new GraphQLObjectType({ name: "Query", fields: { desk: { type: Desk, resolve: () => ({}) } } }),
      }),
    );
    const source = "{ desk { notes ... on Post { title } } }";
    const asked = async (asker: Asker) => graphql({ schema: deep, source, contextValue: { asker } });
    expect(await asked(holder("read", "review"))).toEqual({ data: { desk: { notes: "sealed", title: "sealed" } } });
    const { data, errors } = await asked(holder("read", "admin"));
    expect(data).toEqual({ desk: { notes: null, title: "sealed" } });
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(/^Post\.notes requires the scope review/) as string,
    });
    expect(printSchema(deep).match(/Requires the scope `review`/g)).toHaveLength(2);
  });

  test("lets whoever is let in ask for what requires nothing", async () => {
    const fields = { who: { ...field({}), extensions: requiresNothing } };
    const bare = guard(new GraphQLSchema({ query: new GraphQLObjectType({ name: "Query", fields }) }));
    const { data } = await graphql({ schema: bare, source: "{ who }", contextValue: { asker: holder() } });
    expect(data).toEqual({ who: "sealed" });
    expect(printSchema(bare)).not.toContain("Requires");
  });

  test("cannot be made where a mutation declares no scope, or one that does not exist", () => {
    expect(() => guard(buildSchema("type Query { a: Int } type Mutation { b: Int }"))).toThrow("Mutation.b");
    expect(() => guard(buildSchema("type Query { a: Int } type Subscription { b: Int }"))).toThrow("Subscription.b");
  });
});
