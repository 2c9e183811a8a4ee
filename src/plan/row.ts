import { assertionOf, from, ownColumn, scopeOf } from "../db/sql/page.ts";
import { Parameters } from "../db/sql/parameters.ts";
import { columnOf, compileWhere, type Scope, type Where } from "../db/sql/where.ts";
import { askedBy, kindsByType } from "../graph/row.ts";
import { now, type View } from "../record/view.ts";
import type { KnownMoment, Moment, Planning, Row } from "./planning.ts";
import type { Piece } from "./run.ts";

/** The record as it stands now. */
export const atPresent: KnownMoment = { fixed: now, of: () => now };

/** The days that a moment asks about. */
export function askedAt(moment: Moment): Row["asked"] {
  if (moment.fixed) return moment.fixed.validAt === null ? null : () => askedBy(moment.fixed as View);
  return (run) => askedBy(moment.of(run));
}

/** Whether a GraphQL type shows a kind of assertion. */
export function isKind(type: string): boolean {
  return kindsByType.has(type);
}

/** Every type that shows a kind of assertion. */
export const kindTypes: readonly string[] = [...kindsByType.keys()];

/** The assertion of a row that has one. */
export function assertionScope({ scope }: Row): Scope {
  if (scope.model === "Assertion") return scope;
  const found = assertionOf(scope);
  if (!found) throw new Error(`${scope.model} has no assertion`);
  return found.scope;
}

/** The expression of a field of a row, its assertion's included. */
export function columnAt(row: Row, field: string): string {
  return row.instead?.[field] ?? ownColumn(row.scope, field);
}

/** The expression of the field of a certain model. */
export function columnOfModel(row: Row, model: string, field: string): string {
  const instead = row.instead?.[field];
  if (instead !== undefined) return instead;
  return columnOf(model === "Assertion" ? assertionScope(row) : row.scope, field);
}

/** The kind in a row of several types. */
function kindColumn(row: Row): string {
  return row.scope.model === "Actor" ? columnAt(row, "kind") : columnOf(assertionScope(row), "kind");
}

/** The kinds of the types that a row may be of, with those types. */
export function kindsOf(row: Row): readonly (readonly [kind: string, type: string])[] {
  return row.types.map((type) => [kindsByType.get(type) ?? type.toUpperCase(), type]);
}

/** An expression that tells cases apart by the kind of a row. */
export function byKind(row: Row, cases: readonly (readonly [kind: string, expression: readonly Piece[]])[]): Piece[] {
  const column = kindColumn(row);
  return [`case ${column}`, ...cases.flatMap(([kind, expression]) => [` when '${kind}' then `, ...expression]), " end"];
}

/** What is compiled at a moment: a text that is always the same, where it holds no value and the moment is known. */
export function compiled(
  moment: Moment,
  compile: (view: View, parameters: Parameters) => string,
  keys?: readonly string[],
): Piece {
  const at = (view: View, parameters: Parameters) =>
    parameters.looking(view.changeSet, () => parameters.below(keys, () => compile(view, parameters)));
  if (moment.fixed) {
    const parameters = new Parameters();
    const text = at(moment.fixed, parameters);
    if (parameters.values.length === 0) return text;
  }
  return (run) => at(moment.of(run), run.parameters);
}

/** The tables of a scope as they are at a moment, for a `from`. */
export function tablesOf(moment: Moment, scope: Scope): Piece {
  return compiled(moment, (_view, parameters) => from(scope, parameters));
}

/** The table of a model under aliases of its own, with the assertion that its rows hang on. */
export function tableOf(planning: Planning, model: string, moment: Moment): { scope: Scope; from: Piece } {
  const scope = scopeOf(model, planning.next());
  return { scope, from: tablesOf(moment, scope) };
}

/** The table of a model alone. */
export function bareTableOf(planning: Planning, model: string, moment: Moment): { scope: Scope; from: Piece } {
  const scope: Scope = { model, alias: `t${planning.next()}` };
  return { scope, from: tablesOf(moment, scope) };
}

/** A condition on a scope at a moment; `keys` are the expressions of a parent's keys. */
export function condition(moment: Moment, where: (view: View) => Where, scope: Scope, keys?: readonly string[]): Piece {
  return compiled(moment, (view, parameters) => compileWhere(where(view), scope, parameters), keys);
}
