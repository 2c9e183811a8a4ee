import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { Refusal } from "../errors.ts";
import { prefersPage } from "./accept.ts";
import { readAssets, type Asset } from "./asset.ts";
import { readExamples } from "./example.ts";
import { renderPage, writePolicy } from "./page.ts";

export type PlaygroundOptions = {
  /** Holds the examples that the playground opens with, as `readExamples` takes them. */
  readonly examplesFolder: URL | string;
  /** The path of the API, `/graphql` unless given. The page is served there, its files below `<endpoint>/assets/`. */
  readonly endpoint?: string;
};

export type Playground = {
  /** Answers a request for the page or one of its files; null means the request is for somebody else. */
  handle(request: Request): Response | null;
};

/** For every answer; what is asked for a page must not be framed, sniffed, or told where the reader came from. */
const GUARDS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** The policy of whatever is not the page: it may load nothing and be shown nowhere. */
const CLOSED_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * Makes the playground: GraphiQL from installed packages, with no request to another host. Examples and assets are
 * read here and kept in memory. A `GET` of the endpoint that asks for HTML gets the page, unless its URL carries a
 * `query` or `extensions`, which make it a question to the API.
 * Throws a `Refusal` (`CONFIGURATION`) for an endpoint that is not a plain path, an example that cannot be shown, or a
 * package that is missing.
 */
export function createPlayground({ examplesFolder, endpoint = "/graphql" }: PlaygroundOptions): Playground {
  refuseOddPath(endpoint);
  const base = `${endpoint}/assets`;
  const assets = readAssets(base);
  const assetOf = new Map([...assets.scripts, ...assets.styles].map((asset) => [asset.path, asset]));
  const examples = readExamples(typeof examplesFolder === "string" ? examplesFolder : fileURLToPath(examplesFolder));

  function answerPage(): Response {
    const nonce = randomBytes(16).toString("base64");
    const html = renderPage({ endpoint, assets, examples, nonce });
    const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", vary: "accept" };
    return new Response(html, { headers: { ...headers, ...GUARDS, "content-security-policy": writePolicy(nonce) } });
  }

  return {
    handle(request) {
      const url = new URL(request.url);
      const reading = request.method === "GET" || request.method === "HEAD";
      if (url.pathname.startsWith(`${base}/`)) {
        return withoutBody(request, reading ? answerAsset(assetOf.get(url.pathname)) : refuseMethod());
      }
      if (url.pathname !== endpoint || !reading) return null;
      if (url.searchParams.has("query") || url.searchParams.has("extensions")) return null;
      return prefersPage(request.headers.get("accept")) ? withoutBody(request, answerPage()) : null;
    },
  };
}

function refuseOddPath(endpoint: string): void {
  if (/^(\/[\w-]+)+$/.test(endpoint)) return;
  const message = `The endpoint "${endpoint}" must be a path of letters, digits, "-" and "_", such as "/graphql".`;
  throw new Refusal("CONFIGURATION", message, { endpoint });
}

function answerAsset(asset: Asset | undefined): Response {
  if (asset === undefined) return answerText(404, "The playground has no such file.\n");
  const headers = { "content-type": asset.type, "cache-control": "public, max-age=31536000, immutable" };
  const length = String(asset.content.byteLength);
  return new Response(asset.content, {
    headers: { ...headers, ...GUARDS, "content-length": length, "content-security-policy": CLOSED_POLICY },
  });
}

function refuseMethod(): Response {
  return answerText(405, "The files of the playground can only be read: use GET or HEAD.\n", { allow: "GET, HEAD" });
}

function answerText(status: number, text: string, more: Record<string, string> = {}): Response {
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...more };
  return new Response(text, { status, headers: { ...headers, ...GUARDS, "content-security-policy": CLOSED_POLICY } });
}

function withoutBody(request: Request, response: Response): Response {
  return request.method === "HEAD" ? new Response(null, response) : response;
}
