import type { IncomingMessage } from "node:http";
import type { Plugin } from "graphql-yoga";
import { addressOf } from "../access/address.ts";
import type { Asker } from "../access/asker.ts";
import type { Authenticate } from "../access/authenticate.ts";
import { maskFault, reportFaults, type ReportFault } from "./fault.ts";
import { refusalBody } from "./refusal-body.ts";
import { seenOf } from "./seen.ts";

/** What a plugin that lets askers in is made of. */
export interface AuthenticationOptions {
  readonly authenticate: Authenticate;
  /** How many proxies stand before this server, whose X-Forwarded-For is to be trusted. */
  readonly proxies: number;
  readonly report: ReportFault;
}

/** Lets askers in before anything of a request is read, and remembers who they are. */
export interface Authentication {
  readonly plugin: Plugin;
  /**
   * Lets in a request that came through node:http, before Yoga is given it. Rejects as `authenticate` does; whom it has
   * judged is not judged again.
   */
  readonly admit: (request: IncomingMessage) => Promise<Asker>;
  /** Who asks in a request that was let in. Throws for any other: nobody is let in by an oversight. */
  readonly askerOf: (request: Request) => Asker;
  /** The address that a request comes from. */
  readonly addressOf: (request: Request | IncomingMessage) => string;
}

/** What a request carries that came through node:http. */
type Served = { readonly req?: IncomingMessage };

const statuses: Readonly<Record<string, number>> = {
  BAD_USER_INPUT: 400,
  UNAUTHENTICATED: 401,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
};

/** Answers whom it does not let in, the same way whatever is asked and whether or not it could be answered. */
export function authentication({ authenticate, proxies, report }: AuthenticationOptions): Authentication {
  const askers = new WeakMap<Request, Asker>();
  const admitted = new WeakMap<IncomingMessage, Promise<Asker>>();
  const addresses = new WeakMap<Request | IncomingMessage, string>();
  return {
    admit(request) {
      const { url = "/", headers, socket } = request;
      const forwarded = headers["x-forwarded-for"]?.toString() ?? null;
      const address = addressOf(socket.remoteAddress, forwarded, proxies);
      addresses.set(request, address);
      const asker = authenticate({ path: url, authorization: headers.authorization ?? null }, address);
      admitted.set(request, asker);
      return asker;
    },
    askerOf(request) {
      const asker = askers.get(request);
      if (!asker) throw new Error("a request was not authenticated");
      return asker;
    },
    addressOf: (request) => addresses.get(request) ?? "none",
    plugin: {
      async onRequest(payload) {
        const { request, serverContext } = payload;
        const { req } = serverContext as Served;
        const address = addressOf(req?.socket.remoteAddress, request.headers.get("x-forwarded-for"), proxies);
        addresses.set(request, address);
        const judge = () => {
          const { pathname, search } = new URL(request.url);
          return authenticate(
            { path: pathname + search, authorization: request.headers.get("authorization") },
            address,
          );
        };
        try {
          const asker = await ((req && admitted.get(req)) ?? judge());
          askers.set(request, asker);
          seenOf(request).keyId = asker.keyId;
        } catch (fault) {
          const error = maskFault(fault);
          const seen = seenOf(request);
          seen.code = String(error.extensions["code"]);
          reportFaults(seen.requestId, report)([error]);
          payload.endResponse(refuse(error, seen.requestId));
        }
      },
    },
  };
}

function refuse({ message, extensions }: ReturnType<typeof maskFault>, requestId: string): Response {
  const { http: _status, ...told } = extensions as Record<string, unknown>;
  const code = String(told["code"]);
  const headers = new Headers({ "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  const retryAfterMs = Number(extensions["retryAfterMs"] ?? 1_000);
  if (extensions["retryable"] === true) headers.set("retry-after", String(Math.ceil(retryAfterMs / 1_000)));
  if (code === "UNAUTHENTICATED") headers.set("www-authenticate", "Bearer");
  return new Response(refusalBody(message, told, requestId), { status: statuses[code] ?? 503, headers });
}
