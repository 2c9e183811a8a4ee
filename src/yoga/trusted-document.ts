import { readFileSync } from "node:fs";
import { GraphQLError } from "graphql";
import type { GraphQLParams, Plugin } from "graphql-yoga";

/** Documents by the id that stands for them: `sha256:` and the SHA-256 of the text in hex. */
export type TrustedDocuments = ReadonlyMap<string, string>;

const manifest = new URL("../../sdk/src/generated/persisted-documents.json", import.meta.url);
const wellFormed = /^sha256:[0-9a-f]{64}$/;

/** The documents of this version's SDK. Throws when its manifest cannot be read. */
export function readTrustedDocuments(): TrustedDocuments {
  return new Map(Object.entries(JSON.parse(readFileSync(manifest, "utf8")) as Record<string, string>));
}

/**
 * Lets a request name a trusted document by `documentId` where it would send a `query`, in the body of a POST or in the
 * address of a GET. Refuses with BAD_USER_INPUT what is no id and what sends both, and with PERSISTED_QUERY_NOT_FOUND
 * an id that is not known, upon which a client sends the text.
 */
export function trustedDocuments(documents: TrustedDocuments): Plugin {
  return {
    onParams({ params, request, setParams }) {
      const asked = request.method === "GET" ? new URL(request.url).searchParams.get("documentId") : null;
      setParams(withDocument(documents, params, asked));
    },
  };
}

/**
 * The parameters of a request with the text of the document that they name, if they name one.
 * @param asked the id that stands in the address
 * @throws GraphQLError as `trustedDocuments` does
 */
export function withDocument(documents: TrustedDocuments, params: GraphQLParams, asked: string | null): GraphQLParams {
  const { documentId, ...rest } = params as GraphQLParams & { documentId?: unknown };
  const id = documentId ?? asked;
  if (id === null) return params;
  if (typeof id !== "string" || !wellFormed.test(id)) {
    throw refuse("BAD_USER_INPUT", "A documentId is sha256: and 64 hexadecimal digits in lower case.");
  }
  if (rest.query) throw refuse("BAD_USER_INPUT", "Send a query or a documentId, not both.");
  const query = documents.get(id);
  if (query === undefined) {
    throw refuse("PERSISTED_QUERY_NOT_FOUND", "No document is known by this id; send its text as query.");
  }
  return { ...rest, query };
}

function refuse(code: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { spec: true, status: 400 } } });
}
