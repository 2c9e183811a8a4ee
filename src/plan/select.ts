import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isNonNullType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
} from "graphql";
import { Unplanned, type Field } from "./planning.ts";

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;
type Variables = Readonly<Record<string, unknown>>;

/** Reads what a document selects on objects, as GraphQL's CollectFields does, with `@skip` and `@include` applied. */
export class Selector {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Fragments;
  readonly #variables: Variables;

  constructor(schema: GraphQLSchema, fragments: Fragments, variables: Variables) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#variables = variables;
  }

  /** The fields that these nodes select on a type, in the order of the answer. */
  select(type: GraphQLObjectType, nodes: readonly Pick<FieldNode, "selectionSet">[]): readonly Field[] {
    const found = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const { selectionSet } of nodes) this.#collect(type, selectionSet?.selections ?? [], found, visited);
    return [...found].map(([key, each]) => this.#field(type, key, each));
  }

  #field(parent: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): Field {
    const name = nodes[0]?.name.value ?? "";
    if (name === SchemaMetaFieldDef.name || name === TypeMetaFieldDef.name) throw new Unplanned("introspection");
    // A member of that name is not what it seems wherever objects are made of answers.
    if (key === "__proto__") throw new Unplanned("the name __proto__");
    const definition = name === TypeNameMetaFieldDef.name ? TypeNameMetaFieldDef : parent.getFields()[name];
    if (!definition) throw new Unplanned(`${parent.name}.${name}`);
    const nullable = !isNonNullType(definition.type);
    return { key, name, parent, definition, nodes, type: getNamedType(definition.type), nullable };
  }

  #collect(
    type: GraphQLObjectType,
    selections: readonly SelectionNode[],
    found: Map<string, FieldNode[]>,
    visited: Set<string>,
  ): void {
    for (const selection of selections) {
      if (!this.#included(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = found.get(key);
        if (nodes) nodes.push(selection);
        else found.set(key, [selection]);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#spread(selection.name.value, visited);
      if (fragment && this.#matches(type, fragment.typeCondition?.name.value)) {
        this.#collect(type, fragment.selectionSet.selections, found, visited);
      }
    }
  }

  #spread(name: string, visited: Set<string>): FragmentDefinitionNode | undefined {
    if (visited.has(name)) return undefined;
    visited.add(name);
    return this.#fragments.get(name);
  }

  #included(node: SelectionNode): boolean {
    if (getDirectiveValues(GraphQLSkipDirective, node, this.#variables)?.["if"] === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, this.#variables)?.["if"] !== false;
  }

  #matches(type: GraphQLObjectType, name: string | undefined): boolean {
    if (name === undefined || name === type.name) return true;
    const condition = this.#schema.getType(name);
    return isAbstractType(condition) && this.#schema.isSubType(condition, type);
  }
}
