import { randomUUID } from "node:crypto";
import { execute } from "graphql";
import { createYoga, type Plugin, type YogaServerInstance } from "graphql-yoga";
import type { Asker } from "./access/asker.ts";
import type { Db } from "./db/client.ts";
import { Loaders, type GraphContext } from "./graph/context.ts";
import { served } from "./graph/schema.ts";
import type { Playground } from "./playground/playground.ts";
import { documentCache } from "./yoga/document-cache.ts";
import { codeAll, codes, maskFault, reportFaults, type ReportFault } from "./yoga/fault.ts";
import { requestRules } from "./yoga/request-rule.ts";
import { readTrustedDocuments, trustedDocuments } from "./yoga/trusted-document.ts";

/** What the API is put together from. */
export interface ApiOptions {
  readonly db: Db;
  /** Tells who asks. */
  readonly authenticate: (request: Request) => Promise<Asker>;
  /** Serves the page at the endpoint; null for none. */
  readonly playground: Playground | null;
  /** Told of every fault that was masked. */
  readonly report: ReportFault;
}

type Served = YogaServerInstance<{ requestId?: string }, GraphContext>;

const endpoint = "/graphql";
const largestBody = 1_000_000;

/** Yoga's own executor puts what had to be waited for behind the rest; this one keeps the order of the question. */
const inOrder: Plugin = {
  onExecute: (payload) => {
    payload.setExecuteFn(execute);
  },
};

/** The API as one function from request to response (`fetch`), and as a listener of node:http. */
export function createApi({ db, authenticate, playground, report }: ApiOptions): Served {
  const ids = new WeakMap<Request, string>();
  return createYoga<{ requestId?: string }, GraphContext>({
    schema: served,
    context: async ({ request }) => ({
      asker: await authenticate(request),
      requestId: ids.get(request) ?? "",
      idempotencyKey: request.headers.get("idempotency-key"),
      db,
      loaders: new Loaders(),
      views: new Map(),
    }),
    graphqlEndpoint: endpoint,
    cors: false,
    batching: false,
    multipart: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    maxRequestBodySize: largestBody,
    parserAndValidationCache: { documentCache: documentCache(), errorCache: documentCache<object>() },
    maskedErrors: { isDev: false, maskError: (error) => maskFault(error) },
    plugins: [
      {
        onRequest: ({ request }) =>
          void ids.set(request, request.headers.get("x-request-id")?.slice(0, 64) ?? randomUUID()),
        onResultProcess: ({ request, result }) => {
          const errors = "errors" in result ? (result.errors ?? []) : [];
          codeAll(errors);
          reportFaults(ids.get(request) ?? "", report)(errors);
        },
        onResponse: ({ request, response }) => response.headers.set("x-request-id", ids.get(request) ?? ""),
      },
      inOrder,
      requestRules(endpoint, playground),
      trustedDocuments(readTrustedDocuments()),
      codes,
    ],
  });
}
