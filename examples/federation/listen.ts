import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on this machine only. */
export interface Listening {
  /** The address of its GraphQL endpoint. */
  readonly url: string;
  /** Takes no more requests, and cuts those that go on. */
  close(): Promise<void>;
}

/** Listens on a port of 127.0.0.1: the one given, or any that is free. */
export async function listen(handler: RequestListener, port = 0): Promise<Listening> {
  // Longer than whoever asks again keeps an idle connection: else one may be closed just as it is used.
  const server = createServer({ keepAliveTimeout: 65_000 }, handler);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
