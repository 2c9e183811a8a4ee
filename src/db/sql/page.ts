import type pg from "pg";
import { fieldMeaning, modelMeaning } from "../meaning.ts";
import { Parameters, type ChangeSetNumber } from "./parameters.ts";
import { columnOf, compileWhere, quote, tableAs, typeOf, type Scope, type Where } from "./where.ts";

/** A row as read: the values of a model's own columns by Prisma's names; a fact's row has its assertion's as well. */
export type Row = Record<string, unknown>;

/** A list to read, or to read a page of. */
export interface ListQuery {
  /** A model, or the detail model of a kind of assertion, whose rows then carry their assertion's columns too. */
  readonly model: string;
  readonly where: Where;
  /** Fields to order by, never null in any row; the last makes the order total. */
  readonly order: readonly string[];
  readonly descending: boolean;
  /** The keys of the row to go on after, in the order of `order`. */
  readonly after?: readonly (string | number | null)[] | undefined;
  readonly limit: number;
  /** The change set after which things are read as they stood; null or left out for as they stand. */
  readonly asOf?: ChangeSetNumber | null;
}

/** A parent that lists hang on: the keys that its `ParentKey`s stand for, ids and numbers. */
export type Keys = readonly (string | number | null)[];

/**
 * What hangs on an assertion and has no identity of its own is read with that assertion joined to each of its rows.
 * `n` tells the aliases from those of other tables in the statement.
 */
export function scopeOf(model: string, n: number | "" = ""): Scope {
  const { fields } = modelMeaning(model);
  const alias = `t${n}`;
  if ("id" in fields) return { model, alias };
  const [relation] = Object.entries(fields).find(([, { type, from }]) => type === "Assertion" && from?.length) ?? [];
  if (relation === undefined) return { model, alias };
  return { model, alias, joined: { [relation]: { model: "Assertion", alias: `a${n}` } } };
}

/** The joined assertion of a scope, and the field that names it. */
export function assertionOf(scope: Scope): { readonly scope: Scope; readonly key: string } | undefined {
  const [[relation, assertion] = []] = Object.entries(scope.joined ?? {});
  if (relation === undefined || !assertion) return undefined;
  return { scope: assertion, key: fieldMeaning(scope.model, relation).from?.[0] ?? "" };
}

/** The scope whose columns a field belongs to: the model itself, or the assertion joined to it. */
export function ownerOf(scope: Scope, field: string): Scope {
  if (field in modelMeaning(scope.model).fields) return scope;
  const assertion = assertionOf(scope);
  if (!assertion) throw new Error(`no field ${field} in ${scope.model}`);
  return assertion.scope;
}

/**
 * The columns of a scope by Prisma's names, its assertion's included, for a select. What is kept as JSON may be long, and
 * is read by who asks for it.
 */
export function columns(scope: Scope): string {
  const assertion = assertionOf(scope);
  const fields = Object.entries(modelMeaning(scope.model).fields)
    .filter(
      ([name, field]) =>
        field.kind !== "object" && field.type !== "Json" && !(assertion && isColumn(assertion.scope, name)),
    )
    .map(([name, field]) => {
      const column = columnOf(scope, name);
      return `${field.kind === "enum" && field.list ? `${column}::text[]` : column} as ${quote(name)}`;
    });
  return [...fields, ...(assertion ? [columns(assertion.scope)] : [])].join(", ");
}

function isColumn({ model }: Scope, name: string): boolean {
  const field = modelMeaning(model).fields[name];
  return field !== undefined && field.kind !== "object";
}

/** The table of a scope under its alias, with the assertion joined to it. */
export function from(scope: Scope, parameters: Parameters): string {
  const assertion = assertionOf(scope);
  const join = assertion
    ? ` join "assertion" ${assertion.scope.alias} on ${assertion.scope.alias}."id" = ${columnOf(scope, assertion.key)}`
    : "";
  return `${tableAs(scope, parameters)}${join}`;
}

/** Texts are ordered by code point, whatever the collation of the database, so that a cursor means the same in each. */
function collated(scope: Scope, field: string, column: string): string {
  return typeOf(fieldMeaning(ownerOf(scope, field).model, field)) === "text" ? `${column} collate "C"` : column;
}

