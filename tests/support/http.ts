import { request, type Agent, type IncomingHttpHeaders } from "node:http";

/** A request as it goes over the wire: nothing is added to it but what HTTP itself needs. */
export interface HttpRequest {
  readonly port: number;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer | undefined;
  /** Keeps connections; without one each request has a connection of its own. */
  readonly agent?: Agent | undefined;
  /** Breaks the connection off. */
  readonly signal?: AbortSignal | undefined;
}

/** What came back over the wire. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

/** Sends a request to a port of this machine, under any name and with any headers, and reads the answer to its end. */
export function sendHttp({ port, path = "/graphql", body, agent, signal, ...asked }: HttpRequest): Promise<HttpAnswer> {
  const options = { host: "127.0.0.1", port, path, agent: agent ?? false, ...asked, ...(signal ? { signal } : {}) };
  return new Promise((resolve, reject) => {
    const asking = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes: Buffer.concat(chunks) });
      });
    });
    asking.on("error", reject);
    asking.end(body);
  });
}
