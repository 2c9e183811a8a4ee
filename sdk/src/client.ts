import { askOnce } from "./ask.ts";
import { follow } from "./follow.ts";
import type { ClientOptions, RequestOptions, SubscribeOptions } from "./options.ts";
import { type AnyPagedOperation, readPages } from "./page.ts";
import type { AnyOperation, Arguments, At, NodeOf, Operation, PagedOperation } from "./types.ts";

/** A connection to one server. It holds no socket: there is nothing to close. */
export interface Client {
  /** Runs a query or mutation. Refusals that a mutation's result can name come back as results; others are thrown. */
  run<Result, Variables>(
    operation: Operation<"query" | "mutation", Result, Variables>,
    ...args: Arguments<Variables, RequestOptions>
  ): Promise<Result>;

  /** Every node of an operation's list, page after page as they are wanted; `break` stops the asking. */
  iterate<Result, Variables, const Path extends readonly string[]>(
    operation: PagedOperation<Result, Variables, Path>,
    ...args: Arguments<Variables, RequestOptions>
  ): AsyncGenerator<NodeOf<At<Result, Path>>, void, void>;

  /** The pages of an operation's list, forwards, with `pageInfo` and whatever else was selected. */
  pages<Result, Variables, const Path extends readonly string[]>(
    operation: PagedOperation<Result, Variables, Path>,
    ...args: Arguments<Variables, RequestOptions>
  ): AsyncGenerator<At<Result, Path>, void, void>;

  /** The events of a subscription. It reconnects after the last event's cursor; `break` ends it. */
  subscribe<Result, Variables>(
    operation: Operation<"subscription", Result, Variables>,
    ...args: Arguments<Variables, SubscribeOptions>
  ): AsyncIterableIterator<Result>;
}

/** Makes a client. Nothing is sent until something is asked. */
export function createClient(options: ClientOptions): Client {
  const client = {
    run: (operation: AnyOperation, variables?: object, given?: RequestOptions) =>
      askOnce(options, operation, variables, given),
    pages: (operation: AnyPagedOperation, variables?: object, given?: RequestOptions) =>
      readPages(options, operation, variables, given),
    async *iterate(operation: AnyPagedOperation, variables?: object, given?: RequestOptions) {
      for await (const { nodes, edges } of readPages(options, operation, variables, given))
        yield* nodes ?? edges?.map(({ node }) => node) ?? [];
    },
    subscribe: (operation: AnyOperation, variables?: object, given?: SubscribeOptions) =>
      follow(options, operation, variables, given),
  };
  // What comes back is what the operation's own types say, which the server's schema vouches for.
  return client as unknown as Client;
}
