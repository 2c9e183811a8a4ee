import type { GatewayConfigSupergraph } from "@graphql-hive/gateway";

/** What a client tells the record: who asks, under which name it repeats a mutation, and what it calls its request. */
const towardsRecord = ["authorization", "idempotency-key", "x-request-id"];
/** What the record tells a client: what it calls the request, what that cost, what is left, and when to come again. */
const towardsClient = [
  "x-request-id",
  "x-cost",
  "ratelimit-limit",
  "ratelimit-remaining",
  "ratelimit-reset",
  "retry-after",
];

function pick(headers: Headers, names: readonly string[]): Record<string, string> {
  const there = names.map((name) => [name, headers.get(name)] as const).filter(([, value]) => value !== null);
  return Object.fromEntries(there) as Record<string, string>;
}

/** How the gateway runs on a supergraph; `hive-gateway supergraph -c` takes it too. */
export const gatewayConfig = {
  propagateHeaders: {
    deduplicateHeaders: true,
    // The key is the record's: no other subgraph gets to see it.
    fromClientToSubgraphs: ({ request, subgraphName }) =>
      pick(request.headers, subgraphName === "chancery" ? towardsRecord : ["x-request-id"]),
    fromSubgraphsToClient: ({ response, subgraphName }) =>
      subgraphName === "chancery" ? pick(response.headers, towardsClient) : {},
  },
  landingPage: false,
} satisfies Partial<GatewayConfigSupergraph>;
