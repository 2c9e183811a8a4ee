import type { GraphQLResolveInfo } from "graphql";
import { selectLastChange, selectLog, type AskedFilter, type LoggedChange } from "../db/sql/change.ts";
import { beginning, changeCursor, changeKeyTypes, changeScope, findPlace } from "../feed/cursor.ts";
import { entriesOfPage, type Cost } from "../limit/count.ts";
import { Assertion } from "./assertion.ts";
import { builder } from "./builder.ts";
import { askChangeFilter, ChangedKind, ChangeFilterInput, modelOfKind, resolveFilter } from "./change-filter.ts";
import { ChangeSet } from "./change-set.ts";
import { PageInfo } from "./connection-type.ts";
import { openBelow, type GraphContext } from "./context.ts";
import { Crisis } from "./crisis.ts";
import { loadThing, loadThingBy, loadVersion } from "./load.ts";
import { enumOf, meaning } from "./meaning.ts";
import { Node } from "./node.ts";
import { cutPage, expectScope, readPage, type PageArgs, type PageRequest } from "./page.ts";
import { typeOfKind } from "../values/kind-name.ts";
import { encodeId } from "../values/ids.ts";

/** What stands below one change is looked at as it stood after it, and so with that of no other. */
const apart = { cost: { eachList: 20 } satisfies Cost };

/** Lets what stands below a field be seen as it stood after a change. */
function openAfter({ changeSet }: LoggedChange, context: GraphContext, info: GraphQLResolveInfo): void {
  openBelow(context, info, { clock: "RECORDED", at: null, changeSet, validAt: null });
}

export const Change = builder.objectRef<LoggedChange>("Change").implement({
  description: "One change of the record: what happened, to what, and how that stood after it.",
  fields: (t) => ({
    change: t.field({
      type: enumOf("ChangeKind"),
      description: meaning("Change.change"),
      resolve: ({ change }) => change as never,
    }),
    kind: t.field({
      type: ChangedKind,
      description: "The kind of what it happened to.",
      resolve: ({ kind }) => kind as never,
    }),
    subjectId: t.id({
      description: meaning("Change.subjectId"),
      resolve: ({ kind, subjectId }) => encodeId(typeOfKind(kind), subjectId),
    }),
    changeSet: t.field({
      type: ChangeSet,
      description: meaning("Change.changeSetNumber"),
      resolve: async ({ changeSet }, _args, context, info) => {
        const set = await loadThingBy(context, info, "ChangeSet", "number", changeSet);
        if (!set) throw new Error(`change set ${changeSet} is missing`);
        return set;
      },
    }),
    crisis: t.field({
      type: Crisis,
      nullable: true,
      description: `${meaning("Change.crisisId")} As it stood after the change.`,
      extensions: apart,
      resolve: (change, _args, context, info) => {
        openAfter(change, context, info);
        return change.crisisId === null ? null : loadThing(context, info, "Crisis", change.crisisId);
      },
    }),
    assertion: t.field({
      type: Assertion,
      nullable: true,
      description:
        "The fact as the version has it that the change brought in; for a withdrawal, as it was withdrawn. Null for a change of a thing. All below it is seen as it stood after the change set.",
      extensions: apart,
      resolve: (change, _args, context, info) => {
        openAfter(change, context, info);
        return change.versionId === null ? null : loadVersion(context, change.versionId);
      },
    }),
    thing: t.field({
      type: Node,
      nullable: true,
      description:
        "The thing as it stood after the change; null for a change of a fact. All below it is seen as it stood then.",
      extensions: apart,
      resolve: (change, _args, context, info) => {
        openAfter(change, context, info);
        const model = modelOfKind(change.kind);
        return model === null ? null : loadThing(context, info, model, change.subjectId);
      },
    }),
  }),
});

const ChangeEdge = builder.objectRef<LoggedChange>("ChangeEdge").implement({
  description: "A change, with its place in the log.",
  fields: (t) => ({
    cursor: t.string({
      description: "Its place in the log, for `changes` and `recordChanged`, with any filter; it stays good for ever.",
      resolve: changeCursor,
    }),
    node: t.field({ type: Change, description: "The change itself.", resolve: (change) => change }),
  }),
});

/** A page of the log as it was read. */
interface ChangePage {
  readonly rows: readonly LoggedChange[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

const ChangeConnection = builder.objectRef<ChangePage>("ChangeConnection").implement({
  description: "A page of the log of changes.",
  fields: (t) => ({
    nodes: t.field({
      type: [Change],
      description: "The changes of the page.",
      extensions: entriesOfPage,
      resolve: ({ rows }) => [...rows],
    }),
    edges: t.field({
      type: [ChangeEdge],
      extensions: entriesOfPage,
      description: "The changes of the page, each with its cursor.",
      resolve: ({ rows }) => [...rows],
    }),
    pageInfo: t.field({
      type: PageInfo,
      description: "Where the page lies in the log.",
      resolve: (page) => ({
        ...page,
        startCursor: page.rows[0] ? changeCursor(page.rows[0]) : null,
        endCursor: page.rows.at(-1) ? changeCursor(page.rows.at(-1) as LoggedChange) : null,
      }),
    }),
    head: t.string({
      description:
        "The place where the log ends now, whatever the filter: what is given as `after` begins with what changes next.",
      resolve: async (_page, _args, { db }) => changeCursor((await selectLastChange(db.pool)) ?? beginning),
    }),
  }),
});

/** The arguments of `changes`, as they are given. */
export type ChangesArgs = PageArgs & { readonly filter?: object | null | undefined };

/** What is asked of the log. */
export interface ChangesAsked {
  readonly page: PageRequest;
  readonly filter: AskedFilter;
}

/** Reads the arguments of `changes`. Throws bad input for what cannot be meant. */
export function askChanges(args: ChangesArgs): ChangesAsked {
  const page = readPage(args, changeKeyTypes);
  expectScope(page, changeScope);
  return { page, filter: askChangeFilter(args.filter) };
}

/** Reads a page of the log of changes. */
async function readChanges(args: ChangesArgs, context: GraphContext, info: GraphQLResolveInfo): Promise<ChangePage> {
  const { page, filter: asked } = askChanges(args);
  const after = page.keys && (await findPlace(context.db, page.keys)).place;
  const filter = await resolveFilter(asked, context, info);
  const stretch = { after, backwards: page.backwards, limit: page.size + 1 };
  return cutPage(await selectLog(context.db.pool, filter, stretch), page);
}

builder.queryField("changes", (t) =>
  t.field({
    extensions: { computed: "changes" },
    type: ChangeConnection,
    description:
      "Everything that was changed in the record, in the order of commits, the first first: its log, which is never cut. Versions that only carry on what was said are no change.",
    args: {
      first: t.arg.int({
        description: "How many to read forwards, 1 to 100; 20 where neither first nor last is given.",
      }),
      after: t.arg.string({ description: "Read on after this cursor of the log." }),
      last: t.arg.int({ description: "How many to read backwards from the end, 1 to 100." }),
      before: t.arg.string({ description: "Read back before this cursor of the log." }),
      filter: t.arg({ type: ChangeFilterInput, description: "Which to list; left out, all." }),
    },
    resolve: (_root, args, context, info) => readChanges(args, context, info),
  }),
);
