import { defaultFieldResolver, type GraphQLField, type GraphQLFieldResolver, type GraphQLSchema } from "graphql";
import type { Asker } from "../access/asker.ts";
import { scopes, type Scope } from "../access/scope.ts";
import type { GraphContext } from "./context.ts";
import { refusal } from "./refusal.ts";

type RootField = GraphQLField<unknown, GraphContext>;

/** The `extensions` of a root field that only holders of `scope` may ask for: what `guard` checks and writes into its description. */
export function requires(scope: Scope): { readonly scope: Scope } {
  return { scope };
}

/** The scope that a field declares; undefined where it declares none. */
export function scopeOf({ extensions }: { readonly extensions: object }): Scope | undefined {
  const declared = (extensions as { readonly scope?: unknown }).scope;
  return scopes.find((scope) => scope === declared);
}

/**
 * Lets the asker pass only with `scope`.
 * @param what what is asked for, as the message shall call it
 * @throws GraphQLError FORBIDDEN that names the scope
 */
export function requireScope(asker: Asker, scope: Scope, what: string): void {
  if (asker.scopes.has(scope)) return;
  const held = [...asker.scopes].join(", ");
  const has = asker.keyId === null ? "send a key that has it, as Authorization: Bearer" : `this key has: ${held}`;
  throw refusal("FORBIDDEN", `${what} requires the scope ${scope}; ${has}.`, { scope });
}

/**
 * The schema, each of whose root fields is resolved for holders of the scope that it declares only, and says so in its
 * description unless everybody may read it. A query that declares none requires `read`.
 * @throws Error for a mutation or subscription that declares none.
 */
export function guard(schema: GraphQLSchema): GraphQLSchema {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const root of roots) {
    for (const field of Object.values<RootField>(root?.getFields() ?? {})) {
      const declared = scopeOf(field) ?? (root === schema.getQueryType() ? "read" : undefined);
      if (declared === undefined) throw new Error(`${String(root)}.${field.name} declares no scope`);
      guardField(field, declared);
    }
  }
  return schema;
}

function guardField(field: RootField, scope: Scope): void {
  const guarded = (inner: GraphQLFieldResolver<unknown, GraphContext>): typeof inner => {
    return (root, args, context, info) => {
      requireScope(context.asker, scope, field.name);
      return inner(root, args, context, info);
    };
  };
  field.extensions = { ...field.extensions, scope };
  field.resolve = guarded(field.resolve ?? defaultFieldResolver);
  if (field.subscribe) field.subscribe = guarded(field.subscribe);
  if (scope !== "read") field.description = `${field.description ?? ""} Requires the scope \`${scope}\`.`.trimStart();
}
