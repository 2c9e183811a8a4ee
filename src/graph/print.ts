import { writeFileSync } from "node:fs";
import { lexicographicSortSchema, printSchema } from "graphql";
import { schema } from "./schema.ts";

// A program: writes the contract of the API to schema.graphql.
writeFileSync(new URL("../../schema.graphql", import.meta.url), `${printSchema(lexicographicSortSchema(schema))}\n`);
