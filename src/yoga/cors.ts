import type { Plugin } from "graphql-yoga";

const answered = "x-request-id, x-cost, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after";

/** What an answer to a page carries, where its origin is one of these; what it carries to anybody else. */
export function originHeaders(origin: string | null, allowedOrigins: readonly string[]): Record<string, string> {
  if (allowedOrigins.length === 0) return {};
  const vary = { vary: "origin" };
  if (origin === null || !allowedOrigins.includes(origin)) return vary;
  return { ...vary, "access-control-allow-origin": origin, "access-control-expose-headers": answered };
}

/**
 * Lets pages of these origins, and of no other, ask the API and read its answers. They may send a key as any program
 * does; what a browser keeps for this server is never used.
 */
export function cors(allowedOrigins: readonly string[]): Plugin {
  const isAllowed = (request: Request) => allowedOrigins.includes(request.headers.get("origin") ?? "");
  return {
    onRequest(payload) {
      const { request, fetchAPI } = payload;
      if (request.method !== "OPTIONS" || !isAllowed(request)) return;
      const headers = {
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": "authorization, content-type, idempotency-key, x-request-id",
        "access-control-max-age": "600",
      };
      payload.endResponse(new fetchAPI.Response(null, { status: 204, headers }));
    },
    onResponse({ request, response }) {
      const headers = originHeaders(request.headers.get("origin"), allowedOrigins);
      for (const [name, value] of Object.entries(headers)) response.headers.append(name, value);
    },
  };
}
