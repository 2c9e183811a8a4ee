import { positionByKey } from "../../sdk/src/index.ts";
import type { Sent } from "./way.ts";

/** A request, and whether it is answered directly when it comes for the second time. */
export interface Case extends Sent {
  readonly name: string;
  readonly direct: boolean;
}

const json = (params: object) => JSON.stringify(params);
const people = "query People($n: Int) { people(first: $n) { totalCount nodes { id name } } }";
const question = json({ query: people, variables: { n: 2 } });
const several = "query A { people(first: 1) { nodes { name } } } query B { crises(first: 1) { nodes { title } } }";
const address = (n: number) => ({ "x-forwarded-for": `198.51.100.${n}` });
const query = (text: string) => json({ query: text });

/** What is answered when it is asked again, by its plan and without Yoga. */
const answered: readonly Omit<Case, "direct">[] = [
  { name: "a query", body: question },
  { name: "a query without variables", body: query("{ states(first: 3) { nodes { name iso2 } } }") },
  { name: "a query whose variables are null", body: json({ query: people, variables: null, operationName: null }) },
  { name: "one operation of two", body: json({ query: several, operationName: "B" }) },
  { name: "the other", body: json({ query: several, operationName: "A" }) },
  { name: "extensions", body: json({ query: people, extensions: { any: 1 } }) },
  {
    name: "a trusted document",
    body: json({ documentId: `sha256:${positionByKey.sha256 ?? ""}`, variables: { key: "president" } }),
  },
  {
    name: "a long answer",
    body: query("{ documents(first: 100) { nodes { id key title publisher url publishedAt captures { id } } } }"),
  },
  { name: "something that is not there", body: query('{ stateBy(by: { key: "nowhere" }) { name } }') },
  { name: "a literal that is no ASCII", body: query('{ search(query: "Maduro Ñ 👑 “x”") { totalCount } }') },
  {
    name: "a variable that is no ASCII",
    body: json({ query: "query($q: String!) { search(query: $q) { totalCount } }", variables: { q: "ñ \u2028 👑" } }),
  },
  {
    name: "what is left out",
    body: json({
      query: "query($a: Boolean!) { people(first: 1) { nodes { id name @include(if: $a) } } }",
      variables: { a: false },
    }),
  },
  {
    name: "a moment",
    body: query('{ record(asOf: { knownAt: "2020-01-01T00:00:00Z" }) { people(first: 2) { nodes { name } } } }'),
  },
  {
    name: "a moment of recording",
    body: query(
      '{ record(asOf: { knownAt: "2020-01-01T00:00:00Z", knownBy: RECORDED }) { people(first: 2) { nodes { name } } } }',
    ),
  },
  { name: "a mark before the body", body: Buffer.from(`\ufeff${question}`) },
  { name: "white space around the body", body: ` \n${question}\t` },
  { name: "a charset", body: question, headers: { "content-type": "Application/JSON ; charset=UTF-8" } },
  { name: "any type accepted", body: question, headers: { accept: "*/*" } },
  { name: "an answer of GraphQL accepted", body: question, headers: { accept: "application/graphql-response+json" } },
  {
    name: "what the SDK accepts",
    body: question,
    headers: { accept: "application/graphql-response+json, application/json" },
  },
  {
    name: "JSON accepted before all else",
    body: question,
    headers: { accept: "Application/JSON , text/html;q=0.9, */*;q=0.1" },
  },
  { name: "any application accepted", body: question, headers: { accept: "application/*" } },
  { name: "a friend's page", body: question, headers: { origin: "https://friend.example" } },
  { name: "a stranger's page", body: question, headers: { origin: "https://evil.example" } },
  { name: "a proxy", body: question, headers: { "x-forwarded-for": "203.0.113.9, 2001:db8::1" } },
  { name: "an id of its own", body: question, headers: { "x-request-id": "another" } },
  { name: "an idempotency key", body: question, headers: { "idempotency-key": "abc" } },
  { name: "an etag to compare", body: question, headers: { "if-none-match": "*" } },
  { name: "a body that is announced", body: question, headers: { expect: "100-continue" } },
  { name: "half a million spaces", body: `${question}${" ".repeat(500_000)}` },
];

