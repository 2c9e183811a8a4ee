import type { RequestListener } from "node:http";
import { execute, type ExecutionArgs } from "graphql";
import { createYoga, type YogaInitialContext } from "graphql-yoga";
import { networkOf } from "./access/address.ts";
import type { Authenticate } from "./access/authenticate.ts";
import type { Db } from "./db/client.ts";
import { shareOf } from "./db/share.ts";
import { Feed } from "./feed/feed.ts";
import { Loaders, type GraphContext } from "./graph/context.ts";
import { served } from "./graph/schema.ts";
import type { Executing, Plans, Question } from "./plan/execute.ts";
import type { FallBack } from "./plan/report.ts";
import type { Playground } from "./playground/playground.ts";
import { authentication } from "./yoga/authentication.ts";
import { begunOf } from "./yoga/begun.ts";
import { cors } from "./yoga/cors.ts";
import { cutErrors } from "./yoga/cut.ts";
import { answerDirectly } from "./yoga/direct/direct.ts";
import { documentCache } from "./yoga/document-cache.ts";
import { entityTags } from "./yoga/entity-tag.ts";
import { eventStreams } from "./yoga/event-stream.ts";
import { codes, maskFault, reportFaults, tellErrors, type ReportFault } from "./yoga/fault.ts";
import { limits } from "./yoga/limit.ts";
import { rateLimit, type RateOptions } from "./yoga/rate.ts";
import { requestBody } from "./yoga/request-body.ts";
import { requestRules } from "./yoga/request-rule.ts";
import { seeing, seenOf } from "./yoga/seen.ts";
import { readTrustedDocuments, trustedDocuments } from "./yoga/trusted-document.ts";

/** What the API is put together from. */
export interface ApiOptions {
  readonly db: Db;
  /** Tells streams of changes; one of its own by default. */
  readonly feed?: Feed;
  /** Tells who asks. */
  readonly authenticate: Authenticate;
  /** How many proxies stand before the API, whose X-Forwarded-For tells who asks; none by default. */
  readonly proxies?: number;
  /** Serves the page at the endpoint; null for none. */
  readonly playground: Playground | null;
  /** Answers queries with one statement each; null to resolve every field on its own. */
  readonly plans: Plans | null;
  /**
   * Whether queries that were asked before are answered without Yoga, where they come through node:http; they are unless
   * told otherwise.
   */
  readonly direct?: boolean;
  /** The version of this server; an answer that a client keeps is told apart from that of another version. */
  readonly version?: string;
  /** Told of every fault that was masked. */
  readonly report: ReportFault;
  /** Whose pages may ask from a browser; nobody's unless given. */
  readonly allowedOrigins?: readonly string[];
  /** How much each may ask in a minute; as much as they will unless given. */
  readonly rate?: RateOptions | null;
}

/** The API: as a function from request to response, and as a listener of node:http. */
export interface Api {
  readonly fetch: (input: string | Request, init?: RequestInit) => Response | Promise<Response>;
  readonly listener: RequestListener;
  /** Tells other servers what they are not told yet; to be called before the database is closed. */
  close(): Promise<void>;
}

const endpoint = "/graphql";

/** Puts the API together. */
export function createApi(options: ApiOptions): Api {
  const { db, feed = new Feed(db), authenticate, proxies = 0, playground, plans, version = "", report } = options;
  const { allowedOrigins = [], rate: bounded = null, direct = true } = options;
  const door = authentication({ authenticate, proxies, report });
  const rate = bounded && rateLimit(bounded, door);
  const tags = entityTags(version);
  const documents = readTrustedDocuments();
  const yoga = createYoga<{ requestId?: string }, GraphContext>({
    schema: served,
    context: ({ request }) => ({
      asker: door.askerOf(request),
      network: networkOf(door.addressOf(request)),
      requestId: seenOf(request).requestId,
      idempotencyKey: request.headers.get("idempotency-key"),
      db: shareOf(db),
      feed,
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
    maxRequestBodySize: false, // requestBody bounds it
    parserAndValidationCache: { documentCache: documentCache(), errorCache: documentCache<object>() },
    maskedErrors: { isDev: false, maskError: (error) => maskFault(error) },
    plugins: [
      seeing,
      {
        onResultProcess: ({ request, result }) => {
          const seen = seenOf(request);
          const { errors = [] } = "errors" in result ? result : {};
          reportFaults(seen.requestId, report)(errors);
          const told = tellErrors(errors, seen.requestId);
          seen.code = (told[0]?.extensions["code"] as string | undefined) ?? null;
          if ("errors" in result && told.length > 0) result.errors = cutErrors(told);
        },
      },
      ...(allowedOrigins.length > 0 ? [cors(allowedOrigins)] : []),
      door.plugin,
      ...(rate ? [rate.plugin] : []),
      eventStreams(report, rate),
      requestRules(endpoint, playground),
      requestBody,
      limits(plans ? (args) => plans.execute(args, executing(args, tags.hearing(args))) : execute, rate),
      tags.plugin,
      trustedDocuments(documents),
      codes,
    ],
  });
  const listener: RequestListener = (request, response) => void yoga(request, response);
  const parts = plans &&
    direct && { endpoint, schema: served, db, plans, door, rate, documents, allowedOrigins, report };
  return {
    fetch: (input, init = {}) => yoga.fetch(input as string, init),
    listener: parts ? answerDirectly(parts, listener) : listener,
    close: async () => {
      await rate?.close();
    },
  };
}

/** What is tried and noted while an operation is executed. */
function executing(args: ExecutionArgs, tell: (question: Question) => void): Executing {
  const { request } = args.contextValue as YogaInitialContext;
  const note = (fellBack: FallBack | null) => {
    seenOf(request).planned = fellBack === null;
  };
  return { tell, note, tried: begunOf(args)?.outcome };
}
