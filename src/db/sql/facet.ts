import type pg from "pg";
import { fieldMeaning } from "../meaning.ts";
import { from, ownerOf, parentTable, scopeOf, type Keys } from "./page.ts";
import { Parameters } from "./parameters.ts";
import { columnOf, compileWhere, type Scope, type Where } from "./where.ts";

/** How often a value stands in a list. */
export interface Facet {
  /** A value of an enum, or a day as a number; null for entries that have none. */
  readonly value: string | number | null;
  readonly count: number;
}

/** What to count by: the values of a field, or for a field that holds a day the first days of its months. */
export interface FacetQuery {
  readonly model: string;
  readonly where: Where;
  readonly field: string;
  readonly byMonth: boolean;
  /** The change set after which things are read as they stood; null or left out for as they stand. */
  readonly asOf?: number | null;
}

/**
 * Counts a whole list by a field, under each parent, or in all where there are none: the values in the order of their
 * enum or of time, those without one last. One statement, whatever the number of parents.
 */
export async function countByField(
  pool: pg.Pool,
  { model, where, field, byMonth, asOf }: FacetQuery,
  parents?: readonly Keys[],
): Promise<Facet[][]> {
  const parameters = new Parameters(asOf);
  const scope = scopeOf(model);
  const { value: shown, key } = facetClauses(scope, { field, byMonth });
  const table = parents && parentTable(parents, parameters);
  const counted = `select ${shown} as "value", count(*)::int as "count", ${key} as "~key" from ${from(scope, parameters)} where ${compileWhere(where, scope, parameters)} group by ${key}`;
  const text = table
    ? `select p.n::int as "~parent", x.* from ${table} cross join lateral (${counted}) x order by p.n, x."~key"`
    : `select 1 as "~parent", x.* from (${counted}) x order by x."~key"`;
  const { rows } = await pool.query<Facet & { "~parent": number }>(text, parameters.values);
  const lists: Facet[][] = (parents ?? [[]]).map(() => []);
  for (const { "~parent": parent, value, count } of rows) lists[parent - 1]?.push({ value, count });
  return lists;
}

/** What rows of a scope are counted by, and how its value is shown. */
export function facetClauses(
  scope: Scope,
  { field, byMonth }: Pick<FacetQuery, "field" | "byMonth">,
): { value: string; key: string } {
  const owner = ownerOf(scope, field);
  const column = columnOf(owner, field);
  const key = byMonth ? firstOfMonth(column) : column;
  return { value: fieldMeaning(owner.model, field).kind === "enum" ? `${key}::text` : key, key };
}

/** The first day of a day's month; null for none. */
function firstOfMonth(day: string): string {
  return `(${day} - extract(day from date '1970-01-01' + ${day})::int + 1)`;
}
