import { readFileSync } from "node:fs";
import { GraphQLError, Kind, parse, print, type DocumentNode } from "graphql";
import { createSchema } from "graphql-yoga";
import { notes, type Note, type Subject } from "./notes.ts";

/** The desk's subgraph, as it is written and as it is composed. */
export const sdl = readFileSync(new URL("schema.graphql", import.meta.url), "utf8");

/** What a subgraph has besides: the directives that it uses, and the two fields by which a gateway asks it. */
const federation = `
  scalar _Any
  union _Entity = Note | Person | State
  type _Service { sdl: String! }
  extend type Query { _service: _Service! _entities(representations: [_Any!]!): [_Entity]! }
  directive @key(fields: String!) repeatable on OBJECT
  directive @shareable on OBJECT | FIELD_DEFINITION
  directive @inaccessible on FIELD_DEFINITION
`;

const noteOf = (id: string) => notes.find((note) => note.id === id) ?? null;
const isAbout = ({ about }: Note, { __typename, key }: Subject) => about.__typename === __typename && about.key === key;
const written = { notes: (subject: Subject) => notes.filter((note) => isAbout(note, subject)) };

/** What a gateway names: a note by its id; of a person or a state the desk knows the key, and needs no more. */
function entityOf(named: { readonly __typename: string; readonly id?: string }): object | null {
  if (named.__typename !== "Note") return named;
  const note = noteOf(String(named.id));
  return note && { __typename: "Note", ...note };
}

export const schema = createSchema({
  typeDefs: [withoutLinks(parse(sdl)), federation].map((part) => (typeof part === "string" ? part : print(part))),
  resolvers: {
    Query: {
      notes: (_root: unknown, { first, after }: { first: number; after?: string }) => pageOf(first, after),
      note: (_root: unknown, { id }: { id: string }) => noteOf(id),
      node: (_root: unknown, { id }: { id: string }) => noteOf(id),
      nodes: (_root: unknown, { ids }: { ids: string[] }) => ids.map(noteOf),
      _service: () => ({ sdl }),
      _entities: (_root: unknown, { representations }: { representations: { __typename: string }[] }) =>
        representations.map(entityOf),
    },
    Node: { __resolveType: () => "Note" },
    Person: written,
    State: written,
  },
});

function pageOf(first: number, after?: string) {
  const start = after === undefined ? 0 : notes.findIndex(({ id }) => id === after) + 1;
  if (first < 1 || first > 100 || (after !== undefined && start === 0)) {
    throw new GraphQLError("Give first as 1 to 100, and after as a cursor of this list.");
  }
  const nodes = notes.slice(start, start + first);
  const [startCursor, endCursor] = [nodes.at(0)?.id ?? null, nodes.at(-1)?.id ?? null];
  const hasNextPage = start + first < notes.length;
  return { nodes, pageInfo: { hasNextPage, hasPreviousPage: start > 0, startCursor, endCursor } };
}

/** `@link` is for composers; the executor does not know it. */
function withoutLinks(document: DocumentNode): DocumentNode {
  return { ...document, definitions: document.definitions.filter(({ kind }) => kind !== Kind.SCHEMA_EXTENSION) };
}
