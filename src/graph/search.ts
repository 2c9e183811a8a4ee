import { entriesOfPage, type Cost } from "../limit/count.ts";
import type { GraphQLResolveInfo } from "graphql";
import { countFound, selectFound, type Found, type SearchQuery } from "../db/sql/search.ts";
import { viewKey, type KnownView } from "../record/view.ts";
import { foldName } from "../values/fold.ts";
import { canonicalJson } from "../values/json.ts";
import { wellFormed } from "../values/text.ts";
import { builder } from "./builder.ts";
import { PageInfo } from "./connection-type.ts";
import { viewOf, type GraphContext } from "./context.ts";
import { entry } from "./entry.ts";
import { loadFact, loadThing } from "./load.ts";
import { Node, uuidOf } from "./node.ts";
import { cursorOf, cutPage, expectScope, readPage, type PageArgs, type PageRequest } from "./page.ts";
import { badInput, refusing } from "./refusal.ts";
import type { Shown } from "./row.ts";
import { SearchPart, SearchType, searchTypes, sourceOf } from "./search-type.ts";

const longest = 200;

interface Hit extends Found {
  readonly node: Shown;
}

interface Hits {
  readonly rows: readonly Hit[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly cursor: (row: Hit) => string;
  readonly count: () => Promise<{ count: number; capped: boolean }>;
}

/** The arguments of `search`, as they are given. */
export type SearchArgs = PageArgs & {
  readonly query: string;
  readonly types?: readonly string[] | null | undefined;
  readonly crisis?: string | null | undefined;
};

/** The words that are looked for. Throws bad input for a text that is too long, or that has no letter and no digit. */
export function readWords(text: string, name: string): string {
  const { length } = Array.from(text);
  if (length > longest) throw badInput(`${name} has ${length} characters; it may have ${longest} at most.`);
  refusing(() => wellFormed(text, name));
  if (foldName(text) === "")
    throw badInput(`${name} holds no word to look for; give letters or digits, such as part of a name.`);
  return text;
}

/** What is asked of a search at a moment. */
export interface SearchAsked {
  readonly query: SearchQuery;
  readonly page: PageRequest;
  /** What the cursors of the list are good for. */
  readonly scope: string;
}

/** Reads the arguments of `search`. Throws bad input for what cannot be meant. */
export function askSearch(args: SearchArgs, view: KnownView): SearchAsked {
  const query: SearchQuery = {
    text: readWords(args.query, "query"),
    types: args.types ?? searchTypes,
    crisis: args.crisis == null ? null : uuidOf(args.crisis, ["Crisis"]),
    knownAt: view.at,
    changeSet: view.changeSet,
    validAt: view.validAt,
  };
  const { text, types, crisis } = query;
  const scope = canonicalJson({ list: "search", text, types: [...types], crisis, view: viewKey(view) });
  return { query, page: readPage(args, ["int", "uuid"]), scope };
}

async function readHits(args: SearchArgs, context: GraphContext, info: GraphQLResolveInfo): Promise<Hits> {
  const { query, page, scope } = askSearch(args, viewOf(context, info));
  expectScope(page, scope);
  const found = await selectFound(context.db.pool, query, {
    backwards: page.backwards,
    after: page.keys,
    limit: page.size + 1,
  });
  const cut = cutPage(found, page);
  const hits = await Promise.all(cut.rows.map(async (row) => ({ ...row, node: await nodeOf(row, context, info) })));
  return {
    ...cut,
    // What was withdrawn between finding and loading it is no longer shown.
    rows: hits.filter((hit): hit is Hit => hit.node !== null),
    cursor: (hit) => cursorOf({ ...hit }, ["place", "id"], scope),
    count: () => countFound(context.db.pool, query),
  };
}

function nodeOf({ type, id }: Found, context: GraphContext, info: GraphQLResolveInfo): Promise<Shown | null> {
  const source = sourceOf(type);
  return source === "fact" ? loadFact(context, info, id) : loadThing(context, info, source, id);
}

const SearchHit = builder.objectRef<Hit>("SearchHit").implement({
  description: "Something that was found by its words.",
  fields: (t) => ({
    node: t.field({ type: Node, description: "What was found.", resolve: ({ node }) => node }),
    part: t.field({
      type: SearchPart,
      description: "Which of its texts was found; of several the nearest.",
      resolve: ({ part }) => part as never,
    }),
    matched: t.exposeString("matched", { description: "That text, as it stands." }),
    score: t.float({
      description:
        "How near it is to what was looked for, from 0 to 1: 1 where it says just that, less where words are spelt otherwise, only begun, or where it says more.",
      resolve: ({ score }) => score / 1000,
    }),
  }),
});

const SearchEdge = builder.objectRef<{ hit: Hit; cursor: string }>("SearchEdge").implement({
  description: "Something that was found, with its place.",
  fields: (t) => ({
    cursor: t.exposeString("cursor", { description: "Its place in what was found; give it as after or before." }),
    node: t.field({ type: SearchHit, description: "The entry itself.", resolve: ({ hit }) => hit }),
  }),
});

const SearchConnection = builder.objectRef<Hits>("SearchConnection").implement({
  description: "A page of what was found, the nearest first.",
  fields: (t) => ({
    nodes: t.field({
      type: [SearchHit],
      description: "The entries of the page.",
      extensions: entriesOfPage,
      resolve: ({ rows }) => [...rows],
    }),
    edges: t.field({
      type: [SearchEdge],
      description: "The entries of the page, each with its cursor.",
      extensions: entriesOfPage,
      resolve: ({ rows, cursor }) => rows.map((hit) => ({ hit, cursor: cursor(hit) })),
    }),
    pageInfo: t.field({
      type: PageInfo,
      description: "Where the page lies in what was found.",
      resolve: ({ rows, cursor, ...ends }) => {
        const [first, last] = [rows.at(0), rows.at(-1)];
        return { ...ends, startCursor: first ? cursor(first) : null, endCursor: last ? cursor(last) : null };
      },
    }),
    totalCount: t.int({
      description: "How much was found in all: of each sort of text at most the first 200 entered are looked at.",
      resolve: async ({ count }) => (await count()).count,
    }),
    totalCountCapped: t.boolean({
      description:
        "Whether there is more than was looked at. Give more words, `types` or a `crisis` to be sure of all.",
      resolve: async ({ count }) => (await count()).capped,
    }),
  }),
});

entry("search", (t) =>
  t.field({
    type: SearchConnection,
    description:
      "What has all of these words in one of its texts, whatever their case, accents, punctuation and order; a word may be only begun, spelt a little otherwise, or written in another script. The nearest first.",
    args: {
      query: t.arg.string({
        required: true,
        description: `The words to look for: ${longest} characters at most, one of them a letter or a digit.`,
      }),
      types: t.arg({
        type: [SearchType],
        description: "What to look for; left out, everything; an empty list finds nothing.",
      }),
      crisis: t.arg.id({
        description: "Only facts of this crisis, what its facts concern, and what they rest on; the id of a Crisis.",
      }),
      first: t.arg.int({
        description: "How many to read forwards, 1 to 100; 20 where neither first nor last is given.",
      }),
      after: t.arg.string({ description: "Read on after this cursor of the same search." }),
      last: t.arg.int({ description: "How many to read backwards from the end, 1 to 100." }),
      before: t.arg.string({ description: "Read back before this cursor of the same search." }),
    },
    extensions: { computed: "search", cost: { own: 100 } satisfies Cost },
    resolve: (_root, args, context, info) => readHits(args as SearchArgs, context, info),
  }),
);
