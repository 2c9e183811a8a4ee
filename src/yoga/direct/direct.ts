import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { GraphQLSchema } from "graphql";
import type { GraphQLParams } from "graphql-yoga";
import type { Db } from "../../db/client.ts";
import { shareOf } from "../../db/share.ts";
import { bounds } from "../../limit/bound.ts";
import { writeAround, type Plans } from "../../plan/execute.ts";
import type { KnownOperation } from "../../plan/operation.ts";
import type { Authentication } from "../authentication.ts";
import { begin } from "../begun.ts";
import { originHeaders } from "../cors.ts";
import { endingOf } from "../ending.ts";
import { maskFault, type ReportFault } from "../fault.ts";
import { guards } from "../guard.ts";
import { costExtensions, costHeaders, noteOperation, priceWithin } from "../limit.ts";
import type { Rate } from "../rate.ts";
import { readParams } from "../request-body.ts";
import { isForeign, isJson } from "../request-rule.ts";
import { seenOf } from "../seen.ts";
import { withDocument, type TrustedDocuments } from "../trusted-document.ts";
import { answerType } from "./answer-type.ts";
import { readBody, tellsLength } from "./body.ts";

/** Answers shorter than this are written as one text, in bytes. */
const atOnce = 4_096;

/** What requests are answered by directly: the very parts that Yoga's plugins are made of. */
export interface DirectParts {
  readonly endpoint: string;
  readonly schema: GraphQLSchema;
  readonly db: Db;
  readonly plans: Plans;
  readonly door: Authentication;
  readonly rate: Rate | null;
  readonly documents: TrustedDocuments;
  readonly allowedOrigins: readonly string[];
  /** Told of faults. */
  readonly report: ReportFault;
}

/** A request to be answered directly. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The Content-Type of its answer. */
  readonly type: string;
}

/**
 * Answers a POST of a query that was answered by its plan before, without Yoga: only where everything about it is right.
 * Whatever is refused, new, or out of the ordinary is Yoga's to answer, which does nothing again that was done (`Begun`).
 */
export function answerDirectly(parts: DirectParts, yoga: RequestListener): RequestListener {
  return (request, response) => {
    const type = typeOf(request, parts.endpoint);
    if (type === null) {
      yoga(request, response);
      return;
    }
    const handOn = (done: boolean) => {
      if (!done && !response.destroyed && !response.headersSent) yoga(request, response);
    };
    tryAnswer(parts, { request, response, type }).then(handOn, (error: unknown) => {
      // Yoga takes each step that was not taken to its end. What it need not come upon again is reported here.
      if (!isTold(error)) parts.report(error, seenOf(request).requestId);
      handOn(false);
    });
  };
}

/** Whether an error is a refusal, or the database's, which Yoga will come upon too. */
function isTold(error: unknown): boolean {
  return maskFault(error).extensions["code"] !== "INTERNAL_SERVER_ERROR";
}

/** The Content-Type of the answer to a request that may be answered directly by its head; null for any other. */
function typeOf(request: IncomingMessage, endpoint: string): string | null {
  const { method, url, headers } = request;
  if (method !== "POST" || url !== endpoint || headers["content-encoding"] !== undefined) return null;
  const sent = headers["content-type"];
  return isJson(sent) && !isForeign(sent) && tellsLength(request) ? answerType(headers.accept) : null;
}

/** Answers a request; false where Yoga is to. */
async function tryAnswer(parts: DirectParts, { request, response, type }: Exchange): Promise<boolean> {
  const { plans, door, rate, schema, db } = parts;
  const seen = seenOf(request);
  const begun = begin(request);
  const asker = await door.admit(request);
  seen.keyId = asker.keyId;
  const body = await readBody(request);
  if (!body) return true;
  begun.body = body;
  begun.params = readParams(body);
  const asked = findQuery(parts, begun.params);
  if (!asked) return false;
  const { known, operationName, variables } = asked;
  const { document, operation } = known;
  noteOperation(seen, operation);
  const cost = priceWithin({ schema, document, operationName, variableValues: variables });
  const whose = rate?.whose(asker, door.addressOf(request)) ?? "";
  rate?.charge(whose, { document, operation, cost });
  begun.charged = true;
  seen.cost = cost;
  const ending = endingOf(db, () => shareOf(db).pool);
  begun.ending = ending;
  response.once("close", () => {
    if (!response.writableEnded) ending.end(new DOMException("The request was given up.", "AbortError"));
  });
  const outcome = await plans.ask(known, { schema, operationName, variables, asker, db: ending.db });
  begun.outcome = outcome;
  if (!("text" in outcome)) return false;
  const [before, behind] = writeAround(costExtensions(cost));
  const length = Buffer.byteLength(outcome.text) + before.length + behind.length;
  if (length > bounds.answerBytes) return false;
  ending.done();
  seen.planned = true;
  response.writeHead(200, {
    "content-type": type,
    "content-length": length,
    "x-request-id": seen.requestId,
    ...costHeaders(cost),
    ...rate?.headers(whose),
    ...originHeaders(request.headers.origin ?? null, parts.allowedOrigins),
    ...guards,
  });
  if (length < atOnce) response.end(before + outcome.text + behind);
  else {
    // A long text is not copied only to stand between two short ones.
    response.cork();
    response.write(before);
    response.write(outcome.text);
    response.end(behind);
  }
  plans.report.direct += 1;
  return true;
}

/** A query that was asked before, and how it is asked now. */
interface Query {
  readonly known: KnownOperation;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

const names = new Set(["query", "operationName", "variables", "extensions"]);

/** The query that a body asks, if it is one that was asked before and nothing about it is odd. */
function findQuery({ plans, documents }: DirectParts, given: GraphQLParams): Query | null {
  const params = withDocument(documents, given, null);
  for (const name of Object.keys(params)) if (!names.has(name)) return null;
  const query: unknown = params.query;
  const operationName: unknown = params.operationName ?? undefined;
  if (typeof query !== "string" || (operationName !== undefined && typeof operationName !== "string")) return null;
  if (!isObject(params.variables) || !isObject(params.extensions)) return null;
  const known = plans.recall(query, operationName);
  if (known?.operation.operation !== "query") return null;
  return { known, operationName, variables: params.variables ?? undefined };
}

/** Whether a value is none, or an object that is no list. */
function isObject(value: unknown): boolean {
  return value == null || (typeof value === "object" && !Array.isArray(value));
}
