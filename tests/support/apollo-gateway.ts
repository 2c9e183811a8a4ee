import { ApolloGateway } from "@apollo/gateway";
import { getOperationAST, parse } from "graphql";
import type { Answer } from "./record.ts";

/** Asks a supergraph through Apollo's gateway, which is made for this one question. */
export async function askApollo(supergraphSdl: string, query: string): Promise<Answer> {
  const gateway = new ApolloGateway({ supergraphSdl });
  try {
    const { schema, executor } = await gateway.load();
    const document = parse(query);
    const operation = getOperationAST(document);
    const request = { query, variables: {}, http: undefined };
    const asked = { request, document, operation, schema, queryHash: query, context: {}, logger: console, metrics: {} };
    // Apollo's server would fill in the rest, which the executor does not read.
    const { data, errors } = await executor(asked as never);
    return {
      ...(errors ? { errors: errors as never } : {}),
      ...(data ? { data: JSON.parse(JSON.stringify(data)) as object } : {}),
    } as Answer;
  } finally {
    await gateway.stop();
  }
}
