import { oddTexts, type Chance } from "./chance.ts";

/** A request that is not as it should be. */
export interface OddRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
}

const good = JSON.stringify({
  query:
    "query Q($first: Int, $key: String!) { people(first: $first) { nodes { name } } stateByKey(key: $key) { name } }",
  variables: { first: 2, key: "venezuela" },
  operationName: "Q",
});

const oddValues: readonly string[] = [
  "null",
  "0",
  "-1",
  "1e400",
  "9007199254740993",
  "true",
  "[]",
  "{}",
  '""',
  '"x"',
  "[[[]]]",
  '{"a":{"a":{}}}',
  '"\\ud800"',
  '"\\u0000"',
  '{"__proto__":{"x":1}}',
  '{"constructor":{"prototype":{"x":1}}}',
  "1.5",
  '{"toString":null}',
  '{"length":5}',
];

/** How a body goes wrong. */
const ways: readonly ((chance: Chance) => Buffer)[] = [
  // Bytes altered, left out, put in twice.
  (chance) => {
    const bytes = Buffer.from(good);
    for (let i = 0; i <= chance.below(6); i += 1) bytes[chance.below(bytes.length)] = chance.below(256);
    return bytes;
  },
  (chance) => Buffer.from(good.slice(0, chance.below(good.length))),
  (chance) => {
    const [from, to] = [chance.below(good.length), chance.below(good.length)];
    return Buffer.from(good.slice(0, to) + good.slice(from));
  },
  // Well-formed JSON of the wrong kind in every place.
  (chance) => {
    const names = ["query", "variables", "operationName", "extensions", "documentId", chance.pick(oddTexts)];
    const pairs = names
      .filter(() => chance.next() < 0.6)
      .map(
        (name) =>
          `${JSON.stringify(name)}:${chance.next() < 0.3 ? JSON.stringify(chance.pick(oddTexts)) : chance.pick(oddValues)}`,
      );
    return Buffer.from(`{${pairs.join(",")}}`);
  },
  // A good question with odd variables.
  (chance) => {
    const [first, key] = [
      chance.pick(oddValues),
      chance.next() < 0.5 ? chance.pick(oddValues) : JSON.stringify(chance.pick(oddTexts)),
    ];
    const { query } = JSON.parse(good) as { query: string };
    return Buffer.from(`{"query":${JSON.stringify(query)},"variables":{"first":${first},"key":${key}}}`);
  },
  // Documents that are nearly GraphQL.
  (chance) => {
    const tokens = [
      "{",
      "}",
      "(",
      ")",
      "[",
      "]",
      ":",
      "!",
      "...",
      "@skip",
      "$a",
      '"',
      '"""',
      "query",
      "mutation",
      "subscription",
      "fragment",
      "on",
      "people",
      "__schema",
      "1",
      "-",
      "#",
      "\u0000",
      "é",
      "name",
    ];
    const query = Array.from({ length: 1 + chance.below(60) }, () => chance.pick(tokens)).join(" ");
    return Buffer.from(JSON.stringify({ query }));
  },
  // The same thing many times.
  (chance) => {
    const part = chance.pick(["{a", "[", "@a ", "...f ", "a:b ", "$a:Int ", "#\n", "\ufeff", "x,"]);
    return Buffer.from(JSON.stringify({ query: `{ people ${part.repeat(chance.below(3_000))} }` }));
  },
  (chance) => Buffer.from("[".repeat(chance.below(5_000))),
  (chance) => Buffer.from(`[${Array.from({ length: chance.below(5) }, () => good).join(",")}]`),
  (chance) => Buffer.from(Array.from({ length: chance.below(300) }, () => chance.below(256))),
];

/** A request that somebody might send by mistake or on purpose. */
export function makeOddRequest(chance: Chance): OddRequest {
  const body = chance.pick(ways)(chance);
  const type =
    chance.next() < 0.9
      ? "application/json"
      : chance.pick([
          "text/plain",
          "application/graphql",
          "multipart/form-data",
          "",
          "application/json; charset=latin1",
          "x",
        ]);
  const accept = chance.pick([
    "application/json",
    "application/graphql-response+json",
    "*/*",
    "text/event-stream",
    "text/html",
    "x",
    "multipart/mixed",
  ]);
  const headers: Record<string, string> = { "content-type": type, accept };
  if (chance.next() < 0.05) headers["content-encoding"] = chance.pick(["gzip", "br", "identity"]);
  if (chance.next() < 0.05) headers["x-request-id"] = chance.pick(["a b", "x".repeat(200), "é", "ok-1"]);
  if (chance.next() < 0.05) headers["idempotency-key"] = chance.pick(["", "x".repeat(300), "k-1", "é"]);
  if (chance.next() < 0.1) {
    const search = new URLSearchParams({ query: chance.pick(["{ __typename }", "mutation { x }", ...oddTexts]) });
    if (chance.next() < 0.5) search.set("variables", chance.pick([...oddValues, ...oddTexts]));
    const broken = chance.next() < 0.2 ? "&operationName=%ff" : "";
    return { method: "GET", path: `/graphql?${search.toString()}${broken}`, headers, body: undefined };
  }
  const method = chance.next() < 0.97 ? "POST" : chance.pick(["PUT", "DELETE", "PATCH", "OPTIONS"]);
  const path =
    chance.next() < 0.98
      ? "/graphql"
      : chance.pick(["/", "/graphql/", "/graphql/../x", "//graphql", "/%00", "/health/ready"]);
  return { method, path, headers, body };
}