/** What Yoga is to answer, whoever reads it first. */
const handedOn: readonly Omit<Case, "direct">[] = [
  { name: "an unknown field", body: query("{ nothing }") },
  { name: "no GraphQL", body: query("{ people") },
  { name: "an introspection", body: query("{ __schema { queryType { name } } }") },
  { name: "a variable that is wrong", body: json({ query: people, variables: { n: "two" } }) },
  { name: "a variable that is out of bounds", body: json({ query: people, variables: { n: 101 } }) },
  {
    name: "a variable that is missing",
    body: json({ query: "query($q: String!) { search(query: $q) { totalCount } }" }),
  },
  { name: "an operation that is not there", body: json({ query: several, operationName: "C" }) },
  { name: "no operation chosen", body: json({ query: several }) },
  { name: "an operation without a name chosen by an empty one", body: json({ query: people, operationName: "" }) },
  { name: "a name that is no text", body: json({ query: people, operationName: 7 }) },
  { name: "variables that are a list", body: json({ query: people, variables: [2] }) },
  { name: "variables that are a text", body: json({ query: people, variables: "n" }) },
  { name: "extensions that are a list", body: json({ query: people, extensions: [] }) },
  { name: "a parameter that nobody knows", body: json({ query: people, more: 1 }) },
  { name: "a parameter that nobody knows and that is null", body: json({ query: people, more: null }) },
  { name: "a query that is no text", body: json({ query: 1 }) },
  { name: "no query", body: "{}" },
  { name: "a document that is not known", body: json({ documentId: `sha256:${"0".repeat(64)}` }) },
  { name: "a document and a query", body: json({ documentId: `sha256:${positionByKey.sha256 ?? ""}`, query: people }) },
  { name: "a document without an id", body: json({ documentId: "x" }) },
  {
    name: "too much",
    body: query("{ people(first: 100) { nodes { names { value } timeline(first: 100) { nodes { id } } } } }"),
  },
  { name: "a mutation", body: query("mutation { actorAdd(input: {}) { __typename } }") },
  { name: "a mutation without a scope", body: query("mutation { __typename }") },
  {
    name: "a subscription",
    body: query("subscription { recordChanged { cursor } }"),
    headers: { accept: "application/json" },
  },
  { name: "a list of questions", body: `[${question},${question}]` },
  { name: "nothing", body: "" },
  { name: "null", body: "null" },
  { name: "no JSON", body: "{query:1}" },
  { name: "a key twice", body: '{"query":"{ __typename }","query":"{ people { totalCount } }"}' },
  { name: "a prototype", body: '{"query":"{ __typename }","variables":{"__proto__":{"polluted":1}}}' },
  { name: "a number beyond a double", body: '{"query":"{ __typename }","variables":{"n":9007199254740993}}' },
  { name: "half a character", body: `{"query":${JSON.stringify(people)},"variables":{"n":2,"t":"\\ud800"}}` },
  { name: "NUL", body: `{"query":${JSON.stringify(people)},"variables":{"n":2,"t":"\\u0000"}}` },
  { name: "bytes that are no UTF-8", body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]) },
  { name: "a million spaces", body: `${question}${" ".repeat(1_000_000)}` },
  {
    name: "a million spaces in chunks",
    body: `${question}${" ".repeat(1_000_000)}`,
    headers: { "transfer-encoding": "chunked" },
  },
  { name: "chunks", body: question, headers: { "transfer-encoding": "chunked" } },
  { name: "a compressed body", body: question, headers: { "content-encoding": "gzip" } },
  { name: "a body that is as it is", body: question, headers: { "content-encoding": "identity" } },
  { name: "a form", body: "query=%7B__typename%7D", headers: { "content-type": "application/x-www-form-urlencoded" } },
  { name: "plain text", body: question, headers: { "content-type": "text/plain" } },
  { name: "JSON in Latin", body: question, headers: { "content-type": "application/json; charset=latin1" } },
  { name: "no type", body: question, without: ["content-type"] },
  { name: "a stream accepted", body: question, headers: { accept: "text/event-stream" } },
  { name: "a page accepted", body: question, headers: { accept: "text/html" } },
  { name: "a page accepted before JSON", body: question, headers: { accept: "text/html, application/json" } },
  { name: "JSON accepted with a weight", body: question, headers: { accept: "application/json;q=0.5" } },
  { name: "JSON accepted in Latin", body: question, headers: { accept: "application/json;charset=latin1" } },
  { name: "an empty Accept", body: question, headers: { accept: "" } },
  {
    name: "a key that is unknown",
    body: question,
    headers: { authorization: `Bearer pcr_${"a".repeat(60)}`, ...address(1) },
  },
  { name: "another scheme", body: question, headers: { authorization: "Basic YTpi", ...address(2) } },
  { name: "a key in the address", path: "/graphql?api_key=1", body: question, headers: address(3) },
  { name: "an address with a question", path: "/graphql?a=1", body: question },
  { name: "an address with a slash more", path: "/graphql/", body: question },
  { name: "an address in full", path: "http://localhost/graphql?", body: question },
  { name: "another address", path: "/elsewhere", body: question },
  { name: "another host", body: question, headers: { host: "evil.example" } },
  { name: "PUT", method: "PUT", body: question },
  { name: "PATCH", method: "PATCH", body: question },
  { name: "OPTIONS of a friend's page", method: "OPTIONS", headers: { origin: "https://friend.example" } },
  { name: "OPTIONS of a stranger's page", method: "OPTIONS", headers: { origin: "https://evil.example" } },
  { name: "HEAD", method: "HEAD" },
  {
    name: "GET",
    method: "GET",
    path: `/graphql?query=${encodeURIComponent("{ people(first: 1) { nodes { name } } }")}`,
  },
  { name: "GET of a mutation", method: "GET", path: `/graphql?query=${encodeURIComponent("mutation { __typename }")}` },
];

/** Requests of every kind, good and bad. */
export const cases: readonly Case[] = [
  ...answered.map((each) => ({ ...each, direct: true })),
  ...handedOn.map((each) => ({ ...each, direct: false })),
];
