import {
  getOperationAST,
  GraphQLError,
  validate,
  type ExecutionArgs,
  type ExecutionResult,
  type OperationDefinitionNode,
} from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Db } from "../db/client.ts";
import { bounds } from "../limit/bound.ts";
import { parseDocument } from "../limit/document.ts";
import { priceOf } from "../limit/price.ts";
import { begunOf, type Begun } from "./begun.ts";
import { endingOf } from "./ending.ts";
import type { Rate } from "./rate.ts";
import { seenOf, type Seen } from "./seen.ts";

/** As much of an operation's name, which its asker chose, as a log repeats. */
const longestName = 64;

/** What an operation asked for costs. */
type Asked = Pick<ExecutionArgs, "schema" | "document" | "operationName"> & { variableValues?: unknown };

/**
 * Prices an operation before anything of it is resolved.
 * @throws GraphQLError QUERY_TOO_COMPLEX, with `cost` and `max`, for more than is answered
 */
export function priceWithin({ schema, document, operationName, variableValues }: Asked): number {
  const cost = priceOf(schema, document, operationName, variableValues as Record<string, unknown> | undefined);
  if (cost <= bounds.cost) return cost;
  throw new GraphQLError(
    `The question costs ${cost}, as many objects as its answer may hold; at most ${bounds.cost} are answered: ask for smaller pages, or in several requests.`,
    { extensions: { code: "QUERY_TOO_COMPLEX", cost, max: bounds.cost, http: { status: 400 } } },
  );
}

/** What the `extensions` of an answer tell of its cost. */
export const costExtensions = (cost: number) => ({ cost: { requested: cost, max: bounds.cost } });

/** What the headers of an answer tell of its cost. */
export const costHeaders = (cost: number) => ({ "x-cost": String(cost) });

/** Tells the cost of an answer, in its `extensions` and in the header `x-cost`. */
export function tellCost(result: ExecutionResult, cost: number): ExecutionResult {
  const http = { headers: costHeaders(cost) };
  return { ...result, extensions: { ...result.extensions, ...costExtensions(cost), http } };
}

/** Notes of a request which operation it asks for. */
export function noteOperation(seen: Seen, operation: OperationDefinitionNode | null | undefined): void {
  seen.op = operation?.name?.value.slice(0, longestName) ?? null;
  seen.kind = operation?.operation ?? null;
}

/** The error that pricing throws, as the whole answer. */
function refusedBy(price: () => number): ExecutionResult | number {
  try {
    return price();
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
}

/** Lets the statements of a query end with the request that asks it, or when they have taken too long. */
function endWith(request: Request, context: { db: Db }, begun: Begun | undefined): () => void {
  const ending = begun?.ending ?? endingOf(context.db);
  const stop = () => ending.end(request.signal.reason);
  request.signal.addEventListener("abort", stop, { once: true });
  context.db = ending.db;
  return () => {
    ending.done();
    request.signal.removeEventListener("abort", stop);
  };
}

type Write = (answer: unknown) => string;

/** Writes an answer by `write`, unless it is too long. */
function writeWithin(write: Write): Write {
  return (answer) => {
    const text = write(answer);
    // A character takes three bytes at most.
    if (text.length * 3 <= bounds.answerBytes || Buffer.byteLength(text) <= bounds.answerBytes) return text;
    const message = `The answer has more than ${bounds.answerBytes} bytes; ask for smaller pages, or fewer texts at once.`;
    throw new GraphQLError(message, { extensions: { code: "QUERY_TOO_COMPLEX", http: { status: 400 } } });
  };
}

interface Operation {
  readonly args: ExecutionArgs;
  readonly stop: (result: ExecutionResult) => void;
  readonly rate: Rate | null;
}

/** Prices and charges an operation and notes what it is; stops it, and gives null, where it costs too much. */
function admit({ args, stop, rate }: Operation): number | null {
  const { request } = args.contextValue as { request: Request };
  const seen = seenOf(request);
  const operation = getOperationAST(args.document, args.operationName);
  noteOperation(seen, operation);
  const cost = refusedBy(() => {
    const price = priceWithin(args);
    const { document } = args;
    if (!begunOf(args)?.charged) rate?.charge(rate.whoseIs(request), { document, operation, cost: price });
    return price;
  });
  if (typeof cost === "number") return (seen.cost = cost);
  stop(cost);
  return null;
}

/** What executes an operation, in the order of the question. */
export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;

/** Keeps documents, operations, their time, and the length of answers within bounds; `execute` answers those that are. */
export const limits = (execute: Execute, rate: Rate | null): Plugin => ({
  onParse({ setParseFn }) {
    setParseFn(parseDocument);
  },
  onValidate({ setValidationFn }) {
    // One more error tells that there are more.
    const options = { maxErrors: bounds.errors - 1, hideSuggestions: true };
    setValidationFn((...[schema, document, rules]: Parameters<typeof validate>) =>
      validate(schema, document, rules, options),
    );
  },
  onExecute({ args, setExecuteFn, setResultAndStopExecution }) {
    const cost = admit({ args, stop: setResultAndStopExecution, rate });
    if (cost === null) return;
    // Yoga's own executor puts what had to be waited for behind the rest; this one keeps the order of the question.
    setExecuteFn((given: ExecutionArgs) => execute({ ...given, hideSuggestions: true }));
    const context = args.contextValue as unknown as { request: Request; db: Db };
    // A mutation is either done or not: who has left does not stop it half-way.
    const done =
      seenOf(context.request).kind === "query" ? endWith(context.request, context, begunOf(args)) : () => undefined;
    return {
      onExecuteDone: ({ result, setResult }) => {
        done();
        if (Symbol.asyncIterator in result) return;
        const { stringify: write = JSON.stringify } = result as { stringify?: Write };
        setResult({ ...tellCost(result, cost), stringify: writeWithin(write) } as ExecutionResult);
      },
    };
  },
  onSubscribe({ args, setResultAndStopExecution }) {
    admit({ args, stop: setResultAndStopExecution, rate });
  },
});
