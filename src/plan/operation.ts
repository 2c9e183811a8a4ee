import {
  getOperationAST,
  Kind,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import { outlineOf } from "./outline.ts";
import { keptLate } from "./making.ts";
import { planOperation, type Plan } from "./plan.ts";
import { Unplanned } from "./planning.ts";
import type { PlanReport } from "./report.ts";
import { lengthOf, type Run } from "./run.ts";

/** An operation that was asked. */
export interface KnownOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The variables that decide what is skipped and included. */
  readonly deciding: readonly string[];
  /** Tells its statements from those of others; undefined where it is not kept. */
  readonly key: string | undefined;
}

/** The plan of an operation that is known. */
export interface KnownPlan extends Plan {
  readonly key: string | undefined;
}

const keptDocuments = 500;
const longestKept = 8_192;
/** As many operations as are kept of one document. */
const keptNames = 4;
/** The statements of all plans that are kept, in characters, and what a plan counts beside them. */
const [keptStatements, besides] = [16_000_000, 500];

/**
 * The operations that were asked lately, by the text of their documents and their names, and their plans by what is skipped
 * and included; both bounded, the oldest dropped.
 */
export class KnownOperations {
  readonly #report: PlanReport;
  readonly #known = new LRUCache<string, ReadonlyMap<string | undefined, KnownOperation>>({
    max: keptDocuments,
    maxSize: keptDocuments * longestKept,
    sizeCalculation: (_known, text) => text.length + 1,
  });
  readonly #plans = new LRUCache<string, { readonly plan: KnownPlan | null }>({
    maxSize: keptStatements,
    sizeCalculation: ({ plan }, key) =>
      key.length + besides + (plan ? lengthOf(plan.statement) + (plan.hasLate ? keptLate : 0) : 0),
  });
  #keys = 0;

  constructor(report: PlanReport) {
    this.#report = report;
  }

  /** The operation of this name, or the only one, of a document that was asked with this text before. */
  recall(text: string, name: string | undefined): KnownOperation | undefined {
    return this.#known.get(text)?.get(name);
  }

  /** The operation of a valid document that a request asks for; undefined where it names none. */
  know(document: DocumentNode, name: string | undefined): KnownOperation | undefined {
    const text = document.loc?.source.body;
    const known = text === undefined ? undefined : this.recall(text, name);
    if (known) return known;
    const operation = getOperationAST(document, name);
    if (!operation) return undefined;
    this.#keys += 1;
    const kept = text !== undefined && text.length < longestKept;
    const deciding = decidingVariables(document);
    const made = { document, operation, deciding, key: kept ? String(this.#keys) : undefined };
    if (kept)
      this.#known.set(text, new Map([...(this.#known.get(text) ?? []), [name, made] as const].slice(-keptNames)));
    return made;
  }

  /** The plan of an operation with these variables; null where none can be made. */
  plan(schema: GraphQLSchema, known: KnownOperation, variables: Run["variables"]): KnownPlan | null {
    const { document, operation, deciding } = known;
    const shape = deciding.map((name) => String(variables[name])).join();
    const key = known.key === undefined ? undefined : `${known.key} ${shape}`;
    const kept = key === undefined ? undefined : this.#plans.get(key);
    if (kept) return kept.plan;
    let plan: KnownPlan | null = null;
    try {
      plan = { ...planOperation({ schema, document, operation, variables }), key };
    } catch (error) {
      const why = error instanceof Unplanned ? "unplanned" : "fault";
      this.#report.tell({ why, what: String(error), operation: outlineOf(operation) });
    }
    if (key !== undefined) this.#plans.set(key, { plan });
    return plan;
  }
}

/** The variables that `@skip` and `@include` look at. */
function decidingVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (node) => {
      if (node.name.value !== "skip" && node.name.value !== "include") return;
      for (const { value } of node.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
