import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { STATUS_CODES } from "node:http";
import { guards } from "../yoga/guard.ts";
import { refusalBody } from "../yoga/refusal-body.ts";
import { requestIdOf } from "../yoga/request-id.ts";

const code = "BAD_USER_INPUT";

/** Why a request is refused before anything reads it: it names no path, its Host is none, or is not this server's, it expects too much. */
export type Unread = "pathless" | "malformed" | "foreign" | "expecting";

const unread: Readonly<Record<Unread, readonly [status: number, message: string]>> = {
  pathless: [400, "The request line names no path; the API is at /graphql."],
  malformed: [400, "The Host header names no host; give the address that the server is reached at."],
  foreign: [421, "This server is not called so. Who runs it can name it in CHANCERY_ALLOWED_HOSTS."],
  expecting: [417, "The Expect header may ask for 100-continue, and nothing else."],
};

/** Refuses a request before anything reads it, and takes no other on its connection. Gives the code that is told. */
export function refuse(response: ServerResponse, why: Unread, requestId: string): string {
  const [status, message] = unread[why];
  const type = "application/json; charset=utf-8";
  const headers = { ...guards, "x-request-id": requestId, "content-type": type, connection: "close" };
  response.writeHead(status, headers).end(refusalBody(message, { code }, requestId));
  return code;
}

const malformed: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, "The headers are too long."],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, "The chunks of the body carry too much beside it."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request took too long to arrive."],
};

/** What was told to somebody whose request could not be read. */
interface Refused {
  readonly requestId: string;
  readonly status: number;
  readonly code: string;
}

/**
 * Refuses what is no HTTP, or did not arrive in time, in the form of every other refusal; null where nobody is left to
 * tell.
 */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): Refused | null {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return null;
  }
  const [status, message] = malformed[error.code ?? ""] ?? [400, "This is no HTTP request."];
  const requestId = requestIdOf(null);
  const body = refusalBody(message, { code }, requestId);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    ...Object.entries(guards).map(([name, value]) => `${name}: ${value}`),
    `x-request-id: ${requestId}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  return { requestId, status, code };
}
