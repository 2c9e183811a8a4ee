import { GraphQLError, validate, type ExecutionArgs, type ExecutionResult } from "graphql";
import type { Plugin } from "graphql-yoga";
import { bounds } from "../limit/bound.ts";
import { costOf } from "../limit/cost.ts";
import { parseDocument } from "../limit/document.ts";

/** What an operation asked for costs. */
type Asked = Pick<ExecutionArgs, "schema" | "document" | "operationName"> & { variableValues?: unknown };

/**
 * Prices an operation before anything of it is resolved.
 * @throws GraphQLError QUERY_TOO_COMPLEX, with `cost` and `max`, for more than is answered
 */
export function priceWithin({ schema, document, operationName, variableValues }: Asked): number {
  const cost = costOf(schema, document, operationName, variableValues as Record<string, unknown> | undefined);
  if (cost <= bounds.cost) return cost;
  throw new GraphQLError(
    `The question costs ${cost}, as many objects as its answer may hold; at most ${bounds.cost} are answered: ask for smaller pages, or in several requests.`,
    { extensions: { code: "QUERY_TOO_COMPLEX", cost, max: bounds.cost, http: { status: 400 } } },
  );
}

/** Tells the cost of an answer, in its `extensions` and in the header `x-cost`. */
export function tellCost(result: ExecutionResult, cost: number): ExecutionResult {
  const http = { headers: { "x-cost": String(cost) } };
  return { ...result, extensions: { ...result.extensions, cost: { requested: cost, max: bounds.cost }, http } };
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

/** What executes an operation, in the order of the question. */
export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;

/** Keeps documents, operations and the number of errors told within bounds; `execute` answers those that are. */
export const limits = (execute: Execute): Plugin => ({
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
    const cost = refusedBy(() => priceWithin(args));
    if (typeof cost !== "number") {
      setResultAndStopExecution(cost);
      return;
    }
    // Yoga's own executor puts what had to be waited for behind the rest; this one keeps the order of the question.
    setExecuteFn((given: ExecutionArgs) => execute({ ...given, hideSuggestions: true }));
    return {
      onExecuteDone: ({ result, setResult }) => {
        if (!(Symbol.asyncIterator in result)) setResult(tellCost(result, cost));
      },
    };
  },
  onSubscribe({ args, setResultAndStopExecution }) {
    const cost = refusedBy(() => priceWithin(args));
    if (typeof cost !== "number") setResultAndStopExecution(cost);
  },
});
