import { writeFileSync } from "node:fs";
import { lexicographicSortSchema, printSchema } from "graphql";
import { printSubgraph } from "./federation/subgraph.ts";
import { schema } from "./schema.ts";

// A program: writes the contract of the API to schema.graphql, and the same as a subgraph to schema.subgraph.graphql.
const root = new URL("../../", import.meta.url);
writeFileSync(new URL("schema.graphql", root), `${printSchema(lexicographicSortSchema(schema))}\n`);
writeFileSync(new URL("schema.subgraph.graphql", root), printSubgraph(schema));
