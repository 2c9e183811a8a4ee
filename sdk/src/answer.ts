import { ApiError, type ErrorCode, type GraphQLErrorEntry } from "./errors.ts";
import { mayPass, readRetryAfter } from "./retry.ts";
import type { Fail } from "./watch.ts";

/** A GraphQL answer. */
export interface Body {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLErrorEntry[];
}

const CODE_OF_STATUS: Partial<Record<number, ErrorCode>> = {
  401: "UNAUTHENTICATED",
  403: "FORBIDDEN",
  429: "RATE_LIMITED",
};

/** The GraphQL answer in a text; undefined when there is none. */
export function parseBody(text: string): Body | undefined {
  try {
    const body = JSON.parse(text) as Body;
    // Throws where the errors are no list of objects.
    const said = body.errors?.every((error) => "message" in error);
    return (said ?? typeof body.data === "object") ? body : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an answer is whole: data, and no errors beside it. */
export function isWhole(body: Body | undefined): body is Body {
  return Boolean(body?.data) && !body?.errors?.length;
}

/** The server's name for a request, from the header or, where a browser hides that, from the answer. */
export function requestIdOf({ headers }: Response, body?: Body): string | undefined {
  return headers.get("x-request-id") ?? body?.errors?.[0]?.extensions?.requestId;
}

/** Words what goes wrong without an answer. */
export function failing(operation: string, attempts: number): Fail {
  return (code, cause) => new ApiError({ code, operation, attempts, cause, retryable: mayPass(code) });
}

/** Words an answer that is not whole. */
export function refusal(operation: string, attempts: number, response: Response, body: Body | undefined): ApiError {
  const { status, headers } = response;
  const said = body?.errors?.[0]?.extensions;
  const code = (said?.code ?? CODE_OF_STATUS[status] ?? "BAD_RESPONSE") as ErrorCode;
  return new ApiError({
    code,
    operation,
    attempts,
    status,
    // A redirect is not followed, lest the token go there.
    message: body ? undefined : `not a GraphQL answer: ${headers.get("location") ?? headers.get("content-type")}`,
    requestId: requestIdOf(response, body),
    errors: body?.errors,
    data: body?.data,
    retryable: mayPass(code, status, said?.retryable),
    retryAfterMs: readRetryAfter(said?.retryAfterMs, headers),
  });
}
