import { facetClauses } from "../db/sql/facet.ts";
import type { Scope } from "../db/sql/where.ts";
import { readingOf } from "../graph/reading.ts";
import { expression, joined, listOf, orNull, separated, text, type Json } from "./json.ts";
import { Unplanned, type Field, type Planning } from "./planning.ts";
import { sql, type Sql } from "./run.ts";
import { dayText } from "./value.ts";

/** Plans the counts of a whole list by one of its fields. */
export function planFacet(planning: Planning, field: Field, scope: Scope, all: Sql): Json {
  const { facet } = readingOf(field.definition);
  if (!facet) throw new Unplanned(`${field.parent.name}.${field.name}`);
  const { value, key } = facetClauses(scope, facet);
  const members = planning.fields(field).map((each): Json => {
    const written = (): Json => {
      if (each.name === "count") return expression("x.n::text");
      if (each.name === "__typename") return text(`"${each.parent.name}"`);
      // A month is written as its first day without the day.
      if (facet.byMonth) return orNull(`'"' || left(${dayText("x.v")}, -3) || '"'`, true);
      return orNull(`'"' || x.v || '"'`, true);
    };
    return [...text(`"${each.key}":`), ...written()];
  });
  const object = joined([...text("{"), ...separated(members), ...text("}")]);
  const counted = sql(`select ${value} v, count(*)::int n, ${key} o `, all, ` group by ${key}`);
  return listOf("select string_agg(", object, ", ',' order by x.o) from (", counted, ") x");
}
