import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { STATUS_CODES } from "node:http";
import { requestIdOf } from "../yoga/request-id.ts";

/** What every answer carries that no page shows, whoever gives it. */
export const guards: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

function bodyOf(message: string, code: string): string {
  return JSON.stringify({ errors: [{ message, extensions: { code } }] });
}

/** Refuses a request before anything reads it, and takes no other on its connection. */
export function refuse(response: ServerResponse, status: number, message: string): void {
  const headers = { ...guards, "content-type": "application/json; charset=utf-8", connection: "close" };
  response.writeHead(status, headers).end(bodyOf(message, "BAD_USER_INPUT"));
}

const malformed: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [431, "The headers are too long."],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, "The chunks of the body carry too much beside it."],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request took too long to arrive."],
};

/** Refuses what is no HTTP, or did not arrive in time, in the form of every other refusal. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const [status, message] = malformed[error.code ?? ""] ?? [400, "This is no HTTP request."];
  const body = bodyOf(message, "BAD_USER_INPUT");
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    ...Object.entries(guards).map(([name, value]) => `${name}: ${value}`),
    `x-request-id: ${requestIdOf(null)}`,
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
