/** What an operation does. */
export type OperationKind = "query" | "mutation" | "subscription";

/**
 * One GraphQL operation, with the types of its result and of its variables.
 * A plain object: a bundler drops the operations nobody imports, and one may be written by hand.
 */
export interface Operation<Kind extends OperationKind, Result, Variables> {
  readonly kind: Kind;
  /** The operation's name in `text`. */
  readonly name: string;
  /** The document, with every fragment it uses. */
  readonly text: string;
  /** SHA-256 of `text` in hex, for clients that send hashes. */
  readonly sha256?: string;
  /** For a subscription that can resume: where in an event the cursor stands that `$after` takes. */
  readonly resume?: readonly string[];
  /** Never there at run time: it carries the two types. */
  readonly types?: (variables: Variables) => Result;
}

/** A query that pages one Relay connection with `$after`. */
export interface PagedOperation<Result, Variables, Path extends readonly string[]> extends Operation<
  "query",
  Result,
  Variables
> {
  /** Where in the result that connection stands. */
  readonly connection: Path;
}

/** The result of an operation: `ResultOf<typeof OccupancyList>`. */
export type ResultOf<O> = O extends Operation<OperationKind, infer Result, never> ? Result : never;

/** The variables of an operation: `VariablesOf<typeof OccupancyList>`. */
export type VariablesOf<O> = O extends { readonly types?: (variables: infer Variables) => unknown } ? Variables : never;

/** What stands at a path of a result, where everything on the way is there. */
export type At<Value, Path extends readonly string[]> = Value extends null | undefined
  ? never
  : Path extends readonly [infer Key, ...infer Rest extends string[]]
    ? Key extends keyof Value
      ? At<Value[Key], Rest>
      : never
    : Value;

/** One node of a connection, whichever of `nodes` and `edges` was selected. */
export type NodeOf<Connection> = Connection extends { readonly nodes: readonly (infer Node)[] }
  ? Node
  : Connection extends { readonly edges: readonly { readonly node: infer Node }[] }
    ? Node
    : never;

/** Variables, then options; variables may be left out when none of them is required. */
export type Arguments<Variables, Options> =
  // eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- no variable at all is what is meant
  Record<never, never> extends Variables
    ? [variables?: NoInfer<Variables>, options?: Options]
    : [variables: NoInfer<Variables>, options?: Options];

/** An operation of which only the shape matters. */
export type AnyOperation = Operation<OperationKind, unknown, never>;
