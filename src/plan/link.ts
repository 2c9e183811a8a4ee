import { fieldMeaning } from "../db/meaning.ts";
import { ascending } from "../db/sql/page.ts";
import type { Where } from "../db/sql/where.ts";
import type { ChildSpec } from "../graph/child.ts";
import { seenIn } from "../graph/load.ts";
import { knownIn, type View } from "../record/view.ts";
import { joined, listOf, orNull, type Json } from "./json.ts";
import type { Field, Moment, Planning, Row } from "./planning.ts";
import { askedAt, bareTableOf, columnAt, columnOfModel, condition, isKind, tableOf } from "./row.ts";
import { sql, type Piece, type Sql } from "./run.ts";

/** Conditions that are all to hold. */
export function every(...conditions: readonly Piece[]): Sql {
  const terms = conditions.filter((term) => term !== "true");
  if (terms.length === 0) return [];
  return sql(" where ", ...terms.flatMap((term, i) => (i === 0 ? [term] : [" and ", term])));
}

/** The one row of a model that a condition finds, as the moment shows it. */
export interface Single {
  readonly model: string;
  readonly types: readonly string[];
  readonly moment: Moment;
  readonly match: (row: Row) => Piece;
  /** What else is asked of it; left out, what its model's rows are shown by. */
  readonly where?: (view: View) => Where;
}

/** That a column has a value. */
export function equal(field: string, value: Piece): (row: Row) => Piece {
  return (row) => {
    const column = columnAt(row, field);
    return typeof value === "string" ? `${column} = ${value}` : (run) => `${column} = ${value(run)}`;
  };
}

/** Plans the one row of a model that a condition finds. */
export function planSingle(planning: Planning, field: Pick<Field, "nodes" | "nullable">, single: Single): Json {
  const { model, types, moment, match, where = (view: View) => seenIn(model, view) } = single;
  const { scope, from } = bareTableOf(planning, model, moment);
  const row: Row = { scope, types, moment, asked: null };
  const found = every(match(row), condition(moment, where, scope));
  return orNull(sql("(select ", joined(planning.object(field, row)), " from ", from, found, ")"), field.nullable);
}

/** Plans the version of a record that a moment shows. */
export function planFact(
  planning: Planning,
  field: Pick<Field, "nodes" | "nullable">,
  { types, moment, match }: Pick<Single, "types" | "moment" | "match">,
): Json {
  const [only = "", ...others] = types;
  const { scope, from } = tableOf(planning, others.length === 0 && isKind(only) ? only : "Assertion", moment);
  const row: Row = { scope, types, moment, asked: askedAt(moment) };
  const assertion = scope.joined?.["assertion"] ?? scope;
  const found = every(match(row), condition(moment, knownIn, assertion));
  return orNull(sql("(select ", joined(planning.object(field, row)), " from ", from, found, ")"), field.nullable);
}

/** Plans what a relation of a row names. */
export function planLink(
  planning: Planning,
  field: Field,
  row: Row,
  { model, relation }: { model: string; relation: string },
): Json {
  const { type: target, from } = fieldMeaning(model, relation);
  const held = columnOfModel(row, model, from?.[0] ?? "");
  const { moment } = row;
  const types = planning.types(field);
  if (target === "Record") return planFact(planning, field, { types, moment, match: equal("recordId", held) });
  return planSingle(planning, field, { model: target, types, moment, match: equal("id", held) });
}

/** Plans the rows that hang on one. */
export function planChildren(planning: Planning, field: Field, row: Row, spec: ChildSpec): Json {
  const { moment } = row;
  const { scope, from } = bareTableOf(planning, spec.model, moment);
  const child: Row = { scope, types: planning.types(field), moment, asked: null };
  const held = `${columnAt(child, spec.field)} = ${columnAt(row, "id")}`;
  const order = ascending(
    scope,
    spec.order.filter((name) => name !== spec.field),
  );
  const where = every(
    held,
    condition(moment, (view) => spec.where?.(view) ?? {}, scope),
  );
  const rows = sql(joined(planning.object(field, child)), `, ',' order by ${order}) from `, from, where);
  return listOf("select string_agg(", rows);
}

/** Plans the things that a relation of the rows that hang on one leads to. */
export function planThrough(
  planning: Planning,
  field: Field,
  row: Row,
  spec: ChildSpec & { readonly relation: string },
): Json {
  const { type: model, from: holder } = fieldMeaning(spec.model, spec.relation);
  const { moment } = row;
  const link = bareTableOf(planning, spec.model, moment);
  const thing = bareTableOf(planning, model, moment);
  const linkRow: Row = { scope: link.scope, types: [], moment, asked: null };
  const thingRow: Row = { scope: thing.scope, types: planning.types(field), moment, asked: null };
  const held = `${columnAt(linkRow, spec.field)} = ${columnAt(row, "id")}`;
  const order = ascending(
    link.scope,
    spec.order.filter((name) => name !== spec.field),
  );
  const where = every(
    held,
    condition(moment, (view) => spec.where?.(view) ?? {}, link.scope),
    condition(moment, (view) => seenIn(model, view), thing.scope),
  );
  const join = `${columnAt(thingRow, "id")} = ${columnAt(linkRow, holder?.[0] ?? "")}`;
  const tables = sql(" from ", link.from, " join ", thing.from, ` on ${join}`);
  const rows = sql(joined(planning.object(field, thingRow)), `, ',' order by ${order})`, tables, where);
  return listOf("select string_agg(", rows);
}
