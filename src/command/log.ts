import type { Observe } from "../yoga/seen.ts";
import type { ReportFault } from "../yoga/fault.ts";

/** Writes what happens as JSON, one object a line. No key, no variable and no document is ever among it. */
export interface Log {
  readonly request: Observe;
  readonly fault: ReportFault;
  /** Why a question had no plan, or its plan failed. */
  readonly plan: (what: object) => void;
}

/** A log that hands each line to `write`. */
export function logTo(write: (line: string) => void): Log {
  const tell = (event: string, what: object) => write(JSON.stringify({ at: new Date().toISOString(), event, ...what }));
  return {
    request: ({ requestId: reqId, keyId, op, kind, code, cost, planned }, status, took) => {
      const ms = Math.round(took * 10) / 10;
      const at = new Date().toISOString();
      write(JSON.stringify({ at, event: "request", reqId, keyId, op, kind, code, status, ms, cost, planned }));
    },
    // Documents can be as long as a body may be.
    plan: (what) =>
      tell(
        "plan",
        Object.fromEntries(Object.entries(what).map(([name, value]) => [name, String(value).slice(0, 500)])),
      ),
    fault: (fault, requestId) =>
      tell("fault", {
        reqId: requestId,
        fault: fault instanceof Error ? (fault.stack ?? String(fault)) : String(fault),
      }),
  };
}

/**
 * Opens standard error for a log. What it gives writes a line, together with those that come before the next turn; what
 * waits when the process ends is written then.
 */
export function openStandardError(): (line: string) => void {
  let waiting = "";
  const write = () => {
    if (waiting !== "") process.stderr.write(waiting);
    waiting = "";
  };
  process.on("exit", write);
  return (line) => {
    if (waiting === "") setImmediate(write);
    waiting += `${line}\n`;
  };
}
