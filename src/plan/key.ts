import type { KeyField } from "../graph/list.ts";
import type { Row } from "./planning.ts";
import { columnAt } from "./row.ts";

/** The expression of a key of a parent that lists hang on. */
export function keyOf(row: Row, field: KeyField): string {
  const columns = [field].flat().map((each) => columnAt(row, each));
  return columns.length === 1 ? (columns[0] ?? "") : `coalesce(${columns.join(", ")})`;
}
