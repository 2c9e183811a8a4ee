import {
  execute,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  Kind,
  locatedError,
  print,
  visit,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { Db } from "../db/client.ts";
import { databaseFault } from "../db/fault-code.ts";
import { Refusal } from "../errors.ts";
import type { GraphContext } from "../graph/context.ts";
import { InvalidValue } from "../values/invalid-value.ts";
import { Head } from "./head.ts";
import { missing } from "./json.ts";
import type { Answer, KeptAnswers } from "./kept-answer.ts";
import { planOperation, type Plan } from "./plan.ts";
import { Unplanned } from "./planning.ts";
import { PlanReport, type FallBack } from "./report.ts";
import { Run } from "./run.ts";
import { Statements } from "./statement.ts";

/** An operation that was asked, and its plans by what is skipped and included. */
interface Known {
  readonly operation: OperationDefinitionNode;
  /** The variables that decide what is skipped and included. */
  readonly deciding: readonly string[];
  readonly plans: Map<string, KnownPlan | null>;
  /** Tells its statements from those of others; undefined where it is not kept. */
  readonly key: string | undefined;
}

interface KnownPlan extends Plan {
  readonly key: string | undefined;
}

/** An answer, or what is to be done instead. */
type Outcome = Answer | { readonly instead: ExecutionResult | FallBack };

/** What was asked, and the change set that its answer is as of: together they tell one answer from all others. */
export interface Question {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  /** As JSON. */
  readonly variables: string;
  readonly head: number;
}

const keptOperations = 500;
const longestKept = 8_192;
/** As many ways of skipping and including as are kept of one operation. */
const keptPlans = 32;

/** Answers queries with one statement each, as ordinary execution would; what no plan answers is executed. */
export class Plans {
  readonly report: PlanReport;
  readonly #kept: KeptAnswers | null;
  readonly #heads = new WeakMap<Db, Head>();
  readonly #known = new LRUCache<string, Known>({
    max: keptOperations,
    maxSize: keptOperations * longestKept,
    maxEntrySize: longestKept,
    sizeCalculation: (_known, key) => key.length,
  });
  readonly #statements = new Statements();
  #keys = 0;

  /** `kept` keeps answers for those who ask the same again; null to keep none. */
  constructor(report: PlanReport = new PlanReport(), kept: KeptAnswers | null = null) {
    this.report = report;
    this.#kept = kept;
  }

  /**
   * Executes an operation that was validated: by its plan, or else in the ordinary way.
   * @param tell told of an answer that is the same for all who may read, and what it answers
   * @param note told why it was executed in the ordinary way; null where its plan answered
   */
  async execute(
    args: ExecutionArgs,
    tell?: (question: Question) => void,
    note?: (fellBack: FallBack | null) => void,
  ): Promise<ExecutionResult> {
    const answer = await this.#answer(args, tell);
    note?.(typeof answer === "string" ? answer : null);
    if (typeof answer !== "string") {
      this.report.planned += 1;
      return answer;
    }
    this.report.fallBack(answer);
    return execute(args);
  }

  async #answer(args: ExecutionArgs, tell?: (question: Question) => void): Promise<ExecutionResult | FallBack> {
    const { schema, document, operationName, variableValues, contextValue } = args;
    const known = this.#know(document, operationName ?? undefined);
    if (known?.operation.operation !== "query") return "no query";
    const { coerced } = getVariableValues(schema, known.operation.variableDefinitions ?? [], variableValues ?? {});
    if (!coerced) return "refused";
    const plan = this.#plan(schema, document, known, coerced);
    if (!plan) return "unplanned";
    const { asker, db } = contextValue as GraphContext;
    if (![...plan.permissions].every((permission) => asker.scopes.has(permission))) return "refused";
    const variables = JSON.stringify(coerced);
    const answer = await this.#find(plan, variables, db, () => this.#run(plan, known, new Run(coerced), db));
    if (!("text" in answer)) return answer.instead;
    if (isOpen(plan)) tell?.({ document, operationName, variables, head: answer.head });
    return answerOf(answer.text);
  }

  /** The answer that is kept, if it is still right, or else that of `run`, which is then kept. */
  async #find(plan: KnownPlan, variables: string, db: Db, run: () => Promise<Outcome>): Promise<Outcome> {
    if (!this.#kept || !isOpen(plan) || plan.key === undefined) return run();
    const question = `${plan.key}\0${variables}`;
    const head = () => this.#headOf(db).read();
    const found = await this.#kept.find(question, head);
    if (found) return found;
    // A moment is opened before the statement runs: what is entered in between, it may not have seen.
    const before = plan.opens ? await head() : null;
    const answer = await run();
    if ("text" in answer && (before ?? answer.head) === answer.head) this.#kept.keep(question, answer);
    return answer;
  }

  /** The answer to a question, or what is to be done instead. */
  async #run(plan: KnownPlan, { operation }: Known, run: Run, db: Db): Promise<Outcome> {
    let row: readonly (string | null)[];
    try {
      await plan.open(run, db);
      const statement = this.#statements.write(plan.statement, run, plan.key);
      row = await this.#statements.send(db.pool, statement, run);
    } catch (error) {
      if (isRefusal(error)) return { instead: "refused" };
      // To ask again in many statements what the database cannot answer now would only load it more.
      if (databaseFault(error)) {
        return { instead: { data: null, errors: [locatedError(error, fieldsOf(operation), pathOf(operation))] } };
      }
      this.report.tell({ why: "fault", what: String(error), operation: print(operation) });
      return { instead: "fault" };
    }
    const [text, head] = row;
    if (typeof text !== "string") return { instead: "null" };
    const answer = plan.finish(text, run);
    return answer.includes(missing) ? { instead: "null" } : { text: answer, head: Number(head) };
  }

  #headOf(bound: Db): Head {
    const db = bound.whole ?? bound;
    let head = this.#heads.get(db);
    if (!head) this.#heads.set(db, (head = new Head(db.pool)));
    return head;
  }

  /** The operation that a request asks for; undefined where it names none. */
  #know(document: DocumentNode, name: string | undefined): Known | undefined {
    const source = document.loc?.source.body;
    const key = source === undefined ? undefined : `${name ?? ""}\0${source}`;
    let known = key === undefined ? undefined : this.#known.get(key);
    if (known) return known;
    const operation = getOperationAST(document, name);
    if (!operation) return undefined;
    this.#keys += 1;
    const kept = key !== undefined && key.length <= longestKept;
    const deciding = decidingVariables(document);
    known = { operation, deciding, plans: new Map(), key: kept ? String(this.#keys) : undefined };
    if (kept) this.#known.set(key, known);
    return known;
  }

  /** The plan of an operation with these variables; null where none can be made. */
  #plan(schema: GraphQLSchema, document: DocumentNode, known: Known, variables: Run["variables"]): KnownPlan | null {
    const shape = known.deciding.map((name) => String(variables[name])).join();
    let plan = known.plans.get(shape);
    if (plan !== undefined) return plan;
    try {
      const key = known.key === undefined ? undefined : `${known.key} ${shape}`;
      plan = { ...planOperation({ schema, document, operation: known.operation, variables }), key };
    } catch (error) {
      plan = null;
      const why = error instanceof Unplanned ? "unplanned" : "fault";
      this.report.tell({ why, what: String(error), operation: print(known.operation) });
    }
    if (known.plans.size < keptPlans) known.plans.set(shape, plan);
    return plan;
  }
}

