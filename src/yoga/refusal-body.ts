/** The body of an answer that refuses a request as a whole: one error, as `tellErrors` tells those of operations. */
export function refusalBody(message: string, extensions: Readonly<Record<string, unknown>>, requestId: string): string {
  return JSON.stringify({ errors: [{ message, extensions: { retryable: false, ...extensions, requestId } }] });
}
