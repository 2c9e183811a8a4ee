import type { Agent, IncomingHttpHeaders } from "node:http";
import { sendHttp } from "../support/http.ts";

/** What came back over the wire. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly data?: unknown; readonly errors?: readonly { extensions: { code: string } }[] };
  /** From the sending of the question to the end of the answer, in ms. */
  readonly ms: number;
}

/** How a question is sent. */
export interface Sent {
  readonly port: number;
  readonly headers?: Record<string, string>;
  readonly variables?: object;
  readonly agent?: Agent;
  /** Breaks the connection off. */
  readonly signal?: AbortSignal;
}

/** Sends one document on a socket of its own, unless it is given an agent, and reads the answer to its end. */
export async function ask(
  query: string,
  { port, headers = {}, variables = {}, agent, signal }: Sent,
): Promise<Answered> {
  const began = performance.now();
  const json = { "content-type": "application/json", accept: "application/graphql-response+json" };
  const {
    status,
    headers: told,
    bytes,
  } = await sendHttp({
    port,
    method: "POST",
    headers: { ...json, ...headers },
    body: JSON.stringify({ query, variables }),
    agent,
    signal,
  });
  return {
    status,
    headers: told,
    body: JSON.parse(bytes.toString()) as Answered["body"],
    ms: performance.now() - began,
  };
}

/** The code of the first error in an answer; null where there is none. */
export function codeOf({ body }: Answered): string | null {
  return body.errors?.[0]?.extensions.code ?? null;
}

/** The status of `/health/<what>`, and how long it took, in ms. */
export async function healthOf(port: number, what: "live" | "ready"): Promise<{ status: number; ms: number }> {
  const began = performance.now();
  const { status } = await fetch(`http://127.0.0.1:${port}/health/${what}`, { headers: { connection: "close" } });
  return { status, ms: performance.now() - began };
}
