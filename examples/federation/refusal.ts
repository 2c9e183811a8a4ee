import { GraphQLError } from "graphql";
import { maskError } from "graphql-yoga";

/**
 * Words an error as the record's API does, so that a client acts on what the gateway itself finds as on what the record
 * says: what is wrong with a question has a code, and where the record is away it is to ask again.
 */
export function wordRefusal(error: unknown, message: string, isDev?: boolean): Error {
  if (isAway(error)) {
    const extensions = { code: "OVERLOADED", retryable: true };
    return new GraphQLError("What stands behind the gateway cannot be reached; ask again.", { extensions });
  }
  const told = maskError(error, message, isDev);
  // What is wrong with variables is found here first, and comes without a code.
  if (told instanceof GraphQLError && told.extensions["code"] === undefined) told.extensions["code"] = "BAD_USER_INPUT";
  return told;
}

/** Whether there was no connection, or it broke, by whatever wraps that. */
function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, originalError, cause } = error as Error & { code?: unknown; originalError?: unknown };
  return /^(?:E[A-Z]+|UND_ERR_\w+)$/.test(String(code)) || isAway(originalError) || isAway(cause);
}

/** Codes of the gateway's own, by what the record calls the same. */
const ownCodes: Readonly<Record<string, string>> = {
  BAD_REQUEST: "BAD_USER_INPUT",
  OPERATION_RESOLUTION_FAILURE: "BAD_USER_INPUT",
  PERSISTED_QUERY_NOT_SUPPORTED: "BAD_USER_INPUT",
  DOWNSTREAM_SERVICE_ERROR: "OVERLOADED",
};

/**
 * Completes what is told of errors, as the record does: each says whether it passes and in which request it arose, under
 * a code of the record's, and names nothing that was not asked for.
 */
export function tellRefusals(errors: readonly GraphQLError[], requestId: string): GraphQLError[] {
  return errors.map(({ message, nodes, path, extensions }) => {
    const { originalError: _, code = "BAD_USER_INPUT", ...others } = extensions;
    const own = ownCodes[String(code)];
    const told = { retryable: own === "OVERLOADED", ...others, code: own ?? code, requestId };
    return new GraphQLError(message.replace(/ Did you mean .*\?$/s, ""), {
      nodes: nodes ?? null,
      path: path ?? null,
      extensions: told,
    });
  });
}
