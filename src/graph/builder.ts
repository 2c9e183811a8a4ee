import SchemaBuilder from "@pothos/core";
import type { GraphContext } from "./context.ts";

/** What every part of the schema may count on: its context, its scalars, and that a field is never null unless it says so. */
export interface SchemaTypes {
  Context: GraphContext;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    /** A day, as its distance from 1970-01-01. */
    Date: { Input: number; Output: number };
    DateTime: { Input: Date; Output: Date };
  };
}

export const builder = new SchemaBuilder<SchemaTypes>({ defaultFieldNullability: false });

export type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never;
