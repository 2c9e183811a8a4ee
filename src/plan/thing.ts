import { seenIn } from "../graph/load.ts";
import { joined, listOf, orNull, type Json } from "./json.ts";
import { every } from "./link.ts";
import type { Field, Moment, Planning, Row } from "./planning.ts";
import { bareTableOf, columnAt, condition, tableOf } from "./row.ts";
import { sql, type Sql } from "./run.ts";

/** Plans the things with the ids of an array, in its order, as far as the moment shows them. */
export function planThings(
  planning: Planning,
  field: Field,
  { model, moment, ids }: { readonly model: string; readonly moment: Moment; readonly ids: Sql | string },
): Json {
  const { scope, from } = bareTableOf(planning, model, moment);
  const row: Row = { scope, types: planning.types(field), moment, asked: null };
  const named = `u${planning.next()}`;
  const where = every(condition(moment, (view) => seenIn(model, view), scope));
  const tables = sql(" from unnest(", ids, `) with ordinality ${named}(id, n) join `, from);
  const object = joined(planning.object(field, row));
  const join = ` on ${columnAt(row, "id")} = ${named}.id`;
  return listOf("select string_agg(", object, `, ',' order by ${named}.n)`, tables, join, where);
}

/** Plans the version of a fact with an id, whatever the moment knows. */
export function planVersion(
  planning: Planning,
  field: Field,
  { id, moment, asked }: { readonly id: string } & Pick<Row, "moment" | "asked">,
): Json {
  const { scope, from } = tableOf(planning, "Assertion", moment);
  const row: Row = { scope, types: planning.types(field), moment, asked };
  const object = joined(planning.object(field, row));
  return orNull(sql("(select ", object, " from ", from, ` where ${columnAt(row, "id")} = ${id})`), field.nullable);
}
