/** How a client reaches its server. */
export interface ClientOptions {
  /** Address of the GraphQL endpoint, absolute outside a browser: `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** An API key, or a function that gives one, asked before each attempt. Sent as `Authorization: Bearer`. */
  readonly token?: string | (() => string | undefined | Promise<string | undefined>) | undefined;
  /** Any WHATWG `fetch`. Default: the global one. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Headers of every request; they win over the client's own. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Milliseconds one attempt may take, answer included. Default 30 000; 0 waits for ever. */
  readonly timeoutMs?: number | undefined;
  /** Attempts after the first, for faults that may pass. Default 2. */
  readonly retries?: number | undefined;
  /**
   * `true` sends the hash of an operation, and its text only when the server does not know it; `"only"` never sends
   * the text. Default `false`.
   */
  readonly persisted?: boolean | "only" | undefined;
  /** Called after each attempt that the server answered, for logs and measurements. */
  readonly onResponse?: ((response: ResponseInfo) => void) | undefined;
}

/** What one request may change. */
export interface RequestOptions {
  /** Stops the request, its retries, or the pages still to come. */
  readonly signal?: AbortSignal | undefined;
  /** Instead of the client's `timeoutMs`. */
  readonly timeoutMs?: number | undefined;
  /** Instead of the client's `retries`. */
  readonly retries?: number | undefined;
  /** Headers of this request; they win over the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /**
   * Names a mutation, so that the server does it once however often it arrives. Made up when left out and `retries` is
   * above 0; give your own to repeat a mutation across calls or restarts.
   */
  readonly idempotencyKey?: string | undefined;
}

/** What one subscription may change. */
export interface SubscribeOptions {
  /** Ends the subscription with an `ApiError` of code `ABORTED`; a `break` ends it without. */
  readonly signal?: AbortSignal | undefined;
  /** Headers of this subscription; they win over the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Attempts after the first to open the stream. Once it was open it is reopened for as long as it takes. */
  readonly retries?: number | undefined;
  /** `false` throws when the stream breaks, instead of opening it again. Default `true`. */
  readonly reconnect?: boolean | undefined;
  /** Milliseconds without a byte, keep-alive bytes included, after which the stream counts as broken. Default 45 000; 0 never. */
  readonly idleTimeoutMs?: number | undefined;
}

/** One answer of the server. */
export interface ResponseInfo {
  readonly operation: string;
  readonly status: number;
  /** 1 for the first. */
  readonly attempt: number;
  /** From sending to the whole answer; for a subscription, to its opening. */
  readonly durationMs: number;
  readonly requestId: string | undefined;
  /** With the cost of the request and what is left of the limit, where the server tells. */
  readonly headers: Headers;
}
