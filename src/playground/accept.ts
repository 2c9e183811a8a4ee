/** What a program asks for when it wants an answer from the API and not a page. */
const API_TYPES = ["application/json", "application/graphql-response+json", "text/event-stream"];

/**
 * Whether an `Accept` header asks for a web page: it names `text/html` itself (a wildcard is not enough, since every
 * program sends one), and gives no type of the API a higher weight. Weights as in RFC 9110, section 12.4.2.
 */
export function prefersPage(accept: string | null): boolean {
  const weights = new Map(
    (accept ?? "").split(",").map((range) => {
      const [type = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith("q="));
      return [type, weight === undefined ? 1 : Number(weight.slice(2))] as const;
    }),
  );
  const page = weights.get("text/html") ?? 0;
  return page > 0 && API_TYPES.every((type) => (weights.get(type) ?? 0) <= page);
}
