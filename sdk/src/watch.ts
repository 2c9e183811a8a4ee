import type { ApiError, TransportCode } from "./errors.ts";

/** Stands over one attempt: ends it when its time is up or its caller says stop. */
export interface Watch {
  /** For `fetch`. */
  readonly signal: AbortSignal;
  /** The work's outcome, unless time or caller end it first, whether or not the work heeds the signal. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Milliseconds from now until time is up; 0 stops the clock. */
  allow(ms: number): void;
  /** Lets go of clock and caller. */
  end(): void;
}

/** Words a failure for the operation at hand. */
export type Fail = (code: TransportCode, cause?: unknown) => ApiError;

/** Begins to stand watch. What goes wrong is told by `fail`. */
export function watch(caller: AbortSignal | undefined, fail: Fail): Watch {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reject: (error: ApiError) => void;
  const failure = new Promise<never>((_, rejected) => (reject = rejected));
  // The failure may come when nobody is waiting for it any more.
  failure.catch(() => undefined);

  const stop = (code: TransportCode, cause?: unknown) => {
    reject(fail(code, cause));
    controller.abort();
  };
  const abort = () => stop("ABORTED", caller?.reason);
  if (caller?.aborted) abort();
  caller?.addEventListener("abort", abort);

  return {
    signal: controller.signal,
    during: (work) =>
      Promise.race([
        failure,
        work.catch((cause: unknown) => {
          throw fail("NETWORK", cause);
        }),
      ]),
    allow: (ms) => {
      clearTimeout(timer);
      if (ms > 0) timer = setTimeout(stop, ms, "TIMEOUT");
    },
    end: () => {
      clearTimeout(timer);
      caller?.removeEventListener("abort", abort);
    },
  };
}

/** Waits so many milliseconds; throws what `fail` words when the caller says stop. */
export async function pause(ms: number, caller: AbortSignal | undefined, fail: Fail): Promise<void> {
  const guard = watch(caller, fail);
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await guard.during(new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))));
  } finally {
    clearTimeout(timer);
    guard.end();
  }
}
