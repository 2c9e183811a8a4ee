import type { Plugin } from "graphql-yoga";
import { requestIdOf } from "./request-id.ts";

/** What is known of a request by the time it is answered: what its line in the log says. */
export interface Seen {
  readonly requestId: string;
  /** When it came, by `performance.now()`. */
  readonly since: number;
  /** The id of the key it was asked with; null without one, or before that is known. */
  keyId: string | null;
  /** The name of the operation; null where it has none, or was refused before it was read. */
  op: string | null;
  /** What kind of operation it is; null as above. */
  kind: "query" | "mutation" | "subscription" | null;
  /** The code of its first error; null where there is none. */
  code: string | null;
  cost: number | null;
}

/** Told of every request as its answer begins. */
export type Observe = (seen: Readonly<Seen>, status: number, ms: number) => void;

const seen = new WeakMap<Request, Seen>();

/** What is known of a request so far. */
export function seenOf(request: Request): Seen {
  let found = seen.get(request);
  if (!found) {
    const requestId = requestIdOf(request.headers.get("x-request-id"));
    found = { requestId, since: performance.now(), keyId: null, op: null, kind: null, code: null, cost: null };
    seen.set(request, found);
  }
  return found;
}

/** The name of an operation as a log may repeat it: what a client chose, so of bounded length, and a name. */
export function nameOf(operationName: unknown): string | null {
  return typeof operationName === "string" && /^\w{1,100}$/.test(operationName) ? operationName : null;
}

/** Gives every request its id, which the answer carries as `x-request-id`, and tells of it when it is answered. */
export function seeing(observe: Observe): Plugin {
  return {
    onRequest: ({ request }) => void seenOf(request),
    onResponse: ({ request, response }) => {
      const found = seenOf(request);
      response.headers.set("x-request-id", found.requestId);
      observe(found, response.status, performance.now() - found.since);
    },
  };
}