/** The order of a list, over columns that `column` finds by field. */
function orderBy(
  { order, descending }: Pick<ListQuery, "order" | "descending">,
  scope: Scope,
  column: (scope: Scope, field: string) => string,
): string {
  const keys = order.map((field) => collated(scope, field, column(scope, field)));
  return keys.map((key) => `${key} ${descending ? "desc" : "asc"}`).join(", ");
}

/** The column of a field, of the model itself or of the assertion joined to it. */
export function ownColumn(scope: Scope, field: string): string {
  return columnOf(ownerOf(scope, field), field);
}

/** The clauses of a list over its own scope, from `where` to `limit`. */
export function listClauses(query: ListQuery, scope: Scope, parameters: Parameters): string {
  const keys = query.order.map((field) => collated(scope, field, ownColumn(scope, field)));
  const conditions = [compileWhere(query.where, scope, parameters)];
  if (query.after) {
    const values = query.order.map((field, i) => {
      const owner = ownerOf(scope, field);
      return `${parameters.add(query.after?.[i])}::${typeOf(fieldMeaning(owner.model, field))}`;
    });
    conditions.push(`(${keys.join(", ")}) ${query.descending ? "<" : ">"} (${values.join(", ")})`);
  }
  const order = orderBy(query, scope, ownColumn);
  return `where ${conditions.join(" and ")} order by ${order} limit ${Math.trunc(query.limit)}`;
}

/** A fixed ascending order of the rows of a scope. */
export function ascending(scope: Scope, order: readonly string[]): string {
  return orderBy({ order, descending: false }, scope, ownColumn);
}

function selectList(query: ListQuery, parameters: Parameters): string {
  const scope = scopeOf(query.model);
  return `select ${columns(scope)} from ${from(scope, parameters)} ${listClauses(query, scope, parameters)}`;
}

/** The keys of the parents as a table `p`: one row a parent, one column a key, numbered from 1. */
export function parentTable(parents: readonly Keys[], parameters: Parameters): string {
  const arrays = (parents[0] ?? []).map((key, i) => {
    const type = typeof key === "number" ? "int" : "uuid";
    return `${parameters.add(parents.map((keys) => keys[i]))}::${type}[]`;
  });
  return `unnest(${arrays.join(", ")}) with ordinality p(${arrays.map((_, i) => `k${i}`).join(", ")}, n)`;
}

/** Reads a list once: its rows in order. One statement. */
export async function selectRows(pool: pg.Pool, query: ListQuery): Promise<Row[]> {
  const parameters = new Parameters(query.asOf);
  const { rows } = await pool.query<Row>(selectList(query, parameters), parameters.values);
  return rows;
}

/**
 * Reads the same list under each of several parents, whose keys stand in `where` as `ParentKey`s: for each parent, in
 * the order given, its rows. One statement, whatever their number.
 */
export async function selectRowsByParent(pool: pg.Pool, query: ListQuery, parents: readonly Keys[]): Promise<Row[][]> {
  const parameters = new Parameters(query.asOf);
  const table = parentTable(parents, parameters);
  const text = `select p.n::int as "~parent", x.* from ${table} cross join lateral (${selectList(query, parameters)}) x
    order by p.n, ${orderBy(query, scopeOf(query.model), (_scope, field) => `x.${quote(field)}`)}`;
  const { rows } = await pool.query<Row & { "~parent": number }>(text, parameters.values);
  const lists: Row[][] = parents.map(() => []);
  for (const { "~parent": parent, ...row } of rows) lists[parent - 1]?.push(row);
  return lists;
}

/** How many rows a list has under each parent (or in all, where there are none), counted up to `cap`. One statement. */
export async function countRows(
  pool: pg.Pool,
  { model, where, cap, asOf }: { model: string; where: Where; cap: number; asOf?: ChangeSetNumber | null },
  parents?: readonly Keys[],
): Promise<number[]> {
  const parameters = new Parameters(asOf);
  const scope = scopeOf(model);
  const table = parents && parentTable(parents, parameters);
  const counted = `select count(*)::int as "count" from (select 1 from ${from(scope, parameters)} where ${compileWhere(where, scope, parameters)} limit ${cap}) c`;
  const text = table ? `select x."count" from ${table} cross join lateral (${counted}) x order by p.n` : counted;
  const { rows } = await pool.query<{ count: number }>(text, parameters.values);
  return rows.map((row) => row.count);
}
