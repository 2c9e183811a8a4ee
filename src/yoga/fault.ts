import { GraphQLError } from "graphql";
import type { Plugin } from "graphql-yoga";
import { isLockTimeout } from "../db/sql/lock-record.ts";
import { apiCodes, Refusal } from "../errors.ts";
import { InvalidValue } from "../values/invalid-value.ts";

/** Told of every fault that was masked, with the id that its caller was given; null where no request was its cause. */
export type ReportFault = (fault: unknown, requestId: string | null) => void;

/** How Node, node-postgres and PostgreSQL say that there is no connection: by code, or where they have none by message. */
const lostCodes = /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|08...|57P..)$/;
const lostMessages = new Set([
  "timeout exceeded when trying to connect",
  "Connection terminated unexpectedly",
  "Connection terminated due to connection timeout",
  "Connection terminated",
]);

/** What was masked, by the error that was told instead. */
const faults = new WeakMap<object, unknown>();

const bad = { http: { status: 400 } };

/** Whether an error arose before a field was resolved. */
function atTheDoor(error: unknown): boolean {
  return !(error instanceof GraphQLError) || error.path === undefined;
}

/** The cause of an error, below what the executor wrapped around it. */
function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? causeOf(error.originalError) : error;
}

/**
 * What a caller is told of an error: refusals as they are, with their code; the database out of reach by its code;
 * anything else as an internal error, and nothing more. What was masked is kept for `reportFaults`.
 */
export function maskFault(error: unknown): GraphQLError {
  const cause = causeOf(error);
  const shape = error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {};
  const as = (message: string, extensions: object) => new GraphQLError(message, { ...shape, extensions } as never);
  const masked = (message: string, code: string, retryable: boolean) => {
    const told = as(message, { code, retryable });
    faults.set(told, cause);
    return told;
  };
  if (cause instanceof GraphQLError) return error as GraphQLError;
  if (cause instanceof Refusal) return as(cause.message, { code: cause.code, ...cause.details });
  if (cause instanceof InvalidValue) return as(cause.message, { code: "BAD_USER_INPUT" });
  // What was sent is parsed before anything else is done with it, so these are of its making.
  if (cause instanceof SyntaxError && atTheDoor(error))
    return as("The request is not JSON.", { ...bad, code: "BAD_USER_INPUT" });
  if (cause instanceof RangeError && atTheDoor(error)) {
    return as("The document is nested too deeply.", { ...bad, code: "GRAPHQL_PARSE_FAILED" });
  }
  const { code = "", message = "" } = (cause ?? {}) as { code?: unknown; message?: unknown };
  if (lostCodes.test(String(code)) || lostMessages.has(String(message))) {
    return masked("The database cannot be reached; try again shortly.", "DB_UNAVAILABLE", true);
  }
  if (isLockTimeout(cause)) {
    return masked("A change to the record is under way, and takes long; try again shortly.", "TIMEOUT", true);
  }
  if (code === "57014") return masked("The question took too long.", "TIMEOUT", true);
  return masked("Something went wrong on the server.", "INTERNAL_SERVER_ERROR", false);
}

/** Gives an error its code, unless it has one. */
function coded(error: unknown, code: string): void {
  if (!(error instanceof GraphQLError) || error.extensions["code"] !== undefined) return;
  error.extensions["code"] = causeOf(error) instanceof InvalidValue ? "BAD_USER_INPUT" : code;
}

/** Gives the errors of parsing, of validation and of variables the codes of the API. */
export const codes: Plugin = {
  onParse:
    () =>
    ({ result }) =>
      coded(result, "GRAPHQL_PARSE_FAILED"),
  onValidate:
    () =>
    ({ result }) => {
      for (const error of result) coded(error, "GRAPHQL_VALIDATION_FAILED");
    },
  onExecute: () => ({
    onExecuteDone: ({ result }) => {
      if (!("errors" in result)) return;
      for (const error of result.errors ?? [])
        if ((error as GraphQLError).path === undefined) coded(error, "BAD_USER_INPUT");
    },
  }),
};

/** Gives whatever has no code of ours, such as an error of the transport, the code of bad input. */
export function codeAll(errors: readonly GraphQLError[]): void {
  for (const error of errors) {
    const { extensions } = error;
    if ((apiCodes as readonly unknown[]).includes(extensions["code"])) continue;
    extensions["code"] = "BAD_USER_INPUT";
    delete extensions["originalError"];
  }
}

/** Reports what was masked in an answer, and gives its errors the id of the request, by which the report is found. */
export function reportFaults(requestId: string, report: ReportFault): (errors: readonly GraphQLError[]) => void {
  return (errors) => {
    for (const error of errors) {
      if (!faults.has(error)) continue;
      error.extensions["requestId"] = requestId;
      report(faults.get(error), requestId);
    }
  };
}
