import type { IncomingMessage, ServerResponse } from "node:http";
import { guards } from "../yoga/guard.ts";
import { refusalBody } from "../yoga/refusal-body.ts";
import { seenOf } from "../yoga/seen.ts";

/** How long the database may take to say that it is there, in ms. */
const patienceMs = 2_000;

/** Answers `/health/live` and `/health/ready`; gives false for any other request. */
export function answerHealth(
  request: IncomingMessage,
  response: ServerResponse,
  ready: () => Promise<boolean>,
): boolean {
  const path = request.url?.split("?")[0];
  if (path === "/health/live") tell(request, response, true);
  else if (path === "/health/ready") void within(ready).then((able) => tell(request, response, able));
  else return false;
  return true;
}

/** Not being able to tell in time is not being ready; the database's trouble is logged where it happens. */
function within(ready: () => Promise<boolean>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), patienceMs);
    ready()
      .catch(() => false)
      .then((able) => {
        clearTimeout(timer);
        resolve(able);
      })
      .catch(() => undefined);
  });
}

function tell(request: IncomingMessage, response: ServerResponse, able: boolean): void {
  const always = { ...guards, "x-request-id": seenOf(request).requestId };
  if (request.method !== "GET" && request.method !== "HEAD") {
    const body = refusalBody("The health is asked for by GET.", { code: "BAD_USER_INPUT" }, seenOf(request).requestId);
    const type = "application/json; charset=utf-8";
    response.writeHead(405, { ...always, allow: "GET, HEAD", "content-type": type }).end(body);
    return;
  }
  response.writeHead(able ? 200 : 503, { ...always, "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify({ status: able ? "ok" : "unavailable" }));
}
