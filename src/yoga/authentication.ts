import type { IncomingMessage } from "node:http";
import type { Plugin } from "graphql-yoga";
import { addressOf } from "../access/address.ts";
import type { Asker } from "../access/asker.ts";
import type { Authenticate } from "../access/authenticate.ts";
import { maskFault, reportFaults, type ReportFault } from "./fault.ts";
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
  /** Who asks in a request that was let in. Throws for any other: nobody is let in by an oversight. */
  readonly askerOf: (request: Request) => Asker;
  /** The address that a request comes from. */
  readonly addressOf: (request: Request) => string;
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
  const addresses = new WeakMap<Request, string>();
  return {
    askerOf(request) {
      const asker = askers.get(request);
      if (!asker) throw new Error("a request was not authenticated");
      return asker;
    },
    addressOf: (request) => addresses.get(request) ?? "none",
    plugin: {
      async onRequest(payload) {
        const { request, serverContext } = payload;
        const socket = (serverContext as Served).req?.socket.remoteAddress;
        const address = addressOf(socket, request.headers.get("x-forwarded-for"), proxies);
        addresses.set(request, address);
        try {
          const asker = await authenticate(request, address);
          askers.set(request, asker);
          seenOf(request).keyId = asker.keyId;
        } catch (fault) {
          const error = maskFault(fault);
          const seen = seenOf(request);
          seen.code = String(error.extensions["code"]);
          reportFaults(seen.requestId, report)([error]);
          payload.endResponse(refuse(error));
        }
      },
    },
  };
}

function refuse({ message, extensions }: ReturnType<typeof maskFault>): Response {
  const { http: _status, ...told } = extensions as Record<string, unknown>;
  const code = String(told["code"]);
  const headers = new Headers({ "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  const retryAfterMs = Number(extensions["retryAfterMs"] ?? 1_000);
  if (extensions["retryable"] === true) headers.set("retry-after", String(Math.ceil(retryAfterMs / 1_000)));
  if (code === "UNAUTHENTICATED") headers.set("www-authenticate", "Bearer");
  const body = JSON.stringify({ errors: [{ message, extensions: told }] });
  return new Response(body, { status: statuses[code] ?? 503, headers });
}
