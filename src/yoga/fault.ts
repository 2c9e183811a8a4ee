import { GraphQLError } from "graphql";
import type { Plugin } from "graphql-yoga";
import { databaseFault, type DatabaseFault } from "../db/fault-code.ts";
import { isLockTimeout } from "../db/sql/lock-record.ts";
import { apiCodes, Refusal } from "../errors.ts";
import { InvalidValue } from "../values/invalid-value.ts";

/** Told of every fault that was masked, with the id that its caller was given; null where no request was its cause. */
export type ReportFault = (fault: unknown, requestId: string | null) => void;

/** What is told of each thing that may befall the database; all of it passes. */
const told: Readonly<Record<DatabaseFault, string>> = {
  DB_UNAVAILABLE: "The database cannot be reached; try again shortly.",
  OVERLOADED: "Too many questions are being answered; try again shortly.",
  TIMEOUT: "The question took too long.",
  STORAGE_FULL: "The database has no room left, so nothing can be entered; what is there can be read.",
  READ_ONLY: "The database takes no changes now; what is there can be read.",
};

/** The `extensions` of an error that passes: whatever was asked for, the status is 503. */
function passing(code: string, seconds = 1): object {
  const http = { status: 503, headers: { "retry-after": String(seconds) } };
  return { code, retryable: true, retryAfterMs: seconds * 1_000, http };
}

/** What ends an operation that takes longer than `bounds.executionMs`. */
export function tookTooLong(): GraphQLError {
  return new GraphQLError(told.TIMEOUT, { extensions: passing("TIMEOUT") as never });
}

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
  const masked = (message: string, extensions: object) => {
    const instead = as(message, extensions);
    faults.set(instead, cause);
    return instead;
  };
  if (cause instanceof GraphQLError) return error as GraphQLError;
  if (cause instanceof Refusal) {
    const passes = Object.hasOwn(told, cause.code) ? passing(cause.code) : { code: cause.code };
    return as(cause.message, { ...passes, ...cause.details });
  }
  if (cause instanceof InvalidValue) return as(cause.message, { code: "BAD_USER_INPUT" });
  // Who asked is gone, and hears nothing of it.
  if (cause instanceof DOMException && cause.name === "AbortError")
    return as("The request was given up.", { code: "BAD_USER_INPUT" });
  // What was sent is parsed before anything else is done with it, so these are of its making.
  if (cause instanceof SyntaxError && atTheDoor(error))
    return as("The request is not JSON.", { ...bad, code: "BAD_USER_INPUT" });
  if (cause instanceof RangeError && atTheDoor(error)) {
    return as("The document is nested too deeply.", { ...bad, code: "GRAPHQL_PARSE_FAILED" });
  }
  if (isLockTimeout(cause)) {
    return masked("A change to the record is under way, and takes long; try again shortly.", passing("TIMEOUT"));
  }
  const fault = databaseFault(cause);
  if (fault) return masked(told[fault], passing(fault));
  const http = atTheDoor(error) ? { http: { status: 500 } } : {};
  return masked("Something went wrong on the server.", { code: "INTERNAL_SERVER_ERROR", retryable: false, ...http });
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

/**
 * The errors of an answer as they are told: each with a code of ours, whether it passes, and the id of the request, by which
 * the log has it. What has no code of ours, such as an error of the transport, has that of bad input. They are copies,
 * for those of a document that is asked again are remembered.
 */
export function tellErrors(errors: readonly GraphQLError[], requestId: string): GraphQLError[] {
  return errors.map((error) => {
    const { message, nodes, source, positions, path, originalError } = error;
    const { originalError: _, ...others } = error.extensions;
    const known = (apiCodes as readonly unknown[]).includes(others["code"]);
    const coded = known ? error.extensions : { ...others, code: "BAD_USER_INPUT" };
    const extensions = { retryable: false, ...coded, requestId };
    return new GraphQLError(message, { nodes, source, positions, path, originalError, extensions } as never);
  });
}

/** Reports what was masked in an answer, with the id of the request. */
export function reportFaults(requestId: string, report: ReportFault): (errors: readonly GraphQLError[]) => void {
  return (errors) => {
    for (const error of errors) {
      if (faults.has(error)) report(faults.get(error), requestId);
    }
  };
}
