import type { GraphQLEnumType, GraphQLSchema } from "graphql";
import ts from "typescript";
import { commentText } from "./text.ts";

/**
 * Writes into the comment of each enumeration what its values mean, as a list: editors show the comment of a type, and
 * not those of the members of a union, which the type printer describes.
 */
export function commentEnumerations(source: string, schema: GraphQLSchema): string {
  const file = ts.createSourceFile("types.ts", source, ts.ScriptTarget.ES2022, true);
  return file.statements.toReversed().reduce((text, statement) => {
    const type = ts.isTypeAliasDeclaration(statement) ? schema.getType(statement.name.text) : undefined;
    const values = (type as Partial<GraphQLEnumType> | undefined)?.getValues?.();
    if (!type || !values) return text;
    const written = ts.getLeadingCommentRanges(source, statement.getFullStart()) ?? [];
    const start = written.at(-1)?.pos ?? statement.getStart(file);
    const lines = values.map(({ name, description }) => `- \`${name}\`: ${commentText(description ?? "")}`);
    const comment = ["/**", commentText(type.description ?? ""), "", ...lines].join("\n * ");
    return `${text.slice(0, start)}${comment}\n */\n${text.slice(statement.getStart(file))}`;
  }, source);
}
