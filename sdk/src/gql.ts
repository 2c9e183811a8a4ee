import type { DocumentDecoration, ResultOf, VariablesOf, initGraphQLTada, parseDocument } from "gql.tada";
import type { Introspection } from "./generated/introspection.ts";
import type { Operation, OperationKind, PagedOperation } from "./types.ts";

interface Setup {
  introspection: Introspection;
  scalars: { Date: string; DateTime: string };
  disableMasking: true;
}
// Only a value can be given type arguments.
declare const _tada: ReturnType<typeof initGraphQLTada<Setup>>;

/* eslint-disable @typescript-eslint/ban-ts-comment -- only as JSDoc does it outlive the emitting of declarations */
/**
 * What gql.tada reads from a text. It has two signatures, of which the last is meant and the bound of the first is
 * complained of:
 * @ts-ignore */
type Read<Text extends string, Fragments extends readonly Fragment[]> = ReturnType<typeof _tada<Text, Fragments>>;
/* eslint-enable @typescript-eslint/ban-ts-comment */

type DefinitionOf<Text extends string> = parseDocument<Text>["definitions"][0];

/** A part of a selection that several operations spread. */
export interface Fragment extends DocumentDecoration<unknown> {
  readonly text: string;
  readonly fragments: readonly Fragment[];
}

/** What is asked with a text: a fragment, an operation, or, with the path of its list, a paged one. */
export type Asked<Text extends string, Fragments extends readonly Fragment[], Path> =
  DefinitionOf<Text> extends { operation: infer Kind extends string }
    ? Path extends readonly string[]
      ? PagedOperation<ResultOf<Read<Text, Fragments>>, VariablesOf<Read<Text, Fragments>>, Path>
      : Operation<`${Kind}` & OperationKind, ResultOf<Read<Text, Fragments>>, VariablesOf<Read<Text, Fragments>>>
    : Fragment & Omit<Read<Text, Fragments>, "kind" | "definitions" | "loc">;

/** What a text does not tell by itself. */
export interface GqlOptions<Fragments, Path> {
  /** The fragments that it spreads. */
  readonly fragments?: Fragments;
  /** Where in the result the list stands that is given `$after`: `iterate` and `pages` then take the operation. */
  readonly connection?: Path;
  /** Where in an event the cursor stands that a subscription takes back as `$after`: it can then resume. */
  readonly resume?: readonly string[];
}

/**
 * An operation or a fragment of your own, with the types of its variables and its result read from its text by gql.tada,
 * which is needed by the compiler only. Throws a `TypeError` for an operation without a name.
 */
export function gql<
  const Text extends string,
  const Fragments extends readonly Fragment[] = [],
  const Path extends readonly string[] | undefined = undefined,
>(text: Text, options: GqlOptions<Fragments, Path> = {}): Asked<Text, Fragments, Path> {
  const [, kind, name] = /^(?:\s|#.*)*(query|mutation|subscription|fragment)\s+(\w+)/.exec(text) ?? [];
  if (!kind || !name) throw new TypeError("Name what you ask: query Name { ... }");
  const { fragments = [], ...rest } = options;
  if (kind === "fragment") return { text, fragments } as never;
  return { kind, name, text: [text, ...spread(fragments)].join("\n"), ...rest } as never;
}

/** The texts of fragments and of those that they spread, each once. */
function spread(fragments: readonly Fragment[]): ReadonlySet<string> {
  return new Set(fragments.flatMap((fragment) => [fragment.text, ...spread(fragment.fragments)]));
}
