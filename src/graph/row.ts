import { enumMeaning } from "../db/meaning.ts";
import type { Row } from "../db/sql/page.ts";
import type { View } from "../record/view.ts";
import { typeOfKind } from "../values/kind-name.ts";

/** A row as the graph shows it: with the name of its GraphQL type, and the span of days that it was asked for, if any. */
export interface Shown extends Row {
  readonly $type: string;
  readonly id: string;
  /** The days that the list or the view asked about, both included; null where any time would do. */
  readonly $asked: DaySpan | null;
}

/** A span of days from 1970-01-01, both included. */
export interface DaySpan {
  readonly from: number;
  readonly to: number;
}

/** The kinds of assertions, by the types that show them, which are also the names of their detail models. */
export const kindsByType: ReadonlyMap<string, string> = new Map(
  Object.keys(enumMeaning("AssertionKind").values).map((kind) => [typeOfKind(kind), kind]),
);

/** A row of `model` with the name of the GraphQL type that shows it. */
export function shown(model: string, row: Row, asked: DaySpan | null = null): Shown {
  const byKind = model === "Actor" || model === "Assertion";
  return {
    ...row,
    $type: byKind ? typeOfKind(String(row["kind"])) : model,
    id: (row["id"] as string | undefined) ?? "",
    $asked: asked,
  };
}

/** The day that a view asks about, as a span. */
export function askedBy(view: View): DaySpan | null {
  return view.validAt === null ? null : { from: view.validAt, to: view.validAt };
}
