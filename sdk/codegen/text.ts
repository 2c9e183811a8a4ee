import { createHash } from "node:crypto";
import { type GraphQLSchema, type OperationDefinitionNode, print, stripIgnoredCharacters } from "graphql";
import type { Documents } from "./document.ts";
import { inlineFragments } from "./inline.ts";

/** What is sent over the wire for an operation: its text with its fragments, shortest form, and the text's SHA-256 in hex. */
export function operationText(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  documents: Documents,
): { readonly text: string; readonly sha256: string } {
  const parts = inlineFragments(schema, operation, documents).map(({ description: _unsent, ...node }) => print(node));
  const text = stripIgnoredCharacters(parts.join("\n"));
  return { text, sha256: createHash("sha256").update(text).digest("hex") };
}

/** A description as the inside of a JSDoc comment: one line, and never the end of the comment. */
export function commentText(description: string): string {
  return description.replace(/\s+/g, " ").replaceAll("*/", "*\\/").trim();
}
