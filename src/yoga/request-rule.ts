import type { Plugin } from "graphql-yoga";
import type { Playground } from "../playground/playground.ts";
import type { RefusalCode } from "../errors.ts";
import { takesAnswer } from "./accept.ts";
import { guards } from "./guard.ts";
import { refusalBody } from "./refusal-body.ts";
import { seenOf } from "./seen.ts";

/** Whether a Content-Type says that a body is JSON. */
export function isJson(type: string | null | undefined): boolean {
  return type?.split(";")[0]?.trim().toLowerCase() === "application/json";
}

/** Whether a Content-Type names a charset that is not UTF-8. */
export function isForeign(type: string | null | undefined): boolean {
  const charset = /;\s*charset="?([^";\s]+)/i.exec(type ?? "")?.[1];
  return charset !== undefined && !/^utf-?8$/i.test(charset);
}

const notTaken =
  "Accept application/json or application/graphql-response+json, and text/event-stream for a subscription.";

/** Why a request is not let in to the API; null where it is. */
function refusalOf(request: Request, endpoint: string): Response | null {
  const refuse = (status: number, code: RefusalCode, message: string, headers: Record<string, string> = {}) =>
    new Response(refusalBody(message, { code }, seenOf(request).requestId), {
      status,
      headers: { "content-type": "application/json; charset=utf-8", ...headers },
    });
  const { pathname } = new URL(request.url);
  if (pathname !== endpoint) return refuse(404, "BAD_USER_INPUT", `There is nothing here. The API is at ${endpoint}.`);
  if (!["GET", "HEAD", "POST"].includes(request.method)) {
    return refuse(405, "BAD_USER_INPUT", "The API takes GET and POST.", { allow: "GET, POST" });
  }
  if (request.headers.has("content-encoding")) {
    return refuse(415, "UNSUPPORTED_ENCODING", "Send the request as it is, without Content-Encoding.");
  }
  const type = request.headers.get("content-type");
  if (request.method === "POST" ? !isJson(type) : type !== null && !isJson(type)) {
    return refuse(415, "BAD_USER_INPUT", "Send a GraphQL request as Content-Type: application/json.");
  }
  if (isForeign(type)) return refuse(415, "BAD_USER_INPUT", "Send the request in UTF-8.");
  if (!takesAnswer(request.headers.get("accept"))) return refuse(406, "BAD_USER_INPUT", notTaken);
  return null;
}

/** Answers what is for the playground, and refuses what no GraphQL request looks like, before anything is read. */
export function requestRules(endpoint: string, playground: Playground | null): Plugin {
  return {
    onRequest(payload) {
      const answer = playground?.handle(payload.request) ?? refusalOf(payload.request, endpoint);
      if (answer) payload.endResponse(answer);
    },
    onResponse(payload) {
      const { request, response: given } = payload;
      let response = given;
      // What Yoga has no form for, such as events where multipart/mixed is accepted, it answers with nothing.
      if (given.status === 406 && !given.headers.has("content-type")) {
        const seen = seenOf(request);
        seen.code = "BAD_USER_INPUT";
        const headers = new Headers(given.headers);
        headers.set("content-type", "application/json; charset=utf-8");
        response = new Response(refusalBody(notTaken, { code: seen.code }, seen.requestId), { status: 406, headers });
        payload.setResponse(response);
      }
      for (const [name, value] of Object.entries(guards)) {
        // The page of the playground has a policy of its own.
        if (name !== "content-security-policy" || !response.headers.has(name)) response.headers.set(name, value);
      }
    },
  };
}
