import type { ApiError } from "./errors.ts";

/** A server that asks for a longer wait than this is not waited for: the caller is told instead. */
const LONGEST_WAIT_MS = 60_000;

const STATUSES = [408, 429, 502, 503, 504];
const CODES = ["NETWORK", "TIMEOUT", "RATE_LIMITED", "OVERLOADED", "DB_UNAVAILABLE"];

/** Whether a failure may pass by itself. What the server says of it, if anything, decides. */
export function mayPass(code: string, status?: number, retryable?: unknown): boolean {
  if (typeof retryable === "boolean") return retryable;
  return CODES.includes(code) || STATUSES.includes(status ?? 0);
}

/** Whether, after so many failures, it is worth another attempt. */
export function isWorthRetrying(error: ApiError, failures: number, retries: number): boolean {
  return error.retryable && failures <= retries && (error.retryAfterMs ?? 0) <= LONGEST_WAIT_MS;
}

/**
 * Milliseconds to wait after so many failures: doubling from 250 to 8 000, of which a random half is taken off so that
 * clients do not return all at once, and never less than the server asked for.
 */
export function delayAfter({ retryAfterMs = 0 }: ApiError, failures: number): number {
  const ceiling = Math.min(8_000, 125 * 2 ** failures);
  return Math.max(retryAfterMs, ceiling * (0.5 + Math.random() / 2));
}

/** How many milliseconds to wait: as the answer says, else its `Retry-After` in seconds or as a date (RFC 9110, section 10.2.3). */
export function readRetryAfter(said: unknown, headers: Headers): number | undefined {
  const header = headers.get("retry-after") ?? "";
  const ms = Number(said ?? (Number(header) * 1_000 || Date.parse(header) - Date.now()));
  return ms > 0 ? ms : undefined;
}
