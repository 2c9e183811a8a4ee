import {
  getDirectiveValues,
  getNamedType,
  getOperationAST,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { costIn, countOf, isPaged, type Given } from "./count.ts";
import { costOfInputs } from "./input.ts";
import { fragmentsOf } from "./shape.ts";

/** What knowing the whole schema costs, whatever is asked of it: it is in memory, and long. */
const introspection = 100;

/**
 * What an operation costs: how many objects its answer may hold. A list counts as long as it may be: a connection by its
 * `first` or `last`, a plain list by what its field's `extensions` say (`cost`, see `Cost`). A count over a whole list is
 * more, as is whatever reads more than it shows, and each condition on letters. Leaves cost nothing; of an abstract type counts whichever of its types costs most. Nothing is resolved.
 * @param operationName of several operations, the one that is to be executed; 0 where there is no such
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>> | null | undefined,
): number {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  return operation && root
    ? new Pricing(schema, document, operation, variables ?? {}).of(operation.selectionSet, root)
    : 0;
}

/** What an object is priced by besides its type: how many entries it has, if it is a connection, and what each list below it costs more. */
interface At {
  readonly page: number;
  readonly eachList: number;
}

class Pricing {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #priced = new Map<SelectionSetNode, Map<string, number>>();
  readonly #given: Given;

  constructor(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
  ) {
    this.#schema = schema;
    this.#fragments = fragmentsOf(document);
    const defaults = new Map(
      (operation.variableDefinitions ?? []).map((each) => [each.variable.name.value, each.defaultValue]),
    );
    this.#given = { variables, defaults };
  }

  /** The cost of what is selected of one object of a type. */
  of(set: SelectionSetNode, type: GraphQLCompositeType, at: At = { page: 1, eachList: 0 }): number {
    if (isObjectType(type)) return this.#ofObject(set, type, at);
    return Math.max(0, ...this.#schema.getPossibleTypes(type).map((each) => this.#ofObject(set, each, at)));
  }

  #ofObject(set: SelectionSetNode, type: GraphQLObjectType, at: At): number {
    let costs = this.#priced.get(set);
    if (!costs) this.#priced.set(set, (costs = new Map<string, number>()));
    const key = `${type.name} ${at.page} ${at.eachList}`;
    let cost = costs.get(key);
    if (cost === undefined) {
      // A fragment that spreads itself has been refused before; should one come, it ends here.
      costs.set(key, 0);
      cost = set.selections.reduce((sum, node) => sum + this.#ofSelection(node, type, at), 0);
      costs.set(key, cost);
    }
    return cost;
  }

  #ofSelection(node: SelectionNode, type: GraphQLObjectType, at: At): number {
    if (!this.#asked(node)) return 0;
    if (node.kind === Kind.FIELD) return this.#ofField(node, type, at);
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(node.name.value) : node;
    if (!fragment) return 0;
    const on = fragment.typeCondition ? this.#schema.getType(fragment.typeCondition.name.value) : type;
    const applies = on === type || (isAbstractType(on) && this.#schema.isSubType(on, type));
    return applies ? this.#ofObject(fragment.selectionSet, type, at) : 0;
  }

  #ofField(node: FieldNode, parent: GraphQLObjectType, { page, eachList }: At): number {
    const name = node.name.value;
    if (name === "__schema" || name === "__type") return introspection;
    const field = parent.getFields()[name] as GraphQLField<unknown, unknown> | undefined;
    if (!field) return 0;
    const { own: work, times, entries } = countOf(field, node, page, this.#given);
    const own = work + (isPaged(field) ? eachList : 0) + costOfInputs(field, node, this.#given);
    const type = getNamedType(field.type);
    if (!isCompositeType(type) || !node.selectionSet) return own;
    const below = { page: entries, eachList: costIn(field)?.eachList ?? eachList };
    return own + times * (1 + this.of(node.selectionSet, type, below));
  }

  /** Whether a selection is executed at all, by its @skip and @include. */
  #asked(node: SelectionNode): boolean {
    if (!node.directives?.length) return true;
    try {
      const { variables } = this.#given;
      if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.["if"] === true) return false;
      return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.["if"] !== false;
    } catch {
      // A condition without a value is refused when it is executed; until then what it stands at counts.
      return true;
    }
  }
}
