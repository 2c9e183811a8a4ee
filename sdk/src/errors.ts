/** Every code the server gives: a closed list, part of its contract. */
export type ServerCode =
  | "BAD_USER_INPUT"
  | "GRAPHQL_PARSE_FAILED"
  | "GRAPHQL_VALIDATION_FAILED"
  | "UNAUTHENTICATED"
  | "FORBIDDEN"
  | "RATE_LIMITED"
  | "QUERY_TOO_COMPLEX"
  | "QUERY_TOO_DEEP"
  | "TOO_MANY_ALIASES"
  | "INVALID_CURSOR"
  | "INVALID_TEXT"
  | "BATCHING_DISABLED"
  | "PAYLOAD_TOO_LARGE"
  | "UNSUPPORTED_ENCODING"
  | "RESUME_FROM"
  | "PERSISTED_QUERY_NOT_FOUND"
  | "IDEMPOTENCY_MISMATCH"
  | "TIMEOUT"
  | "OVERLOADED"
  | "STORAGE_FULL"
  | "READ_ONLY"
  | "DB_UNAVAILABLE"
  | "INTERNAL_SERVER_ERROR";

/** What the client itself finds on the way to an answer. */
export type TransportCode =
  /** The server could not be reached, or the connection broke. */
  | "NETWORK"
  /** No answer within the time allowed; also a server's code, and then there is a `status`. */
  | "TIMEOUT"
  /** The caller's `AbortSignal` said stop; `cause` is its reason. */
  | "ABORTED"
  /** What answered does not speak this API: a page of a proxy, half an answer, an error without a code. */
  | "BAD_RESPONSE"
  /** The thing whose list was to be paged does not exist. */
  | "NOT_FOUND";

/** What went wrong, for a program. */
export type ErrorCode = ServerCode | TransportCode;

/** One entry of an answer's `errors`. */
export interface GraphQLErrorEntry {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly requestId?: string;
    readonly retryable?: boolean;
    readonly retryAfterMs?: number;
    readonly [key: string]: unknown;
  };
}

/** What an `ApiError` is made of. */
export interface ApiErrorInit {
  readonly code: ErrorCode;
  /** Name of the operation. */
  readonly operation: string;
  /** Overrides the words that go with the code. */
  readonly message?: string | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly errors?: readonly GraphQLErrorEntry[] | undefined;
  readonly data?: unknown;
  readonly retryable?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly attempts?: number | undefined;
  readonly cause?: unknown;
}

const BRAND = Symbol.for("chancery.ApiError");

const WORDS: Partial<Record<ErrorCode, string>> = {
  NETWORK: "no connection",
  TIMEOUT: "no answer in time",
  ABORTED: "stopped",
  NOT_FOUND: "not on record",
};

/**
 * Every failure the client throws. It carries what the server said and never what was sent: no key, no variables.
 * Tell it apart with `isApiError`, which also works when two copies of the package are loaded.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  // Only declared: fields that are also initialised would be bytes in every page.
  declare readonly code: ErrorCode;
  declare readonly operation: string;
  /** HTTP status; undefined when no answer came. */
  declare readonly status: number | undefined;
  /** Stands in the server's log too. */
  declare readonly requestId: string | undefined;
  /** The answer's `errors`, empty when it had none. */
  declare readonly errors: readonly GraphQLErrorEntry[];
  /** What the server did answer beside its errors. */
  declare readonly data: unknown;
  /** Whether the same request may succeed later; a mutation only under the same idempotency key. */
  declare readonly retryable: boolean;
  /** How long the server asks to wait. */
  declare readonly retryAfterMs: number | undefined;
  /** How often it was tried. */
  declare readonly attempts: number;

  constructor(init: ApiErrorInit) {
    const { message, cause, errors = [], retryable = false, attempts = 1, ...rest } = init;
    const said = errors.map((error) => error.message).join("; ");
    const where = [rest.code, rest.status && `HTTP ${rest.status}`, rest.requestId].filter(Boolean).join(", ");
    super(
      `${rest.operation}: ${message || said || WORDS[rest.code] || "not a GraphQL answer"} (${where})`,
      cause === undefined ? undefined : { cause },
    );
    Object.defineProperty(this, BRAND, { value: true });
    Object.assign(this, rest, { errors, retryable, attempts });
  }
}

/** Whether something caught is an `ApiError`, and, when a code is given, one of that code. */
export function isApiError(error: unknown, code?: ErrorCode): error is ApiError {
  return (
    error instanceof Error && BRAND in error && (code === undefined || (error as { code?: ErrorCode }).code === code)
  );
}
