import { fieldMeaning } from "../db/meaning.ts";
import { expression, orNull, type Json } from "./json.ts";
import { sql, type Piece, type Sql } from "./run.ts";

/** The first day of the year 1, and the last of the year 9999. */
const [first, last] = [-719_162, 2_932_896];

/** A day, as its number, in ISO 8601 as `formatDay` writes it. */
export function dayText(day: string): string {
  const date = `(date '1970-01-01' + ${day})`;
  const year = `extract(year from ${date})::int`;
  return `case when ${day} between ${first} and ${last} then to_char(${date}, 'YYYY-MM-DD')
    when ${day} > ${last} then '+' || ${year} || to_char(${date}, '-MM-DD')
    when ${year} = -1 then '0000' || to_char(${date}, '-MM-DD')
    else '-' || lpad((- ${year} - 1)::text, 4, '0') || to_char(${date}, '-MM-DD') end`;
}

/** An instant in UTC, with its milliseconds, as `toISOString` writes it. */
export function millisecondText(instant: string): string {
  return `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** An instant as `formatInstant` writes it. */
function instantText(instant: string): string {
  return `replace(${millisecondText(instant)}, '.000Z', 'Z')`;
}

/** A number as ECMAScript writes it: PostgreSQL's shortest digits, without an exponent from 1e-6 up to 1e21. */
export function floatText(number: string): string {
  return `case when ${number} = 0 or abs(${number}) >= 1e-6 and abs(${number}) < 1e21 then to_jsonb(${number})::text
    else regexp_replace(${number}::text, 'e([+-])0', 'e\\1') end`;
}

/** How a column of a type is written as JSON; null where the column is. */
function encoded(column: string, type: string, { day = false, list = false, isEnum = false }): string {
  if (list) return isEnum ? `to_json(${column}::text[])::text` : `to_json(${column})::text`;
  if (isEnum) return `'"' || ${column}::text || '"'`;
  if (day) return `'"' || ${dayText(column)} || '"'`;
  if (type === "DateTime") return `'"' || ${instantText(column)} || '"'`;
  if (type === "Float") return floatText(column);
  if (type === "Int" || type === "Boolean") return `${column}::text`;
  return `to_json(${column})::text`;
}

/** A column of a model as JSON, where `column` is its expression. */
export function columnJson(column: string, model: string, field: string): Json {
  const { type, kind, list, required } = fieldMeaning(model, field);
  const day = type === "Int" && field.endsWith("On");
  const written = encoded(column, type, { day, list, isEnum: kind === "enum" });
  return required || list ? expression("(", written, ")") : orNull(written, true);
}

/** A day as JSON, null where it is. */
export function dayJson(day: string): Json {
  return orNull(`'"' || ${dayText(day)} || '"'`, true);
}

/** The columns of a vague date, by what `column` makes of their names. */
type Columns = (name: string) => string;

/** Whether a fact held during a span of days, as `certaintyDuring` tells it. */
export function certaintyText(column: Columns, from: Piece, to: Piece): Sql {
  const firm = (end: string) => `coalesce(${column(`${end}Edtf`)}, '') !~ '[~%?]'`;
  const given = (end: string) => `${column(`${end}Basis`)} is not null`;
  return sql(
    `case when ${given("start")} and ${column("startEarliest")} > `,
    to,
    ` or ${given("end")} and ${column("endLatest")} < `,
    from,
    ` then 'NO' when ${given("start")} and ${firm("start")} and ${column("startLatest")} <= `,
    to,
    ` and (not ${given("end")} or ${firm("end")} and ${column("endEarliest")} >= `,
    from,
    `) then 'CERTAIN' else 'POSSIBLE' end`,
  );
}
