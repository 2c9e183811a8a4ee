import type { ApiError, TransportCode } from "./errors.ts";

/** Stands over one attempt: ends it when its time is up or its caller says stop. */
export interface Watch {
  /** For `fetch`. */
  readonly signal: AbortSignal;
  /** The work's outcome, unless time or caller end it first, whether or not the work heeds the signal. */
  until<T>(work: Promise<T>): Promise<T>;
  /** The same for work on the network: what breaks it is NETWORK. */
  during<T>(work: Promise<T>): Promise<T>;
  /** Milliseconds from now until time is up; 0, and what is over 23 days, stops the clock. */
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

  const until = <T>(work: Promise<T>) => Promise.race([failure, work]);

  return {
    signal: controller.signal,
    until,
    during: (work) =>
      until(
        work.catch((cause: unknown) => {
          throw fail("NETWORK", cause);
        }),
      ),
    allow: (ms) => {
      clearTimeout(timer);
      // A timer cannot count further, and would go off at once.
      if (ms > 0 && ms < 2e9) timer = setTimeout(stop, ms, "TIMEOUT");
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
    await guard.until(new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))));
  } finally {
    clearTimeout(timer);
    guard.end();
  }
}
