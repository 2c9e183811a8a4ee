import type { IncomingMessage } from "node:http";
import { bounds } from "../../limit/bound.ts";

/** Whether the head of a request tells how long its body is, and that it is not too long. */
export function tellsLength({ headers }: IncomingMessage): boolean {
  const length = headers["content-length"];
  if (length === undefined || headers["transfer-encoding"] !== undefined) return false;
  return /^\d{1,9}$/.test(length) && Number(length) <= bounds.requestBytes;
}

/** The bytes of a body, whose length node:http holds against what its head told; null where the sender left before its end. */
export function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  if (request.destroyed) return Promise.resolve(null);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once("close", () => resolve(null));
  });
}
