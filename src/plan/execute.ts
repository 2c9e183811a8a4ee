import {
  execute,
  getVariableValues,
  GraphQLError,
  Kind,
  locatedError,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import type { Asker } from "../access/asker.ts";
import type { Db } from "../db/client.ts";
import { databaseFault } from "../db/fault-code.ts";
import { Refusal } from "../errors.ts";
import type { GraphContext } from "../graph/context.ts";
import { InvalidValue } from "../values/invalid-value.ts";
import { Head } from "./head.ts";
import { missing } from "./json.ts";
import type { Answer, KeptAnswers } from "./kept-answer.ts";
import { KnownOperations, type KnownOperation, type KnownPlan } from "./operation.ts";
import { outlineOf } from "./outline.ts";
import type { Plan } from "./plan.ts";
import { Unplanned } from "./planning.ts";
import { PlanReport, type FallBack } from "./report.ts";
import { Run } from "./run.ts";
import { Queue } from "./queue.ts";
import { Statements, type Selected } from "./statement.ts";

/** What was asked, and the change set that its answer is as of: together they tell one answer from all others. */
export interface Question {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  /** As JSON. */
  readonly variables: string;
  readonly head: number;
}

/** What a plan answered. */
export interface Planned {
  /** The `data` of the answer, as JSON. */
  readonly text: string;
  /** Tells what was asked, if only that and the record decide the answer; else null. */
  readonly question: (() => Question) | null;
}

/** What came of asking a plan: an answer, or what is to be done instead. */
export type Outcome = Planned | { readonly instead: ExecutionResult | FallBack };

/** Who asks for the plan of an operation, with what variables, of which database. */
export interface Asked {
  readonly schema: GraphQLSchema;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
  readonly asker: Asker;
  readonly db: Db;
}

/** Who is told what of an operation while it is executed, and what was tried before. */
export interface Executing {
  /** Told of an answer that is the same for all who may read, and what it answers. */
  readonly tell?: ((question: Question) => void) | undefined;
  /** Told why it was executed in the ordinary way; null where its plan answered. */
  readonly note?: ((fellBack: FallBack | null) => void) | undefined;
  /** What came of asking its plan, where that was done already. */
  readonly tried?: Outcome | undefined;
}

/** Answers queries with one statement each, as ordinary execution would; what no plan answers is executed. */
export class Plans {
  readonly report: PlanReport;
  readonly #kept: KeptAnswers | null;
  readonly #known: KnownOperations;
  readonly #heads = new WeakMap<Db, Head>();
  readonly #statements = new Statements();
  /** Why plans could not answer some of what they were asked, which is logged once. */
  readonly #told = new WeakMap<KnownPlan, Set<string>>();
  readonly #queues = new WeakMap<Db, Queue>();

  /** `kept` keeps answers for those who ask the same again; null to keep none. */
  constructor(report: PlanReport = new PlanReport(), kept: KeptAnswers | null = null) {
    this.report = report;
    this.#kept = kept;
    this.#known = new KnownOperations(report);
  }

  /** Executes an operation that was validated: by its plan, or else in the ordinary way. */
  async execute(args: ExecutionArgs, { tell, note, tried }: Executing = {}): Promise<ExecutionResult> {
    const outcome = tried ?? (await this.#answer(args));
    if ("text" in outcome) {
      if (outcome.question) tell?.(outcome.question());
      note?.(null);
      return answerOf(outcome.text);
    }
    const { instead } = outcome;
    note?.(typeof instead === "string" ? instead : null);
    return typeof instead === "string" ? execute(args) : instead;
  }

  /** The operation of this name, or the only one, of a document that was executed with this text before: a valid one. */
  recall(text: string, name: string | undefined): KnownOperation | undefined {
    return this.#known.recall(text, name);
  }

  /** Asks the plan of an operation, and counts what came of it. */
  async ask(known: KnownOperation | undefined, asked: Asked): Promise<Outcome> {
    const outcome = await this.#ask(known, asked);
    if ("text" in outcome || typeof outcome.instead !== "string") this.report.planned += 1;
    else this.report.fallBack(outcome.instead);
    return outcome;
  }

  #answer({ schema, document, operationName, variableValues, contextValue }: ExecutionArgs): Promise<Outcome> {
    const { asker, db } = contextValue as GraphContext;
    const known = this.#known.know(document, operationName ?? undefined);
    return this.ask(known, { schema, operationName, variables: variableValues, asker, db });
  }

  async #ask(known: KnownOperation | undefined, asked: Asked): Promise<Outcome> {
    if (known?.operation.operation !== "query") return { instead: "no query" };
    const { schema, operationName, asker, db } = asked;
    const { coerced } = getVariableValues(schema, known.operation.variableDefinitions ?? [], asked.variables ?? {});
    if (!coerced) return { instead: "refused" };
    const plan = this.#known.plan(schema, known, coerced);
    if (!plan) return { instead: "unplanned" };
    for (const permission of plan.permissions) if (!asker.scopes.has(permission)) return { instead: "refused" };
    const run = new Run(coerced, asker);
    const answer = await this.#find(plan, run, db, () => this.#run(plan, known, run, db));
    if (!("text" in answer)) return answer;
    const { text, head } = answer;
    const { document } = known;
    const question = () => ({ document, operationName, variables: JSON.stringify(coerced), head });
    return { text, question: isOpen(plan) ? question : null };
  }

  /** The answer that is kept, if it is still right, or else that of `run`, which is then kept. */
  async #find(plan: KnownPlan, { variables }: Run, db: Db, run: () => Promise<Ran>): Promise<Ran> {
    if (!this.#kept || !isOpen(plan) || plan.key === undefined) return run();
    const question = `${plan.key}\0${JSON.stringify(variables)}`;
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
  async #run(plan: KnownPlan, { operation }: KnownOperation, run: Run, db: Db): Promise<Ran> {
    let row: Selected;
    try {
      await plan.open(run, db);
      const statement = this.#statements.write(plan.statement, run, plan.key);
      row = await this.#queueOf(db).send(statement, run.parameters.values, db.signal);
    } catch (error) {
      const ended = db.signal?.aborted && error === db.signal.reason;
      if (!ended && isRefusal(error)) return { instead: "refused" };
      if (error instanceof Unplanned) {
        const [what, told] = [String(error), this.#told.get(plan) ?? new Set<string>()];
        if (!told.has(what)) this.report.tell({ why: "unplanned", what, operation: outlineOf(operation) });
        this.#told.set(plan, told.add(what));
        return { instead: "unplanned" };
      }
      // To ask again in many statements what the database cannot answer now, or nobody waits for, would only load it more.
      if (ended || databaseFault(error)) {
        return { instead: { data: null, errors: [locatedError(error, fieldsOf(operation), pathOf(operation))] } };
      }
      this.report.tell({ why: "fault", what: String(error), operation: outlineOf(operation) });
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

  #queueOf(bound: Db): Queue {
    const db = bound.whole ?? bound;
    let queue = this.#queues.get(db);
    if (!queue) this.#queues.set(db, (queue = new Queue(db.pool, this.#statements, this.report)));
    return queue;
  }
}

/** What came of running a plan. */
type Ran = Answer | { readonly instead: ExecutionResult | FallBack };

/** Whether a plan answers everybody who may read alike. */
function isOpen({ permissions, isPersonal }: Plan): boolean {
  if (isPersonal) return false;
  for (const permission of permissions) if (permission !== "read") return false;
  return true;
}

/** Whether what was asked is refused, so that ordinary execution will say how. */
function isRefusal(error: unknown): boolean {
  return [GraphQLError, Refusal, InvalidValue].some((kind) => error instanceof kind);
}

function fieldsOf({ selectionSet }: OperationDefinitionNode): FieldNode[] {
  return selectionSet.selections.filter((each) => each.kind === Kind.FIELD);
}

function pathOf(operation: OperationDefinitionNode): string[] {
  const [field] = fieldsOf(operation);
  return field ? [field.alias?.value ?? field.name.value] : [];
}

/** What stands before and behind `data` that is written as JSON already, in an answer with these `extensions`. */
export function writeAround(extensions?: object): readonly [before: string, behind: string] {
  return ['{"data":', extensions === undefined ? "}" : `,"extensions":${JSON.stringify(extensions)}}`];
}

/** An answer that is written already, and read only by who wants to look into it: copies of it are written the same. */
function answerOf(text: string): ExecutionResult {
  const told: object = {
    // Yoga writes an answer by its own method, where it has one.
    stringify: ({ errors, extensions }: ExecutionResult) => {
      if (errors === undefined) return writeAround(extensions).join(text);
      return JSON.stringify({ errors, data: JSON.parse(text) as unknown, extensions });
    },
  };
  return Object.defineProperty(told, "data", { get: () => JSON.parse(text) as unknown });
}
