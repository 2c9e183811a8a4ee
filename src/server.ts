import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { listen, type Address } from "./listen.ts";

const DRAIN_MS = 20_000;

/** What a server is made of. */
export interface ServeOptions extends Address {
  /** Answers every request but those to /health. */
  readonly handler: RequestListener;
  /** Whether requests can be answered now: asked by /health/ready. */
  readonly ready: () => Promise<boolean>;
  /** How long requests in flight may take to finish when the server closes, in ms. Default 20 s. */
  readonly drainMs?: number;
}

/** A server that listens. */
export interface Serving {
  readonly port: number;
  /** Takes no more connections, lets requests in flight finish (those that take too long are cut), then resolves. */
  close(): Promise<void>;
}

/**
 * Listens, with limits that keep slow or silent clients from holding connections. `/health/live` answers 200 while the
 * process lives; `/health/ready` 200 when the record can answer, 503 when it cannot or the server is closing.
 * @throws Refusal CONFIGURATION as `listen` does.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const { handler, ready, drainMs = DRAIN_MS } = options;
  let closing = false;
  const open = new Set<ServerResponse>();
  const server = createServer(
    {
      headersTimeout: 5_000,
      requestTimeout: 15_000,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => {
      open.add(response);
      response.once("close", () => open.delete(response));
      if (closing) response.setHeader("Connection", "close");
      if (!isHost(request.headers.host)) {
        refuseHost(response);
        return;
      }
      const path = request.url?.split("?")[0];
      if (path === "/health/live") {
        answerHealth(request, response, true);
        return;
      }
      if (path === "/health/ready") return void answerReady(request, response, () => !closing && ready());
      handler(request, response);
    },
  );
  server.maxConnections = 2_000;
  const port = await listen(server, options);

  return {
    port,
    close: async () => {
      closing = true;
      // Else their clients would keep the connections, and the server waiting.
      for (const response of open) if (!response.headersSent) response.setHeader("Connection", "close");
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const impatience = setTimeout(() => server.closeAllConnections(), drainMs);
      await closed;
      clearTimeout(impatience);
    },
  };
}

/** Whether a Host header names a host, so that an address can be made of it. */
function isHost(host: string | undefined): boolean {
  return (
    host !== undefined && /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:\d{1,5})?$/i.test(host) && URL.canParse(`http://${host}`)
  );
}

function refuseHost(response: ServerResponse): void {
  const message = "The Host header names no host; give the address that the server is reached at.";
  response.writeHead(400, { "Content-Type": "application/json", Connection: "close" });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code: "BAD_USER_INPUT" } }] }));
}

async function answerReady(
  request: IncomingMessage,
  response: ServerResponse,
  ready: () => Promise<boolean> | boolean,
): Promise<void> {
  let able = false;
  try {
    able = await ready();
  } catch {
    // Not being able to tell is not being ready; the database's trouble is logged where it happens.
  }
  answerHealth(request, response, able);
}

function answerHealth(request: IncomingMessage, response: ServerResponse, able: boolean): void {
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.writeHead(405, { Allow: "GET, HEAD" }).end();
    return;
  }
  response.writeHead(able ? 200 : 503, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  response.end(JSON.stringify({ status: able ? "ok" : "unavailable" }));
}
