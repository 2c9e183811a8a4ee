/** Every code that an error of the API may carry: a closed list, part of its contract. */
export const apiCodes = [
  "BAD_USER_INPUT",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "RATE_LIMITED",
  "QUERY_TOO_COMPLEX",
  "QUERY_TOO_DEEP",
  "TOO_MANY_ALIASES",
  "INVALID_CURSOR",
  "INVALID_TEXT",
  "BATCHING_DISABLED",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_ENCODING",
  "RESUME_FROM",
  "PERSISTED_QUERY_NOT_FOUND",
  "IDEMPOTENCY_MISMATCH",
  "TIMEOUT",
  "OVERLOADED",
  "STORAGE_FULL",
  "READ_ONLY",
  "DB_UNAVAILABLE",
  "INTERNAL_SERVER_ERROR",
] as const;

/** Every code a refusal may carry: those of the API that are refusals, and those of commands. */
export type RefusalCode =
  | (typeof apiCodes)[number]
  | "CONFLICT"
  | "DOSSIER_REFUSED"
  | "BULK_REFUSED"
  | "BACKUP_REFUSED"
  | "DATABASE_TOO_NEW"
  | "DATABASE_UNSAFE"
  | "RECORD_ALTERED"
  | "CONFIGURATION";

/**
 * Something asked for that the record, the server or the command will not do.
 * The message is meant for the person who asked: what is wrong, and what would be right. Anything thrown that is not
 * a `Refusal` or an `InvalidValue` is a fault of ours and is masked.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  /** Facts a program may act on, shown beside the message. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: RefusalCode, message: string, details: Record<string, unknown> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.details = details;
  }
}
