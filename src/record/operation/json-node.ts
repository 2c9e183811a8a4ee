import type { Fields, Node } from "../terms/node.ts";
import type { Json, JsonFields } from "./operation.ts";

/** A value under a name, with where the name stands. */
export type FieldNode = Fields["fields"] extends ReadonlyMap<string, infer T> ? T : never;

/** A value as the terms of entry read it. What is null is left out, as if it had not been given. */
export function nodeOf(value: Json, path: string): Node {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item, at) => nodeOf(item, `${path}[${at}]`));
    return { kind: "list", path, offset: 0, items };
  }
  if (typeof value === "object" && value !== null) return fieldsOf(value as JsonFields, path);
  return { kind: "scalar", path, offset: 0, value, source: String(value) };
}

/** Values by name as the terms of entry read them. */
export function fieldsOf(values: JsonFields, path: string): Fields {
  const fields = new Map<string, FieldNode>();
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined) continue;
    const node = nodeOf(value, `${path}.${name}`);
    fields.set(name, { name: node, value: node });
  }
  return { kind: "fields", path, offset: 0, fields };
}

/** Which of some values are nothing, and are said to be. */
export function clearedIn(values: JsonFields): readonly string[] {
  return Object.keys(values).filter((name) => values[name] === null);
}

/** The same fields, some under the names by which the terms of entry know them. */
export function renamed(node: Fields, names: Readonly<Record<string, string>>): Fields {
  const fields = new Map<string, FieldNode>();
  for (const [name, field] of node.fields) fields.set(names[name] ?? name, field);
  return { ...node, fields };
}

/** Fields of these names apart from the others. */
export function parted(node: Fields, names: readonly string[]): [inside: Fields, outside: Fields] {
  const [inside, outside] = [new Map<string, FieldNode>(), new Map<string, FieldNode>()];
  for (const [name, field] of node.fields) (names.includes(name) ? inside : outside).set(name, field);
  return [
    { ...node, fields: inside },
    { ...node, fields: outside },
  ];
}

/** Fields with one more, which stands where they do. */
export function withField(node: Fields, name: string, value: Node | string): Fields {
  const { path, offset } = node;
  const given: Node = typeof value === "string" ? { kind: "scalar", path, offset, value, source: value } : value;
  const fields = new Map(node.fields);
  fields.set(name, { name: { path: given.path, offset }, value: given });
  return { ...node, fields };
}

/** Fields without some. */
export function without(node: Fields, ...names: readonly string[]): Fields {
  return names.some((name) => node.fields.has(name)) ? parted(node, names)[1] : node;
}
