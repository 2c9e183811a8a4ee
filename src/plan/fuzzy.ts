import { expression, joined, orNull, quotedJson, separated, text, type Json } from "./json.ts";
import { Unplanned, type Field, type Planning, type Row } from "./planning.ts";
import { columnAt } from "./row.ts";
import { dayJson } from "./value.ts";

/** How each field of a vague date is written, by what `column` makes of the names of its parts. */
const parts: Readonly<Record<string, (column: (part: string) => string) => Json>> = {
  edtf: (column) => orNull(`to_json(${column("Edtf")})::text`, true),
  earliest: (column) => dayJson(column("Earliest")),
  latest: (column) => dayJson(column("Latest")),
  text: (column) => orNull(`to_json(${column("Text")})::text`, true),
  basis: (column) => quotedJson(column("Basis")),
  precision: (column) => orNull(`'"' || ${column("Precision")}::text || '"'`, false),
  approximate: (column) => expression(`(coalesce(${column("Edtf")}, '') ~ '[~%]')::text`),
  uncertain: (column) => expression(`(coalesce(${column("Edtf")}, '') ~ '[?%]')::text`),
  __typename: () => text('"FuzzyDate"'),
};

/** Plans the vague date in the columns that begin with a prefix; null where it has no basis. */
export function planFuzzy(planning: Planning, field: Field, row: Row, prefix: string): Json {
  const column = (part: string) => columnAt(row, `${prefix}${part}`);
  const members = planning.fields(field).map(({ key, name }): Json => {
    const written = parts[name];
    if (!written) throw new Unplanned(`FuzzyDate.${name}`);
    return [...text(`"${key}":`), ...written(column)];
  });
  const object = joined([...text("{"), ...separated(members), ...text("}")]);
  return expression(`case when ${column("Basis")} is null then 'null' else `, object, " end");
}
