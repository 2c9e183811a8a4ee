import { getNullableType, isListType, Kind, type FieldNode, type GraphQLField, type ValueNode } from "graphql";

/**
 * What a field's `extensions.cost` may say of it:
 * `own`: what it costs beside the objects it leads to, a unit for some tenths of a millisecond of work on a large record;
 * also of a field of an input; `per`: a number or a list among its arguments, and what each step or entry of it costs;
 * `perEntry`: the argument, and the list in it, each entry of which but the first is one more; `pieces`: the argument in
 * which each piece of evidence, however deep it stands, is one more; `times`: how many entries its list has at most or,
 * where nothing bounds it, usually: a number, "page" for the entries of the connection, or of the list given, that it is
 * told of, or the argument that names them one by one; `eachList`: what every connection below it costs besides, where each
 * object is looked at in its own way, so that no two lists can be read together.
 */
export interface Cost {
  readonly own?: number;
  readonly per?: readonly [argument: string, own: number];
  readonly perEntry?: readonly [argument: string, list: string];
  readonly pieces?: string;
  readonly eachList?: number;
  readonly times?: number | "page" | { readonly argument: string };
}

/** The values that an operation was given. */
export interface Given {
  readonly variables: Readonly<Record<string, unknown>>;
  /** What its variables are where they are not given. */
  readonly defaults: ReadonlyMap<string, ValueNode | undefined>;
}

/** The `extensions` of the fields `nodes` and `edges` of every connection. */
export const entriesOfPage = { cost: { times: "page" } } as const satisfies { readonly cost: Cost };

/** How many entries a page has where neither `first` nor `last` is given, and at most. */
export const pageSize = { usual: 20, most: 100 } as const;

/** How many entries a plain list counts as that says nothing of itself, such as the evidence of an assertion. */
export const usualTimes = 3;

/** What a field says of its cost. */
export function costIn({ extensions }: { readonly extensions: object }): Cost | undefined {
  return (extensions as { readonly cost?: Cost }).cost;
}

/** Whether how many entries a field leads to is asked for by its `first`, as of every connection. */
export function isPaged({ args }: GraphQLField<unknown, unknown>): boolean {
  return args.some(({ name }) => name === "first");
}

/**
 * What a field costs itself, how many objects it leads to, and how many entries these have if they are connections,
 * or tell of a list that was given.
 * @param page how many entries the object has that it is a field of
 */
export function countOf(field: GraphQLField<unknown, unknown>, node: FieldNode, page: number, given: Given) {
  const { own: fixed = 0, per, perEntry, pieces, times } = costIn(field) ?? {};
  const listed = perEntry ? Math.max(1, lengthOf(valueOf(node, perEntry[0], given, perEntry[1]))) : 1;
  const steps = per ? per[1] * stepsOf(field, node, per[0], given) : 0;
  const own = fixed + steps + listed - 1 + (pieces ? piecesOf(node, pieces, given) : 0);
  const list = isListType(getNullableType(field.type));
  const entries = isPaged(field) ? pageOf(field, node, given) : listed;
  if (times === "page") return { own, times: page, entries };
  if (typeof times === "object") return { own, times: lengthOf(valueOf(node, times.argument, given)), entries };
  return { own, times: times ?? (list ? usualTimes : 1), entries };
}

function pageOf({ args }: GraphQLField<unknown, unknown>, node: FieldNode, given: Given): number {
  const usual = args.find(({ name }) => name === "first")?.defaultValue ?? pageSize.usual;
  const asked = valueOf(node, "first", given) ?? valueOf(node, "last", given) ?? usual;
  // What is no size of a page is refused where the list is read, before anything is; here it must only not be cheap.
  return typeof asked === "number" && asked >= 1 && asked <= pageSize.most ? asked : pageSize.most;
}

/** How many steps or entries an argument asks for. What is none, or out of reach, is refused before anything is done for it. */
function stepsOf({ args }: GraphQLField<unknown, unknown>, node: FieldNode, name: string, given: Given): number {
  const value = valueOf(node, name, given) ?? args.find((each) => each.name === name)?.defaultValue;
  if (typeof value !== "number") return lengthOf(value);
  return Math.min(Math.max(1, value), pageSize.most);
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 1;
}

const evidence = "evidence";

/** How many pieces of evidence an input has, however deep in it they stand. */
export function piecesIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + piecesIn(each), 0);
  return Object.entries(value).reduce((sum, [name, each]) => {
    return sum + (name === evidence && each != null ? lengthOf(each) : 0) + piecesIn(each);
  }, 0);
}

/** How many pieces of evidence an argument has, of which any part may be a variable. */
function piecesOf({ arguments: given = [] }: FieldNode, argument: string, { variables, defaults }: Given): number {
  const known = new Map<string, number>();
  const read = (value: ValueNode | undefined, name?: string): number => {
    if (value?.kind === Kind.LIST) {
      return value.values.reduce((sum, each) => sum + read(each), name === evidence ? value.values.length : 0);
    }
    if (value?.kind === Kind.OBJECT) {
      const own = name === evidence ? 1 : 0;
      return value.fields.reduce((sum, each) => sum + read(each.value, each.name.value), own);
    }
    if (value?.kind !== Kind.VARIABLE) return 0;
    const variable = value.name.value;
    if (!Object.hasOwn(variables, variable)) return read(defaults.get(variable), name);
    const pieces = known.get(variable) ?? piecesIn(variables[variable]);
    known.set(variable, pieces);
    return pieces + (name === evidence && variables[variable] != null ? lengthOf(variables[variable]) : 0);
  };
  return read(given.find(({ name }) => name.value === argument)?.value);
}

/**
 * The value of an argument, or of a `field` of it, as far as counting needs it: numbers and lists; undefined where it has
 * none, or null.
 */
function valueOf(node: FieldNode, name: string, { variables, defaults }: Given, field?: string): unknown {
  const read = (value: ValueNode | undefined, of?: string): unknown => {
    switch (value?.kind) {
      case Kind.INT:
        return Number(value.value);
      case Kind.LIST:
        return value.values;
      case Kind.OBJECT:
        return of === undefined ? null : read(value.fields.find((each) => each.name.value === of)?.value);
      case Kind.VARIABLE: {
        const variable = value.name.value;
        if (!Object.hasOwn(variables, variable)) return read(defaults.get(variable), of);
        const given = variables[variable] ?? undefined;
        return of === undefined ? given : ((given as Readonly<Record<string, unknown>> | undefined)?.[of] ?? undefined);
      }
      case undefined:
      case Kind.NULL:
        return undefined;
      default:
        return null;
    }
  };
  return read(node.arguments?.find((argument) => argument.name.value === name)?.value, field);
}
