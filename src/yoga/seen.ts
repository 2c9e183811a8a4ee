import type { IncomingMessage } from "node:http";
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
  /** Whether its plan answered it; null where none was looked for. */
  planned: boolean | null;
}

/** Told of every request when its answer has ended; the status is null where the client left before there was one. */
export type Observe = (seen: Readonly<Seen>, status: number | null, ms: number) => void;

const seen = new WeakMap<Request | IncomingMessage, Seen>();

/** What is known of a request as it comes. */
export function firstSeen(requestId: string): Seen {
  const unknown = { keyId: null, op: null, kind: null, code: null, cost: null, planned: null };
  return { requestId, since: performance.now(), ...unknown };
}

/** Begins to note what is known of a request that came through node:http. */
export function see(request: IncomingMessage, requestId: string): Seen {
  const first = firstSeen(requestId);
  seen.set(request, first);
  return first;
}

/** What is known of a request so far. */
export function seenOf(request: Request | IncomingMessage): Seen {
  let found = seen.get(request);
  if (!found) {
    const given =
      "socket" in request ? request.headers["x-request-id"]?.toString() : request.headers.get("x-request-id");
    found = firstSeen(requestIdOf(given));
    seen.set(request, found);
  }
  return found;
}

/** Gives every request its id, which the answer carries as `x-request-id`, and notes what is known of it where `see` began. */
export const seeing: Plugin = {
  onRequest: ({ request, serverContext }) => {
    const { req } = serverContext as { readonly req?: IncomingMessage };
    const begun = req && seen.get(req);
    if (begun) seen.set(request, begun);
  },
  onResponse: ({ request, response }) => {
    response.headers.set("x-request-id", seenOf(request).requestId);
  },
};
