import {
  getOperationAST,
  Kind,
  print,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import { planOperation, type Plan } from "./plan.ts";
import { Unplanned } from "./planning.ts";
import type { PlanReport } from "./report.ts";
import type { Run } from "./run.ts";

/** An operation that was asked, and its plans by what is skipped and included. */
export interface KnownOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The variables that decide what is skipped and included. */
  readonly deciding: readonly string[];
  readonly plans: Map<string, KnownPlan | null>;
  /** Tells its statements from those of others; undefined where it is not kept. */
  readonly key: string | undefined;
}

/** The plan of an operation that is known. */
export interface KnownPlan extends Plan {
  readonly key: string | undefined;
}

const keptDocuments = 500;
const longestKept = 8_192;
/** As many ways of skipping and including as are kept of one operation. */
const keptPlans = 32;

/** The operations that were asked lately, by the text of their documents and their names; bounded, the oldest dropped. */
export class KnownOperations {
  readonly #report: PlanReport;
  readonly #known = new LRUCache<string, Map<string | undefined, KnownOperation>>({
    max: keptDocuments,
    maxSize: keptDocuments * longestKept,
    maxEntrySize: longestKept,
    sizeCalculation: (known, text) => text.length * known.size + 1,
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
    const key = kept ? String(this.#keys) : undefined;
    const made = { document, operation, deciding, plans: new Map<string, KnownPlan | null>(), key };
    if (kept) this.#keep(text, name, made);
    return made;
  }

  #keep(text: string, name: string | undefined, known: KnownOperation): void {
    const beside = this.#known.get(text) ?? [];
    const fits = (count: number) => text.length * count < longestKept;
    const others = [...beside].slice(fits([...beside].length + 1) ? 0 : 1);
    this.#known.set(text, new Map([...others, [name, known]]));
  }

  /** The plan of an operation with these variables; null where none can be made. */
  plan(schema: GraphQLSchema, known: KnownOperation, variables: Run["variables"]): KnownPlan | null {
    const { document, operation } = known;
    const shape = known.deciding.map((name) => String(variables[name])).join();
    let plan = known.plans.get(shape);
    if (plan !== undefined) return plan;
    try {
      const key = known.key === undefined ? undefined : `${known.key} ${shape}`;
      plan = { ...planOperation({ schema, document, operation, variables }), key };
    } catch (error) {
      plan = null;
      const why = error instanceof Unplanned ? "unplanned" : "fault";
      this.#report.tell({ why, what: String(error), operation: print(operation) });
    }
    if (known.plans.size < keptPlans) known.plans.set(shape, plan);
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
