import type { GraphQLSchema } from "graphql";
import { type Documents, resultName } from "./document.ts";
import { connectionPath, resumePath } from "./path.ts";
import { commentText, operationText } from "./text.ts";

/**
 * The module of operations: one constant each, a plain object, so that a bundler drops those nobody imports.
 * The types it names are those of the module `./types.ts`.
 */
export function printOperations(schema: GraphQLSchema, documents: Documents): string {
  const values = documents.operations.map((operation) => {
    const name = operation.name.value;
    const kind = operation.operation;
    const result = `T.${resultName(operation)}`;
    const connection = connectionPath(schema, operation, documents);
    const resume = resumePath(schema, operation, documents);
    const type = connection
      ? `PagedOperation<${result}, ${result}Variables, readonly ${JSON.stringify(connection)}>`
      : `Operation<"${kind}", ${result}, ${result}Variables>`;
    const value = { kind, name, ...operationText(schema, operation, documents), connection, resume };
    const description = operation.description ? `/** ${commentText(operation.description.value)} */\n` : "";
    return `${description}export const ${name}: ${type} = ${JSON.stringify(value)};`;
  });
  return [
    'import type { Operation, PagedOperation } from "../types.ts";\nimport type * as T from "./types.ts";',
    ...values,
  ].join("\n\n");
}

/** The trusted documents by the id the client sends, `sha256:<hex>`, for a server that takes no other text. */
export function printManifest(schema: GraphQLSchema, documents: Documents): string {
  const entries = documents.operations.map((operation) => {
    const { text, sha256 } = operationText(schema, operation, documents);
    return [`sha256:${sha256}`, text] as const;
  });
  return JSON.stringify(Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1))));
}
