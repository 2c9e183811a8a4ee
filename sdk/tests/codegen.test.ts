import { createHash } from "node:crypto";
import { buildSchema, parse, stripIgnoredCharacters } from "graphql";
import { expect, test } from "vitest";
import { commentResults } from "../codegen/comment.ts";
import { readDocuments } from "../codegen/document.ts";
import { commentEnumerations } from "../codegen/enumeration.ts";
import { printManifest, printOperations } from "../codegen/operation.ts";
import { selectTypenames } from "../codegen/typename.ts";

const schema = buildSchema(`
  interface Actor { "The name shown." name: String! }
  type Person implements Actor { "The name of the person. */" name: String! bornOn: String @deprecated(reason: "Use born.") }
  type State implements Actor { name: String! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Actors { nodes: [Actor!]! edges: [Edge!]! pageInfo: PageInfo! }
  type Edge { node: Actor! }
  type Office { holders(first: Int, after: String): Actors! }
  type Record { office(key: String!): Office offices: [Office!]! }
  type Change { cursor: String! actor: Actor! }
  type Query { actors(first: Int, after: String): Actors! record(asOf: String!): Record actor: Actor }
  type Subscription { changed(after: String): Change! }
`);

const read = (...files: string[]) => selectTypenames(schema, readDocuments(files.map((file) => parse(file))));
const print = (...files: string[]) => printOperations(schema, read(...files));

test("An operation is a plain value with the text that is sent and its hash", () => {
  const printed = print('"""Anyone."""\nquery Anyone {\n  actor { name } # whoever\n}');
  const text = "query Anyone{actor{__typename name}}";
  expect(stripIgnoredCharacters(text)).toBe(text);
  expect(printed).toContain("/** Anyone. */\nexport const Anyone: Operation<");
  expect(printed).toContain(`"text":"${text}","sha256":"${createHash("sha256").update(text).digest("hex")}"`);
});

test("A list is found wherever $after is given to it, below other fields, aliases and fragments", () => {
  const below = print(
    'query Holders($asOf: String!, $after: String) { record(asOf: $asOf) { seat: office(key: "p") { ...Held } } }',
    "fragment Held on Office { held: holders(first: 2, after: $after) { edges { node { name } } pageInfo { ...Page } } }",
    "fragment Page on PageInfo { hasNextPage endCursor }",
  );
  expect(below).toContain('PagedOperation<T.HoldersQuery, T.HoldersQueryVariables, readonly ["record","seat","held"]>');
  expect(below).toContain('"connection":["record","seat","held"]');
});

test("A subscription with $after knows where its cursor stands", () => {
  const printed = print("subscription Live($after: String) { now: changed(after: $after) { cursor actor { name } } }");
  expect(printed).toContain('"resume":["now","cursor"]');
});

test.for([
  [
    "A list below a list",
    'query Q($after: String) { record(asOf: "x") { offices { holders(after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } } } }',
    "Q: record.offices.holders stands below a list, so its pages cannot be told.",
  ],
  [
    "A list without its page",
    "query Q($after: String) { actors(after: $after) { nodes { name } } }",
    "Q: select pageInfo { hasNextPage endCursor } below actors.",
  ],
  [
    "Two lists on one cursor",
    "query Q($after: String) { actors(after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } more: actors(after: $after) { nodes { name } } }",
    "Q: $after must be given to exactly one list; it is given to 2.",
  ],
  [
    "A subscription that could not resume",
    "subscription Q($after: String) { changed(after: $after) { actor { name } } }",
    "Q: a subscription with $after selects cursor, or it could not resume.",
  ],
  ["An operation without a name", "{ actor { name } }", "A query has no name; each operation of the SDK needs one."],
  [
    "Two of one name",
    "query Q { actor { name } } query Q { actor { name } }",
    "Q is defined twice; names of operations and fragments are unique.",
  ],
] as const)("%s is refused with words that say what would be right", ([, file, message]) => {
  expect(() => print(file)).toThrow(message);
});

test("A fragment that is spread once is written out in place; one that is spread twice is sent once", () => {
  const printed = print(
    "query Q { actor { ...Named ...Born } actors { nodes { ...Named } pageInfo { ...Page } } }",
    "fragment Named on Actor { name }",
    "fragment Born on Person { name bornOn }",
    "fragment Page on PageInfo { hasNextPage endCursor }",
  );
  expect(printed).toContain(
    "query Q{actor{__typename ...Named ...on Person{name bornOn}}" +
      "actors{nodes{__typename ...Named}pageInfo{hasNextPage endCursor}}}fragment Named on Actor{__typename name}",
  );
});

test("Where a condition always holds it is left out, and a field is selected once", () => {
  const printed = print(
    'query Q { record(asOf: "x") { office(key: "k") { holders { nodes { name ...Named } } } } }',
    "fragment Named on Actor { name ... on Actor { name } }",
  );
  expect(printed).toContain("{nodes{__typename name}}");
});

test("What is generated does not depend on the order of files, and the manifest holds every text by its id", () => {
  const files = ["query B { actor { ...F } }", "fragment F on Actor { name }", "query A { actor { ...F } }"];
  const documents = read(...files);
  expect(print(...files.toReversed())).toBe(printOperations(schema, documents));
  const manifest = JSON.parse(printManifest(schema, documents)) as Record<string, string>;
  expect(Object.values(manifest).sort()).toEqual([
    "query A{actor{__typename name}}",
    "query B{actor{__typename name}}",
  ]);
  for (const [id, text] of Object.entries(manifest))
    expect(id).toBe(`sha256:${createHash("sha256").update(text).digest("hex")}`);
});

test("A result says what its fields mean, in the words of the type it turned out to be", () => {
  const documents = read("query A { actor { name ... on Person { bornOn } } }");
  const source = `export type AQuery = { readonly actor: | { readonly __typename: 'Person', readonly name: string, readonly bornOn: string } | { readonly __typename: 'State', readonly name: string } };`;
  const commented = commentResults(source, schema, documents);
  expect(commented).toContain("/** The name of the person. *\\/ */\nreadonly name");
  expect(commented).toContain("/** @deprecated Use born. */\nreadonly bornOn");
  expect(commented.match(/The name shown/g)).toBeNull();
});

test("The comment of an enumeration says what each of its values means", () => {
  const stances = buildSchema(
    '"How one stands." enum Stance { "For it." FOR "Against it." AGAINST } type Query { a: Stance }',
  );
  const source = '/** How one stands. */\nexport type Stance =\n  /** For it. */\n  | "FOR" | "AGAINST";';
  expect(commentEnumerations(source, stances)).toBe(
    "/**\n * How one stands.\n * \n * - `FOR`: For it.\n * - `AGAINST`: Against it.\n */\n" +
      'export type Stance =\n  /** For it. */\n  | "FOR" | "AGAINST";',
  );
});
