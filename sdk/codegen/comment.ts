import type { GraphQLField, GraphQLSchema, SelectionSetNode } from "graphql";
import { Kind } from "graphql";
import ts from "typescript";
import { type Documents, fragmentName, resultName } from "./document.ts";
import { commentText } from "./text.ts";
import { type SchemaType, findType, namedType, rootType } from "./type.ts";

/** A selection together with the type it selects from. */
interface Source {
  readonly set: SelectionSetNode;
  readonly type: SchemaType;
}
interface Hit {
  readonly field: GraphQLField<unknown, unknown>;
  readonly below: SelectionSetNode | undefined;
}

/**
 * Writes the schema's descriptions and deprecations as JSDoc onto the members of generated result types, so that an
 * editor tells what a field means. The type printer describes inputs and enums, but not results.
 */
export function commentResults(source: string, schema: GraphQLSchema, documents: Documents): string {
  const file = ts.createSourceFile("types.ts", source, ts.ScriptTarget.ES2022, true);
  const comments: { readonly at: number; readonly text: string }[] = [];

  const hits = ({ set, type }: Source, key: string): Hit[] =>
    set.selections.flatMap((selection): Hit[] => {
      if (selection.kind !== Kind.FIELD) {
        const target =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : documents.fragments.get(selection.name.value)!;
        const narrowed = target.typeCondition && findType(schema, target.typeCondition.name.value);
        return hits({ set: target.selectionSet, type: narrowed ?? type }, key);
      }
      if ((selection.alias?.value ?? selection.name.value) !== key) return [];
      const field = type.getFields?.()[selection.name.value];
      return field ? [{ field, below: selection.selectionSet }] : [];
    });

  const walk = (node: ts.Node, sources: readonly Source[]): void => {
    if (!ts.isTypeLiteralNode(node)) return ts.forEachChild(node, (child) => walk(child, sources));
    const concrete = typenameOf(node);
    for (const member of node.members) {
      if (!ts.isPropertySignature(member) || !ts.isIdentifier(member.name) || !member.type) continue;
      const key = member.name.text;
      const found = sources.flatMap((from) => hits(from, key));
      const [first] = found;
      if (!first) continue;
      // A concrete type often says more of a field than the interface it comes from.
      const own = concrete ? findType(schema, concrete) : undefined;
      const field = own?.getFields?.()[first.field.name] ?? first.field;
      const text = describe(field);
      if (text) comments.push({ at: member.getStart(file), text });
      const below = found.flatMap(({ field, below }) => (below ? [{ set: below, type: namedType(field.type) }] : []));
      if (below.length) walk(member.type, below);
    }
  };

  const roots = new Map<string, Source>();
  for (const operation of documents.operations)
    roots.set(resultName(operation), { set: operation.selectionSet, type: rootType(schema, operation.operation) });
  for (const fragment of documents.fragments.values()) {
    const type = findType(schema, fragment.typeCondition.name.value);
    if (type) roots.set(fragmentName(fragment), { set: fragment.selectionSet, type });
  }
  for (const statement of file.statements) {
    const root = ts.isTypeAliasDeclaration(statement) ? roots.get(statement.name.text) : undefined;
    if (root) walk(statement, [root]);
  }
  return comments
    .sort((one, other) => other.at - one.at)
    .reduce((text, comment) => `${text.slice(0, comment.at)}${comment.text}${text.slice(comment.at)}`, source);
}

function describe({ description, deprecationReason }: GraphQLField<unknown, unknown>): string {
  const lines = [description ?? "", deprecationReason ? `@deprecated ${deprecationReason}` : ""].filter(Boolean);
  return lines.length ? `\n/** ${lines.map(commentText).join("\n * ")} */\n` : "";
}

/** The type that a result's `__typename` names, when it is a single one. */
function typenameOf(node: ts.TypeLiteralNode): string | undefined {
  for (const member of node.members) {
    if (!ts.isPropertySignature(member) || member.name.getText() !== "__typename" || !member.type) continue;
    if (ts.isLiteralTypeNode(member.type) && ts.isStringLiteral(member.type.literal)) return member.type.literal.text;
  }
  return undefined;
}
