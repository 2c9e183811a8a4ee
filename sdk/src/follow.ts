import { ask } from "./ask.ts";
import type { ClientOptions, SubscribeOptions } from "./options.ts";
import type { AnyOperation } from "./types.ts";

/**
 * The events of a subscription. A generator answers `return` only after the event it waits for; this one stops
 * waiting, so that a component that is taken down can end it at once.
 */
export function follow(
  client: ClientOptions,
  operation: AnyOperation,
  variables: unknown,
  options: SubscribeOptions = {},
): AsyncIterableIterator<unknown> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, options.signal ?? stop.signal]);
  const events = ask(client, operation, variables, { ...options, signal });
  return {
    next: () =>
      events.next().catch((error: unknown) => {
        if (stop.signal.aborted) return { done: true, value: undefined };
        throw error;
      }),
    return: () => {
      stop.abort();
      return events.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
