import { readdirSync, readFileSync } from "node:fs";
import { getIntrospectionQuery } from "graphql";

const folder = new URL("../../examples/", import.meta.url);
const manifest = new URL("../../sdk/src/generated/persisted-documents.json", import.meta.url);

/** Every document that ships, with what it is called: the SDK's operations, the examples, and what tools ask of a schema. */
export function shippedDocuments(): readonly (readonly [name: string, text: string])[] {
  const persisted = Object.values(JSON.parse(readFileSync(manifest, "utf8")) as Record<string, string>);
  const examples = readdirSync(folder).filter((name) => name.endsWith(".graphql"));
  const everything = {
    descriptions: true,
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  };
  return [
    ...persisted.map((text) => [/^(?:query|mutation|subscription) (\w+)/m.exec(text)?.[1] ?? text, text] as const),
    ...examples.map((name) => [name, readFileSync(new URL(name, folder), "utf8")] as const),
    ["introspection", getIntrospectionQuery(everything)],
  ];
}
