import { entriesOfPage, type Cost } from "../limit/count.ts";
import { builder } from "./builder.ts";
import { facets } from "./facet.ts";
import type { ListSpec } from "./list.ts";
import type { Connection } from "./read-list.ts";
import type { Shown } from "./row.ts";

/** A page, and the cursors of its ends. */
interface Ends extends Pick<Connection, "hasNextPage" | "hasPreviousPage"> {
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export const PageInfo = builder.objectRef<Ends>("PageInfo").implement({
  description: "Where a page lies in its list.",
  fields: (t) => ({
    hasNextPage: t.exposeBoolean("hasNextPage", { description: "Whether the list goes on after this page." }),
    hasPreviousPage: t.exposeBoolean("hasPreviousPage", {
      description: "Whether the list has entries before this page.",
    }),
    startCursor: t.exposeString("startCursor", {
      nullable: true,
      description: "The cursor of the first entry; null on an empty page.",
    }),
    endCursor: t.exposeString("endCursor", {
      nullable: true,
      description: "The cursor of the last entry; null on an empty page.",
    }),
  }),
});

function cursorAt({ rows, cursor }: Connection, index: number): string | null {
  const row = rows.at(index);
  return row ? cursor(row) : null;
}

interface Edge {
  readonly row: Shown;
  readonly cursor: string;
}

/** What a connection is made for; `facts` says whether it lists assertions. */
interface Listed extends Pick<ListSpec, "node" | "type"> {
  readonly filter: Pick<ListSpec["filter"], "fields">;
  readonly facts: boolean;
}

/** To count is to go through the list, as far as it is counted. */
const counted = { cost: { own: 10 } satisfies Cost };

function makeType({ node, type, filter, facts }: Listed) {
  const EdgeType = builder.objectRef<Edge>(`${node}Edge`).implement({
    description: `An entry of a list of ${node}, with its place.`,
    fields: (t) => ({
      cursor: t.exposeString("cursor", { description: "Its place in the list; give it as after or before." }),
      node: t.field({ type: type as never, description: "The entry itself.", resolve: ({ row }) => row as never }),
    }),
  });
  return builder.objectRef<Connection>(`${node}Connection`).implement({
    description: `A page of a list of ${node}.`,
    fields: (t) => ({
      nodes: t.field({
        type: [type] as never,
        description: "The entries of the page.",
        extensions: entriesOfPage,
        resolve: (c) => c.rows as never,
      }),
      edges: t.field({
        type: [EdgeType],
        description: "The entries of the page, each with its cursor.",
        extensions: entriesOfPage,
        resolve: (c) => c.rows.map((row) => ({ row, cursor: c.cursor(row) })),
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: "Where the page lies in its list.",
        resolve: (c) => ({ ...c, startCursor: cursorAt(c, 0), endCursor: cursorAt(c, -1) }),
      }),
      totalCount: t.int({
        description: "How many entries the whole list has, counted up to 10000.",
        extensions: counted,
        resolve: async (c) => (await c.count()).count,
      }),
      totalCountCapped: t.boolean({
        description: "Whether the list has more than the 10000 entries counted.",
        extensions: counted,
        resolve: async (c) => (await c.count()).capped,
      }),
      ...facets(t, { facts, fields: filter.fields }),
    }),
  });
}

const made = new Map<string, ReturnType<typeof makeType>>();

/** The connection type of lists of a node; made once. */
export function connectionType(spec: Listed): ReturnType<typeof makeType> {
  let connection = made.get(spec.node);
  if (!connection) made.set(spec.node, (connection = makeType(spec)));
  return connection;
}
