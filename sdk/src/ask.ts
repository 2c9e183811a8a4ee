import { failing } from "./answer.ts";
import { type AnyOptions, type Progress, attempt } from "./attempt.ts";
import { isApiError } from "./errors.ts";
import type { ClientOptions } from "./options.ts";
import { delayAfter, isWorthRetrying } from "./retry.ts";
import type { AnyOperation } from "./types.ts";
import { valueAt } from "./value.ts";
import { pause } from "./watch.ts";

/**
 * Asks until there is an answer: one for a query or mutation; for a subscription one after another, its stream opened
 * again after the last event's cursor when it breaks. A subscription without a cursor throws instead, since events
 * could be missed without a sign.
 * Throws an `ApiError` when the server refuses, or when it cannot be had within the attempts allowed.
 */
export async function* ask(
  client: ClientOptions,
  operation: AnyOperation,
  initial: unknown,
  options: AnyOptions = {},
): AsyncGenerator<unknown, void, void> {
  const { headers, signal, retries = client.retries ?? 2 } = options;
  const { idempotencyKey = operation.kind === "mutation" && retries > 0 ? newKey() : undefined } = options;
  const progress: Progress = { failures: 0, open: false };
  let hash = client.persisted ? operation.sha256 : undefined;
  let variables = initial;
  for (;;) {
    try {
      const request = { operation, variables, hash, headers, idempotencyKey };
      for await (const data of attempt(client, request, options, progress)) {
        progress.failures = 0;
        // An event that lost its cursor leaves the one before it: without any, what comes meanwhile would be missed.
        const after = operation.resume && valueAt(data, operation.resume);
        if (after) variables = { ...(variables as object), after };
        yield data;
      }
      return;
    } catch (error) {
      if (!isApiError(error)) throw error;
      if (hash && client.persisted !== "only" && error.code === "PERSISTED_QUERY_NOT_FOUND") {
        hash = undefined;
        continue;
      }
      const failures = ++progress.failures;
      const lost = progress.open && (options.reconnect === false || !operation.resume);
      if (lost || !isWorthRetrying(error, failures, progress.open ? Infinity : retries)) throw error;
      await pause(delayAfter(error, failures), signal, failing(operation.name, failures));
    }
  }
}

/** The one answer of a query or mutation. */
export async function askOnce(...question: Parameters<typeof ask>): Promise<unknown> {
  for await (const data of ask(...question)) return data;
  return undefined;
}

/** A name for a mutation; `crypto.randomUUID` is missing from pages that came over plain HTTP. */
function newKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
