import { certaintyText } from "./value.ts";
import { expression, quotedJson, text, type Json } from "./json.ts";
import type { Field, Planning, Row } from "./planning.ts";
import { columnAt } from "./row.ts";
import { write } from "./run.ts";

/** Whether a fact held on the days that its list or its moment asks about; null where none does. */
export function planCertainty(_planning: Planning, _field: Field, row: Row): Json {
  const { asked } = row;
  if (!asked) return text("null");
  return expression((run) => {
    const span = asked(run);
    if (!span) return "'null'";
    const [from, to] = [run.add(span.from, "int"), run.add(span.to, "int")];
    return `'"' || ${write(
      certaintyText((name) => columnAt(row, name), from, to),
      run,
    )} || '"'`;
  });
}

/** Whether a fact held on the day that the field is asked about. */
export function planCertaintyOn(planning: Planning, field: Field, row: Row): Json {
  const args = planning.args(field);
  return quotedJson((run) => {
    const day = run.add(args(run)["day"], "int");
    return write(
      certaintyText((name) => columnAt(row, name), day, day),
      run,
    );
  });
}
