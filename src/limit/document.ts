import { GraphQLError, Kind, parse, visit, type DocumentNode, type Source } from "graphql";
import type { RefusalCode } from "../errors.ts";
import { InvalidValue } from "../values/invalid-value.ts";
import { wellFormed } from "../values/text.ts";
import { bounds } from "./bound.ts";
import { measure, type Shape } from "./shape.ts";

/** What is held against each measure of a document, and how a refusal calls it. */
const rules: readonly { of: keyof Shape; code: RefusalCode; what: string; instead: string }[] = [
  {
    of: "depth",
    code: "QUERY_TOO_DEEP",
    what: "levels of fields",
    instead: "ask for what lies deeper by its id, in a request of its own",
  },
  {
    of: "introspectionDepth",
    code: "QUERY_TOO_DEEP",
    what: "levels of introspection",
    instead: "ask for fewer ofType",
  },
  { of: "aliases", code: "TOO_MANY_ALIASES", what: "aliases", instead: "send the rest in another request" },
  { of: "directives", code: "GRAPHQL_VALIDATION_FAILED", what: "directives", instead: "leave some out" },
  {
    of: "mutationFields",
    code: "QUERY_TOO_COMPLEX",
    what: "mutations in one request",
    instead: "send the rest in another, or all as one changeSetSubmit",
  },
];

const refused = { http: { spec: true, status: 400 } };

function refusal(code: RefusalCode, message: string, details: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...details, ...refused } });
}

/**
 * Parses a document within the bounds on its size.
 * @throws GraphQLError with its code: GRAPHQL_PARSE_FAILED for what is no GraphQL or has too many tokens; QUERY_TOO_DEEP,
 *   TOO_MANY_ALIASES, QUERY_TOO_COMPLEX or GRAPHQL_VALIDATION_FAILED, with `limit` and `actual`, for what is too large;
 *   INVALID_TEXT for a string that PostgreSQL cannot keep
 */
export function parseDocument(source: string | Source): DocumentNode {
  const document = parseWithin(source);
  const shape = measure(document);
  for (const { of, code, what, instead } of rules) {
    const [limit, actual] = [bounds[of], shape[of]];
    if (actual > limit) {
      throw refusal(code, `The document has ${actual} ${what}; at most ${limit} are answered: ${instead}.`, {
        limit,
        actual,
      });
    }
  }
  const text = typeof source === "string" ? source : source.body;
  if (text.includes("\\u")) refuseBadText(document);
  return document;
}

function parseWithin(source: string | Source): DocumentNode {
  try {
    return parse(source, { maxTokens: bounds.tokens });
  } catch (error) {
    if (error instanceof RangeError) throw refusal("GRAPHQL_PARSE_FAILED", "The document is nested too deeply.");
    if (!(error instanceof GraphQLError)) throw error;
    if (error.message.includes("Parsing aborted")) {
      const message = `The document has more than ${bounds.tokens} tokens; divide it, and give values as variables.`;
      throw refusal("GRAPHQL_PARSE_FAILED", message, { limit: bounds.tokens });
    }
    Object.assign(error.extensions, { code: "GRAPHQL_PARSE_FAILED", ...refused });
    throw error;
  }
}

function refuseBadText(document: DocumentNode): void {
  visit(document, {
    [Kind.STRING]: ({ value }) => {
      try {
        wellFormed(value, "document");
      } catch (error) {
        throw error instanceof InvalidValue ? refusal("INVALID_TEXT", error.message) : error;
      }
    },
  });
}
