import type { ClientOptions } from "./options.ts";
import type { AnyOperation } from "./types.ts";

/** One request, ready to be sent any number of times. */
export interface Request {
  readonly operation: AnyOperation;
  readonly variables: unknown;
  /** What to send instead of the text. */
  readonly hash: string | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly idempotencyKey: string | undefined;
}

/** The arguments of `fetch` for a request. Throws a `TypeError`, without the value, when a header cannot be sent. */
export async function prepare(client: ClientOptions, request: Request): Promise<RequestInit> {
  const { operation, variables, hash, idempotencyKey } = request;
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
  const document = hash ? { documentId: `sha256:${hash}` } : { query: operation.text };
  return {
    method: "POST",
    // Elsewhere a POST may become a GET, and headers would go to whoever is there.
    redirect: "manual",
    headers: checked(headers),
    body: JSON.stringify({ operationName: operation.name, ...document, variables }),
  };
}

/** Sends what is prepared. */
export async function send(client: ClientOptions, init: RequestInit, signal: AbortSignal): Promise<Response> {
  // Taken out of its object: a browser's fetch refuses to be called as anyone's method.
  const ask = client.fetch ?? fetch;
  return ask(client.url, { ...init, signal });
}

function checked(headers: Record<string, string>): Headers {
  try {
    return new Headers(headers);
  } catch {
    // The platform's own error quotes the value, which may be a key.
    throw new TypeError("A header or the token holds a character that HTTP forbids.");
  }
}
