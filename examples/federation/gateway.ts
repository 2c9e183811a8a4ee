import { createGatewayRuntime } from "@graphql-hive/gateway";
import { gatewayConfig } from "./gateway.config.ts";
import { listen, type Listening } from "./listen.ts";

/** Starts the gateway on a supergraph: on this port, or on any that is free. */
export async function startGateway(supergraph: string, port?: number): Promise<Listening> {
  const gateway = createGatewayRuntime({ ...gatewayConfig, supergraph });
  const listening = await listen((request, response) => void gateway(request, response), port);
  return {
    url: listening.url,
    close: async () => {
      await listening.close();
      await gateway[Symbol.asyncDispose]();
    },
  };
}
