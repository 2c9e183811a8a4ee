import type { ClientOptions } from "./options.ts";
import type { AnyOperation } from "./types.ts";

/** One request, ready to be sent any number of times. */
export interface Request {
  readonly operation: AnyOperation;
  readonly variables: unknown;
  /** Send the hash of the text instead of the text. */
  readonly byHash: boolean;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly idempotencyKey: string | undefined;
}

/** The arguments of `fetch` for a request. Throws a `TypeError`, without the value, when a header cannot be sent. */
export async function prepare(client: ClientOptions, request: Request): Promise<RequestInit> {
  const { operation, variables, byHash, idempotencyKey } = request;
  const token = typeof client.token === "function" ? await client.token() : client.token;
  const headers = {
    "content-type": "application/json",
    accept:
      operation.kind === "subscription" ? "text/event-stream" : "application/graphql-response+json, application/json",
    ...(token && { authorization: `Bearer ${token}` }),
    ...(idempotencyKey && { "idempotency-key": idempotencyKey }),
    ...client.headers,
    ...request.headers,
  };
  const document = byHash ? { documentId: `sha256:${operation.sha256 ?? ""}` } : { query: operation.text };
  return {
    method: "POST",
    headers: checked(headers),
    body: JSON.stringify({ operationName: operation.name, ...document, variables }),
  };
}

/** Sends what is prepared, unless it is stopped already. */
export async function send(client: ClientOptions, init: RequestInit, signal: AbortSignal): Promise<Response> {
  signal.throwIfAborted();
  // Taken out of its object: a browser's fetch refuses to be called as anyone's method.
  const { fetch = globalThis.fetch } = client;
  return fetch(client.url, { ...init, signal });
}

function checked(headers: Record<string, string>): Headers {
  try {
    return new Headers(headers);
  } catch {
    // The platform's own error quotes the value, which may be a key.
    throw new TypeError("A header or the token holds a character that HTTP does not allow.");
  }
}
