import type { GraphQLResolveInfo } from "graphql";
import { countChanges, selectChanges, type Change, type DeltaQuery, type Moment } from "../db/sql/delta.ts";
import { selectRows } from "../db/sql/page.ts";
import type { Cost } from "../limit/count.ts";
import { documentsIn, knownIn, openView, viewKey, type KnownView } from "../record/view.ts";
import { canonicalJson } from "../values/json.ts";
import { Assertion } from "./assertion.ts";
import { builder } from "./builder.ts";
import { connectionType } from "./connection-type.ts";
import { openBelow, type GraphContext } from "./context.ts";
import { ClockEnum } from "./entry.ts";
import { withDetails } from "./load.ts";
import { enumOf } from "./meaning.ts";
import { cursorOf, cutPage, expectScope, readPage, type PageArgs, type PageRequest } from "./page.ts";
import type { Connection } from "./read-list.ts";
import { badInput, refusing } from "./refusal.ts";
import { shown, type Shown } from "./row.ts";
import { assertionFilter } from "./timeline.ts";

/** A change as the graph shows it: with the moments that its versions are seen at. */
interface ShownChange extends Change, Shown {
  readonly $from: KnownView;
  readonly $to: KnownView;
}

const ChangeEnum = builder.enumType("RecordChangeKind", {
  description: "What befell a record between two moments.",
  values: {
    GAINED: { description: "It was not known at the first moment, and was at the second." },
    LOST: { description: "It was known at the first moment, and no more at the second." },
    CHANGED: { description: "It was known at both, and says something else, or the same on other evidence." },
  },
});

const RecordChange = builder.objectRef<ShownChange>("RecordChange").implement({
  description:
    "A record that two moments of knowledge show differently. That an unaltered version was carried over is no change.",
  fields: (t) => ({
    change: t.field({
      type: ChangeEnum,
      description: "What befell it.",
      resolve: ({ beforeId, afterId }) => (beforeId === null ? "GAINED" : afterId === null ? "LOST" : "CHANGED"),
    }),
    key: t.string({ description: "The record's key, unique in its crisis.", resolve: ({ key }) => key }),
    assertionKind: t.field({
      type: enumOf("AssertionKind"),
      description: "What the record says of the world.",
      resolve: ({ kind }) => kind,
    }),
    before: t.field({
      type: Assertion,
      nullable: true,
      description:
        "The version known at the first moment, and everything below it as seen then; null where none was known.",
      resolve: ({ beforeId, $from }, _args, context, info) => loadVersion(beforeId, $from, context, info),
    }),
    after: t.field({
      type: Assertion,
      nullable: true,
      description:
        "The version known at the second moment, and everything below it as seen then; null where none was known.",
      resolve: ({ afterId, $to }, _args, context, info) => loadVersion(afterId, $to, context, info),
    }),
    changedFields: t.stringList({
      description:
        "Where it was known at both moments: the fields in which the versions differ, by their names here, from a to z; else empty.",
      resolve: ({ changedFields }) => [...changedFields],
    }),
  }),
});

function loadVersion(id: string | null, view: KnownView, context: GraphContext, info: GraphQLResolveInfo) {
  if (id === null) return null;
  openBelow(context, info, view);
  const loader = context.loaders.get<string, Shown>("version", async (ids) => {
    const where = { id: { in: [...ids] } };
    const query = { model: "Assertion", where, order: ["id"], descending: false, limit: ids.length };
    const rows = await withDetails(context, await selectRows(context.db.pool, query));
    const found = new Map(rows.map((row) => [row["id"], shown("Assertion", row)]));
    return ids.map((each) => found.get(each) ?? new Error(`version ${each} is missing`));
  });
  return loader.load(id);
}

/** The arguments of `delta`, as they are given. */
export type DeltaArgs = PageArgs & {
  readonly from: Date;
  readonly to: Date;
  readonly by: "REPORTED" | "RECORDED";
  readonly filter?: object | null | undefined;
};

const countCap = 10_000;

/** What is asked of the changes between two moments. */
export interface DeltaAsked {
  readonly page: PageRequest;
  /** What the cursors of the list are good for. */
  readonly scope: string;
  /** The page, and one change beyond. */
  readonly query: DeltaQuery;
}

/** Reads the arguments of `delta`, whose moments were opened. Throws bad input for what cannot be meant. */
export function askDelta(args: DeltaArgs, from: KnownView, to: KnownView): DeltaAsked {
  if (args.from > args.to) throw badInput("from is later than to; give the earlier moment as from.");
  const scope = canonicalJson({ list: "delta", filter: args.filter ?? {}, from: viewKey(from), to: viewKey(to) });
  const page = readPage(args, ["int", "uuid"]);
  const query: DeltaQuery = {
    from: momentOf(from, args.filter),
    to: momentOf(to, args.filter),
    descending: page.backwards,
    after: page.keys,
    limit: page.size + 1,
  };
  return { page, scope, query };
}

async function readDelta(args: DeltaArgs, context: GraphContext): Promise<Connection> {
  const { db } = context;
  const [from, to] = await Promise.all(
    [args.from, args.to].map((knownAt) => openView(db, { knownAt, knownBy: args.by })),
  );
  if (!from || !to) throw new Error("a moment opened no view");
  const { page, scope, query } = askDelta(args, from, to);
  expectScope(page, scope);
  const cut = cutPage(await selectChanges(db.pool, query), page);
  return {
    ...cut,
    rows: cut.rows.map((row): ShownChange => ({
      ...row,
      id: row.recordId,
      $type: "RecordChange",
      $asked: null,
      $from: from,
      $to: to,
    })),
    cursor: (row) => cursorOf(row, ["sortDay", "recordId"], scope),
    count: async () => {
      const count = await countChanges(db.pool, { ...query, after: undefined, limit: countCap + 1 });
      return { count: Math.min(count, countCap), capped: count > countCap };
    },
    facet: () => Promise.resolve([]),
  };
}

function momentOf(view: KnownView, filter: object | null | undefined): Moment {
  return {
    at: view.at ?? view.changeSet ?? 0,
    known: knownIn(view),
    documents: documentsIn(view),
    filter: filter ? refusing(() => assertionFilter.where(filter as Record<string, unknown>, view)) : {},
  };
}

builder.queryField("delta", (t) =>
  t.field({
    // All that befell in between is looked through for each page.
    extensions: { computed: "delta", cost: { own: 300 } satisfies Cost },
    type: connectionType({ node: "RecordChange", type: RecordChange, filter: { fields: {} }, facts: false }),
    description:
      "What the record gained, lost or changed between two moments of knowledge, in order of the days it is about. By RECORDED the newest reports are compared: a correction of an older report alone is no change here, and stands in `history`.",
    args: {
      from: t.arg({ type: "DateTime", required: true, description: "The first moment." }),
      to: t.arg({ type: "DateTime", required: true, description: "The second moment; not before the first." }),
      by: t.arg({ type: ClockEnum, required: true, description: "The clock that both are read on." }),
      filter: t.arg({
        type: assertionFilter.type as never,
        description: "Only records of which it holds at one of the moments, as seen then; left out, all.",
      }),
      first: t.arg.int({
        description: "How many to read forwards, 1 to 100; 20 where neither first nor last is given.",
      }),
      after: t.arg.string({ description: "Read on after this cursor of the same list." }),
      last: t.arg.int({ description: "How many to read backwards from the end, 1 to 100." }),
      before: t.arg.string({ description: "Read back before this cursor of the same list." }),
    },
    resolve: (_root, args, context) => readDelta(args as DeltaArgs, context),
  }),
);
