import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { doneWithin } from "./db/patience.ts";
import { listen, type Address } from "./listen.ts";
import { Answers } from "./server/answer.ts";
import { Backlog } from "./server/backlog.ts";
import { answerHealth } from "./server/health.ts";
import { hostJudge } from "./server/host.ts";
import { refuse, refuseMalformed, type Unread } from "./server/refusal.ts";
import { readTarget } from "./server/target.ts";
import { requestIdOf } from "./yoga/request-id.ts";
import { firstSeen, see, type Observe } from "./yoga/seen.ts";

const DRAIN_MS = 20_000;
/** How long connections that are cut may take to be gone, in ms. */
const CUT_MS = 1_000;
const STALL_MS = 30_000;

/** What a server is made of. */
export interface ServeOptions extends Address {
  /** Answers every request but those to /health. */
  readonly handler: RequestListener;
  /** Whether requests can be answered now: asked by /health/ready. */
  readonly ready: () => Promise<boolean>;
  /** Names that requests may be addressed to, beside those of this machine; see `HostRule`. None unless given. */
  readonly allowedHosts?: readonly string[];
  /** Told of every request but those to /health, when its answer has ended. */
  readonly observe?: Observe;
  /** How long requests in flight may take to finish when the server closes, in ms. Default 20 s. */
  readonly drainMs?: number;
  /** How long a connection may stand without a byte being taken or sent while no answer is worked on, in ms. Default 30 s. */
  readonly stallMs?: number;
}

/** A server that listens. */
export interface Serving {
  readonly port: number;
  /** Takes no more connections, lets requests in flight finish (those that take too long are cut), then resolves. */
  close(): Promise<void>;
}

/**
 * Listens, with limits that keep slow or silent clients from holding connections. `/health/live` answers 200 while the
 * process lives; `/health/ready` 200 when the record can answer, 503 when it cannot or the server is closing. Every
 * answer has an `x-request-id`.
 * @throws Refusal CONFIGURATION as `listen` does.
 */
export async function serve(options: ServeOptions): Promise<Serving> {
  const {
    handler,
    ready,
    allowedHosts = [],
    observe = () => undefined,
    drainMs = DRAIN_MS,
    stallMs = STALL_MS,
  } = options;
  const judge = hostJudge({ host: options.host, allowedHosts });
  let closing = false;
  const open = new Set<ServerResponse>();
  const answers = new Answers();
  const backlog = new Backlog(open);
  const answer = (request: IncomingMessage, response: ServerResponse, expecting?: Unread) => {
    open.add(response);
    answers.begin(request.socket, response);
    response.once("close", () => {
      open.delete(response);
      // A connection whose answer began before the server closed was told to stay, and is idle from now on.
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
    if (closing) response.setHeader("Connection", "close");
    const id = requestIdOf(request.headers["x-request-id"]?.toString());
    request.headers["x-request-id"] = id;
    const seen = see(request, id);
    const target = readTarget(request.url);
    const judged = target ? judge(target.host ?? request.headers.host) : "pathless";
    const wrong = expecting ?? judged;
    if (target) request.url = target.path;
    if (!wrong && answerHealth(request, response, async () => !closing && (await ready()))) return;
    response.once("close", () => {
      observe(seen, response.headersSent ? response.statusCode : null, performance.now() - seen.since);
    });
    if (wrong) seen.code = refuse(response, wrong, id);
    else handler(request, response);
  };
  const server = createServer(
    {
      headersTimeout: 5_000,
      requestTimeout: 15_000,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 5_000,
      maxHeaderSize: 16_384,
    },
    (request, response) => answer(request, response),
  );
  // Anything but 100-continue.
  server.on("checkExpectation", (request, response) => answer(request, response, "expecting"));
  server.maxConnections = 2_000;
  // Who neither sends nor reads keeps what is being written for them in memory. Who waits for an answer has to: a
  // mutation may wait for its turn, and is done whether or not its asker is there to be told.
  server.setTimeout(stallMs, (socket) => {
    if (!answers.isAwaited(socket)) socket.destroy();
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    answers.closeAfter(socket, () => {
      const refused = refuseMalformed(error, socket);
      if (refused) observe({ ...firstSeen(refused.requestId), code: refused.code }, refused.status, 0);
    });
  });
  const port = await listen(server, options);

  return {
    port,
    close: async () => {
      closing = true;
      backlog.close();
      // Else their clients would keep the connections, and the server waiting.
      for (const response of open) if (!response.headersSent) response.setHeader("Connection", "close");
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      if (await doneWithin(drainMs, closed)) return;
      server.closeAllConnections();
      await doneWithin(CUT_MS, closed);
    },
  };
}
