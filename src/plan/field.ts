import { readingOf } from "../graph/reading.ts";
import { computations } from "./computation.ts";
import { planFuzzy } from "./fuzzy.ts";
import { expression, type Json } from "./json.ts";
import { planChildren, planLink, planThrough } from "./link.ts";
import { planConnectionBelow } from "./list.ts";
import { Unplanned, type Field, type Planning, type Row } from "./planning.ts";
import { columnAt, columnOfModel } from "./row.ts";
import { columnJson } from "./value.ts";

/** Plans a field of a row, by what the schema says of where its value comes from. */
export function planField(planning: Planning, field: Field, row: Row): Json {
  const { computed, column, shownIf, fuzzy, link, children, through, list, row: same } = readingOf(field.definition);
  if (column) {
    const json = columnJson(columnOfModel(row, column.model, column.field), column.model, column.field);
    return shownIf === undefined ? json : shownOnly(columnAt(row, shownIf), columnAt(row, column.field));
  }
  if (fuzzy) return planFuzzy(planning, field, row, fuzzy.prefix);
  if (link) return planLink(planning, field, row, link);
  if (children) return planChildren(planning, field, row, children);
  if (through) return planThrough(planning, field, row, through);
  if (list) return planConnectionBelow(planning, field, list, row);
  if (same) return planning.object(field, { ...row, types: planning.types(field) });
  const planner = computed === undefined ? undefined : computations[computed];
  if (planner) return planner(planning, field, row);
  throw new Unplanned(`${field.parent.name}.${field.name}`);
}

function shownOnly(flag: string, words: string): Json {
  return expression(`case when ${flag} then to_json(${words})::text else 'null' end`);
}
