import { type IncomingHttpHeaders, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A request as it arrived. */
export interface Seen {
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    readonly operationName: string;
    readonly query?: string;
    readonly documentId?: string;
    readonly variables?: Record<string, unknown>;
  };
  /** Milliseconds since the server began. */
  readonly at: number;
}

/** What the server does with one request. */
export type Act = (response: ServerResponse, seen: Seen) => void | Promise<void>;

/** A server that does, request by request, what it is told; after the last act it repeats that one. */
export interface FaultyServer extends AsyncDisposable {
  readonly url: string;
  readonly seen: readonly Seen[];
  /** Connections whose client has gone away. */
  readonly closed: readonly string[];
}

export async function startFaultyServer(...acts: readonly Act[]): Promise<FaultyServer> {
  const seen: Seen[] = [];
  const closed: string[] = [];
  const startedAt = performance.now();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Seen["body"];
      const one = { headers: request.headers, body, at: performance.now() - startedAt };
      seen.push(one);
      response.on("close", () => {
        if (!response.writableFinished) closed.push(body.operationName);
      });
      void acts[Math.min(seen.length, acts.length) - 1]?.(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    seen,
    closed,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const answer =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Act =>
  (response) => {
    response.writeHead(status, { "content-type": "application/graphql-response+json", ...headers });
    response.end(body === "" ? undefined : JSON.stringify(body));
  };

export const refuse = (
  code: string,
  status = 200,
  headers: Record<string, string> = {},
  extensions: Record<string, unknown> = {},
): Act => answer({ errors: [{ message: `refused: ${code}`, extensions: { code, ...extensions } }] }, status, headers);

export const html =
  (status: number): Act =>
  (response) => {
    response.writeHead(status, { "content-type": "text/html" });
    response.end("<html><body>Bad gateway</body></html>");
  };

/** Takes the request and never answers. */
export const hang: Act = () => undefined;

/** Breaks the connection, after half an answer when told so. */
export const reset =
  (half = ""): Act =>
  (response) => {
    if (!half) return void response.socket?.destroy();
    response.writeHead(200, { "content-type": "application/json", "content-length": "5000" });
    response.write(half, () => response.socket?.destroy());
  };

/** Streams pieces of text one by one; after them completes, breaks off, or falls silent. */
export const stream =
  (pieces: readonly string[], then: "end" | "break" | "silence" = "end"): Act =>
  async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    for (const piece of pieces) {
      response.write(piece);
      await wait(5);
    }
    if (then === "end") response.end();
    if (then === "break") response.socket?.destroy();
  };

/** One event of a GraphQL subscription. */
export const event = (data: unknown): string => `event: next\ndata: ${JSON.stringify({ data })}\n\n`;
export const COMPLETE = "event: complete\ndata:\n\n";
