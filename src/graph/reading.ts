import type { GraphQLField } from "graphql";
import type { ChildSpec } from "./child.ts";
import type { ListSpec } from "./list.ts";

/** What the `extensions` of a field say of where its value comes from, for readers that answer without resolving it. */
export interface Reading {
  /** The column of a model, as it stands. */
  readonly column?: { readonly model: string; readonly field: string };
  /** The field of the row that must be true for the column to be shown. */
  readonly shownIf?: string;
  /** The vague date in the columns that begin with a prefix. */
  readonly fuzzy?: { readonly prefix: string };
  /** What a relation of a model names. */
  readonly link?: { readonly model: string; readonly relation: string };
  readonly children?: ChildSpec;
  /** What a relation of the children names. */
  readonly through?: ChildSpec & { readonly relation: string };
  /** A Relay connection. */
  readonly list?: ListSpec;
  /** The counts of a connection by a field. */
  readonly facet?: { readonly field: string; readonly byMonth: boolean };
  /** The same row under another type. */
  readonly row?: true;
  /** What is always answered, by the names of its fields. */
  readonly constant?: Readonly<Record<string, readonly [value: number, description: string]>>;
  /** The name of a computation, which its readers know. */
  readonly computed?: string;
}

/** Where the value of a field comes from, as far as it says so. */
export function readingOf({ extensions }: Pick<GraphQLField<unknown, unknown>, "extensions">): Reading {
  return extensions as Reading;
}
