import type { Plugin } from "graphql-yoga";

const answered = "x-request-id, x-cost, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after";

/**
 * Lets pages of these origins, and of no other, ask the API and read its answers. They may send a key as any program
 * does; what a browser keeps for this server is never used.
 */
export function cors(allowedOrigins: readonly string[]): Plugin {
  const allowed = (request: Request) => {
    const origin = request.headers.get("origin");
    return origin !== null && allowedOrigins.includes(origin) ? origin : null;
  };
  return {
    onRequest(payload) {
      const { request, fetchAPI } = payload;
      if (request.method !== "OPTIONS" || allowed(request) === null) return;
      const headers = {
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": "authorization, content-type, idempotency-key, x-request-id",
        "access-control-max-age": "600",
      };
      payload.endResponse(new fetchAPI.Response(null, { status: 204, headers }));
    },
    onResponse({ request, response }) {
      response.headers.append("vary", "origin");
      const origin = allowed(request);
      if (origin === null) return;
      response.headers.set("access-control-allow-origin", origin);
      response.headers.set("access-control-expose-headers", answered);
    },
  };
}
