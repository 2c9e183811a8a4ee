import {
  defaultFieldResolver,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from "graphql";
import type { Asker } from "../access/asker.ts";
import { scopes, type Scope } from "../access/scope.ts";
import type { GraphContext } from "./context.ts";
import { refusal } from "./refusal.ts";

type Field = GraphQLField<unknown, GraphContext>;

/**
 * The `extensions` of a field that only holders of `scope` may ask for: what `guard` checks and writes into its
 * description.
 */
export function requires(scope: Scope): { readonly scope: Scope } {
  return { scope };
}

/**
 * The `extensions` of a mutation that changes the record: who has no more than its scope proposes the change, and who has
 * `entersWith` too enters it.
 */
export const submits = { scope: "contribute", entersWith: "admin" } as const satisfies Record<string, Scope>;

/** The `extensions` of a root field that whoever is let in may ask for, whatever their key is for. */
export const requiresNothing = { scope: null } as const;

/** The scope that a field declares; null where it declares that it requires none, undefined where it says nothing. */
export function scopeOf({ extensions }: { readonly extensions: object }): Scope | null | undefined {
  const declared = (extensions as { readonly scope?: unknown }).scope;
  return declared === null ? null : scopes.find((scope) => scope === declared);
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
  throw refusal("FORBIDDEN", `${what} requires the scope ${scope}; ${has}.`, { scope, http: { status: 403 } });
}

/** Whether the asker may read the record; what a writer is told of it beside is null where not. */
export function mayRead({ asker }: GraphContext): boolean {
  return asker.scopes.has("read");
}

/**
 * The schema, each of whose fields is resolved for holders of the scope that it declares only, and says so in its
 * description unless everybody may read it. A field of the query that declares none requires `read`; a field below the
 * roots that declares none is for whoever may ask for what it stands on.
 * @throws Error for a mutation or subscription that declares none, and for a scope that does not exist.
 */
export function guard(schema: GraphQLSchema): GraphQLSchema {
  const query = schema.getQueryType();
  const others: unknown[] = [schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || !(isObjectType(type) || isInterfaceType(type))) continue;
    for (const field of Object.values<Field>(type.getFields())) {
      const declared = scopeOf(field);
      const scope = declared === undefined && type === query ? "read" : declared;
      if (scope === undefined && (others.includes(type) || "scope" in field.extensions)) {
        throw new Error(`${type.name}.${field.name} declares no scope`);
      }
      const isRoot = type === query || others.includes(type);
      if (scope) guardField(field, scope, isRoot ? field.name : `${type.name}.${field.name}`);
    }
  }
  return schema;
}

/** What implements an interface has fields of its own, so guarding those of the interface too only tells of it. */
function guardField(field: Field, scope: Scope, what: string): void {
  const guarded = (inner: GraphQLFieldResolver<unknown, GraphContext>): typeof inner => {
    return (root, args, context, info) => {
      requireScope(context.asker, scope, what);
      return inner(root, args, context, info);
    };
  };
  field.extensions = { ...field.extensions, scope };
  field.resolve = guarded(field.resolve ?? defaultFieldResolver);
  if (field.subscribe) field.subscribe = guarded(field.subscribe);
  if (scope === "read") return;
  const { entersWith } = field.extensions as Partial<typeof submits>;
  const proposes =
    entersWith === undefined
      ? ""
      : ` Without the scope \`${entersWith}\` it becomes a proposal, which somebody else reviews.`;
  field.description = `${field.description ?? ""}${proposes} Requires the scope \`${scope}\`.`.trimStart();
}
