import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { GatewayConfigSupergraph, GatewayPlugin } from "@graphql-hive/gateway";
import { tellRefusals, wordRefusal } from "./refusal.ts";

/** The texts of the SDK's operations by their hashes; elsewhere it is `@chancery/sdk/persisted-documents.json`. */
const manifest = new URL("../../sdk/src/generated/persisted-documents.json", import.meta.url);
const documents = new Map(Object.entries(JSON.parse(readFileSync(manifest, "utf8")) as Record<string, string>));

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

/** Words every refusal as the record does, whoever it comes from. */
const refusals: GatewayPlugin = {
  onResultProcess(payload) {
    const { request, result } = payload;
    if (!("errors" in result)) return;
    const requestId = request.headers.get("x-request-id") ?? randomUUID();
    payload.setResult({ ...result, errors: tellRefusals(result.errors, requestId) });
  },
};

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
  // The gateway has to read what it is asked, so it knows the same hashes as the record. For any other id it answers as the
  // record does for one that it does not know.
  persistedDocuments: {
    allowArbitraryDocuments: true,
    extractPersistedOperationId: (params) => {
      const { documentId } = params as { readonly documentId?: unknown };
      return typeof documentId === "string" ? documentId : null;
    },
    getPersistedOperation: (id) => documents.get(id) ?? null,
    customErrors: {
      notFound: {
        message: "No document is known by this id; send its text as query.",
        extensions: { code: "PERSISTED_QUERY_NOT_FOUND", http: { spec: true, status: 400 } },
      },
      keyNotFound: {
        message: "Send a query, or a documentId of the SDK.",
        extensions: { code: "BAD_USER_INPUT", http: { spec: true, status: 400 } },
      },
    },
  },
  plugins: () => [refusals],
  maskedErrors: { maskError: wordRefusal },
  landingPage: false,
} satisfies Partial<GatewayConfigSupergraph>;
