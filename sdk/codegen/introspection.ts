import { preprocessIntrospection } from "gql.tada/internal";
import { type GraphQLSchema, introspectionFromSchema } from "graphql";

/** The schema as a type, in the form in which gql.tada reads a selection's types from it. */
export function printIntrospection(schema: GraphQLSchema): string {
  const answer = introspectionFromSchema(schema, { descriptions: false, directiveIsRepeatable: false });
  const type = preprocessIntrospection(answer);
  return `// prettier-ignore\nexport type Introspection = ${type.trim()};\n`;
}
