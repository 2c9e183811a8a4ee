import { type Client, createClient } from "./client.ts";
import { isApiError } from "./errors.ts";
import type { ClientOptions } from "./options.ts";
import type { AnyOperation, Operation } from "./types.ts";

/** One request that reached the mocks. */
export interface MockCall {
  readonly operation: string;
  readonly variables: unknown;
}

/** A server in memory: it answers the operations it was told about, and no other. */
export interface Mocks {
  /**
   * Answers a query or mutation. A handler that throws an `ApiError` makes the server refuse with that code; one that
   * throws anything else breaks the connection.
   */
  on<Result, Variables>(
    operation: Operation<"query" | "mutation", Result, Variables>,
    handler: (variables: Variables) => NoInfer<Result> | Promise<NoInfer<Result>>,
  ): Mocks;
  /** Answers a subscription with its events, after which the stream is complete. */
  on<Result, Variables>(
    operation: Operation<"subscription", Result, Variables>,
    handler: (variables: Variables) => Iterable<NoInfer<Result>> | AsyncIterable<NoInfer<Result>>,
  ): Mocks;
  /** For `createClient({ fetch })`. */
  readonly fetch: typeof globalThis.fetch;
  /** What was asked so far, in order. */
  readonly calls: readonly MockCall[];
  /** A client of these mocks; it does not retry unless told to. */
  client(options?: Partial<ClientOptions>): Client;
}

type Answer = (variables: unknown) => Response | Promise<Response>;

/** Makes mocks that nothing was told to yet. An operation without a handler is refused with words that say so. */
export function createMocks(): Mocks {
  const answers = new Map<string, Answer>();
  const calls: MockCall[] = [];
  const mocks: Mocks = {
    on({ name, kind }: AnyOperation, handler: (variables: never) => unknown) {
      answers.set(name, async (variables) => {
        const outcome = await handler(variables as never);
        return kind === "subscription" ? streamOf(outcome as AsyncIterable<unknown>) : json({ data: outcome });
      });
      return mocks;
    },
    calls,
    fetch: async (_url, init) => {
      const sent = JSON.parse(init?.body as string) as { operationName: string; variables?: unknown };
      const { operationName: operation, variables = {} } = sent;
      calls.push({ operation, variables });
      const answer = answers.get(operation);
      if (!answer)
        return refuse("BAD_USER_INPUT", `No mock answers ${operation}: tell one with on(${operation}, ...).`);
      try {
        return await answer(variables);
      } catch (error) {
        if (isApiError(error)) return refuse(error.code, error.message, error.retryAfterMs);
        throw error;
      }
    },
    client: (options) =>
      createClient({ url: "http://mocks.invalid/graphql", retries: 0, ...options, fetch: mocks.fetch }),
  };
  return mocks;
}

function json(body: unknown): Response {
  return new Response(JSON.stringify(body), { headers: { "content-type": "application/json" } });
}

function refuse(code: string, message: string, retryAfterMs?: number): Response {
  return json({ errors: [{ message, extensions: { code, retryAfterMs } }] });
}

function streamOf(events: Iterable<unknown> | AsyncIterable<unknown>): Response {
  const encoder = new TextEncoder();
  const source = (async function* () {
    for await (const data of events) yield encoder.encode(`event: next\ndata: ${JSON.stringify({ data })}\n\n`);
    yield encoder.encode("event: complete\ndata:\n\n");
  })();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void source.return(),
  });
  return new Response(stream, { headers: { "content-type": "text/event-stream" } });
}