/** Whether a plan answers everybody who may read alike. */
function isOpen({ permissions }: Plan): boolean {
  return [...permissions].every((permission) => permission === "read");
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

/** Whether what was asked is refused, so that ordinary execution will say how. */
function isRefusal(error: unknown): boolean {
  return [GraphQLError, Refusal, InvalidValue, Unplanned].some((kind) => error instanceof kind);
}

function fieldsOf({ selectionSet }: OperationDefinitionNode): FieldNode[] {
  return selectionSet.selections.filter((each) => each.kind === Kind.FIELD);
}

function pathOf(operation: OperationDefinitionNode): string[] {
  const [field] = fieldsOf(operation);
  return field ? [field.alias?.value ?? field.name.value] : [];
}

/** An answer that is written already, and read only by who wants to look into it: copies of it are written the same. */
function answerOf(text: string): ExecutionResult {
  const told: object = {
    // Yoga writes an answer by its own method, where it has one.
    stringify: ({ errors, extensions }: ExecutionResult) => {
      if (errors !== undefined) return JSON.stringify({ errors, data: JSON.parse(text) as unknown, extensions });
      return extensions === undefined
        ? `{"data":${text}}`
        : `{"data":${text},"extensions":${JSON.stringify(extensions)}}`;
    },
  };
  return Object.defineProperty(told, "data", { get: () => JSON.parse(text) as unknown });
}
