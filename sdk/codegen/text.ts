import { createHash } from "node:crypto";
import { type OperationDefinitionNode, print, stripIgnoredCharacters } from "graphql";
import { type Documents, usedFragments } from "./document.ts";

/** What is sent over the wire for an operation: its text with its fragments, shortest form, and the text's SHA-256 in hex. */
export function operationText(
  operation: OperationDefinitionNode,
  documents: Documents,
): { readonly text: string; readonly sha256: string } {
  const fragments = usedFragments(operation, documents).map((name) => documents.fragments.get(name)!);
  const parts = [operation, ...fragments].map(({ description: _unsent, ...node }) => print(node));
  const text = stripIgnoredCharacters(parts.join("\n"));
  return { text, sha256: createHash("sha256").update(text).digest("hex") };
}

/** A description as the inside of a JSDoc comment: one line, and never the end of the comment. */
export function commentText(description: string): string {
  return description.replace(/\s+/g, " ").replaceAll("*/", "*\\/").trim();
}
