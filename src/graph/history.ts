import type { GraphQLResolveInfo } from "graphql";
import { enumMeaning } from "../db/meaning.ts";
import { selectRowsByParent } from "../db/sql/page.ts";
import { ParentKey } from "../db/sql/parameters.ts";
import type { Where } from "../db/sql/where.ts";
import { viewKey, type View } from "../record/view.ts";
import { typeOfKind } from "../values/kind-name.ts";
import { Assertion, RecordedTime, ReportedTime } from "./assertion.ts";
import { builder } from "./builder.ts";
import { ChangeSet } from "./change-set.ts";
import { column } from "./column.ts";
import { viewOf, type GraphContext } from "./context.ts";
import { entry } from "./entry.ts";
import { Evidence, evidenceOf } from "./evidence.ts";
import { TimeSpan } from "./fuzzy-date.ts";
import { loadChildren, loadThing, loadThingBy, withDetails } from "./load.ts";
import { enumOf, meaning } from "./meaning.ts";
import { uuidOf } from "./node.ts";
import { askedBy, shown, type Shown } from "./row.ts";

/** The most steps of one record that are told, and the most records whose histories are read by one statement. */
export const mostSteps = 100;

/** A step in the life of a record: a version that was entered, or its withdrawal, which enters none. */
interface Step {
  readonly change: string;
  readonly status: string;
  /** The version; for a withdrawal, the one that was withdrawn. */
  readonly version: Shown;
  /** When the step was recorded: the columns of `RecordedTime`. */
  readonly recorded: Shown;
  readonly retraction: Shown | null;
}

const Retraction = builder.objectRef<Shown>("Retraction").implement({
  description: meaning("Retraction"),
  fields: (t) => ({
    reason: column(t, "Retraction", "reason"),
    changeSet: t.field({
      type: ChangeSet,
      description: meaning("Retraction.changeSetNumber"),
      extensions: { computed: "retractedIn" },
      resolve: async (row, _args, context, info) => {
        const set = await loadThingBy(context, info, "ChangeSet", "number", Number(row["changeSetNumber"]));
        if (!set) throw new Error(`change set ${String(row["changeSetNumber"])} is missing`);
        return set;
      },
    }),
  }),
});

const changes = enumMeaning("VersionChange");
const Change = builder.enumType("VersionChange", {
  ...(changes.meaning === null ? {} : { description: changes.meaning }),
  values: {
    ...Object.fromEntries(
      Object.entries(changes.values).map(([value, text]) => [value, text === null ? {} : { description: text }]),
    ),
    RETRACTED: { description: "The record was withdrawn: this step enters no version, and closes all." },
  },
});

const Version = builder.objectRef<Step>("Version").implement({
  description: "A step in the life of a record: a version of what it asserts, or its withdrawal.",
  fields: (t) => ({
    change: t.field({ type: Change, description: "How it came to be.", resolve: ({ change }) => change as never }),
    status: t.field({
      type: enumOf("AssertionStatus"),
      description: "How the record stood to it; RETRACTED for the step that withdrew it.",
      resolve: ({ status }) => status as never,
    }),
    valid: t.field({
      type: TimeSpan,
      description: "When it held, by this version.",
      resolve: ({ version }) => version,
    }),
    reported: t.field({
      type: ReportedTime,
      description: "From when to when this version was the latest that sources had made known.",
      resolve: ({ version }) => version,
    }),
    recorded: t.field({
      type: RecordedTime,
      description: "The change sets that took this step, and that took the next.",
      resolve: ({ recorded }) => recorded,
    }),
    assertion: t.field({
      type: Assertion,
      description: "The fact as this version has it; for a withdrawal, as it was withdrawn.",
      resolve: ({ version }) => version,
    }),
    evidence: t.field({
      type: [Evidence],
      description: "The passages that bear on this version, as far as they had been made known at the view's moment.",
      extensions: { children: evidenceOf },
      resolve: ({ version }, _args, context, info) => {
        const where = evidenceOf.where?.(viewOf(context, info)) ?? {};
        return loadChildren(context, { ...evidenceOf, where }, version.id);
      },
    }),
    retraction: t.field({
      type: Retraction,
      nullable: true,
      description: "Why the record was withdrawn; null for every other step.",
      resolve: ({ retraction }) => retraction,
    }),
  }),
});

/** The versions that a view may tell of: those reported, or recorded, by its moment. */
export function enteredIn(view: View): Where {
  if (view.at) return { reportedFrom: { lte: view.at } };
  return view.changeSet === null ? {} : { recordedFrom: { lte: view.changeSet } };
}

/** Why a record was withdrawn, if it was by the view's moment. */
async function readRetraction(context: GraphContext, info: GraphQLResolveInfo, recordId: string) {
  const { changeSet } = viewOf(context, info);
  const [row] = await loadChildren(context, { model: "Retraction", field: "recordId", order: ["recordId"] }, recordId);
  return row && (changeSet === null || Number(row["changeSetNumber"]) <= changeSet) ? row : null;
}

function readVersions(context: GraphContext, info: GraphQLResolveInfo, recordId: string): Promise<Shown[]> {
  const view = viewOf(context, info);
  const order = ["recordedFrom", "reportedFrom", "id"];
  const where = { AND: [{ recordId: new ParentKey() }, enteredIn(view)] };
  const query = { model: "Assertion", where, order, descending: true, limit: mostSteps };
  const loader = context.loaders.get<string, Shown[]>(`history|${viewKey(view)}`, async (ids) => {
    const lists: Shown[][] = [];
    for (let at = 0; at < ids.length; at += mostSteps) {
      const parents = ids.slice(at, at + mostSteps).map((id) => [id]);
      const found = await selectRowsByParent(context.db.pool, query, parents);
      const facts = await withDetails(context, found.flat());
      const rows = facts.map((row) => shown("Assertion", row, askedBy(view)));
      for (const { length } of found) lists.push(rows.splice(0, length).toReversed());
    }
    return lists;
  });
  return loader.load(recordId);
}

async function readHistory(context: GraphContext, info: GraphQLResolveInfo, recordId: string): Promise<Step[]> {
  const [versions, retraction] = await Promise.all([
    readVersions(context, info, recordId),
    readRetraction(context, info, recordId),
  ]);
  const steps: Step[] = versions.map((version) => {
    const { change, status } = version as unknown as { change: string; status: string };
    return { change, status, version, recorded: version, retraction: null };
  });
  const closed = versions.filter((version) => version["recordedTo"] === retraction?.["changeSetNumber"]);
  const last = closed.toSorted((a, b) => Number(a["reportedFrom"]) - Number(b["reportedFrom"])).at(-1);
  if (!retraction || !last) return steps;
  const recorded = { ...last, recordedFrom: retraction["changeSetNumber"], recordedTo: null };
  return [...steps, { change: "RETRACTED", status: "RETRACTED", version: last, recorded, retraction }];
}

const bounds = `in the order in which they were recorded, then reported; the last ${mostSteps} where there are more.`;

builder.interfaceField(Assertion, "history", (t) =>
  t.field({
    extensions: { computed: "history" },
    type: [Version],
    description: `Every step in the life of the record by the view's moment, ${bounds} A moment of REPORTED bounds what is told, not when it was recorded.`,
    resolve: (row, _args, context, info) => readHistory(context, info, String(row["recordId"])),
  }),
);
builder.interfaceField(Assertion, "retraction", (t) =>
  t.field({
    extensions: { computed: "retraction" },
    type: Retraction,
    nullable: true,
    description:
      "Why the record was withdrawn, if it was by the view's moment; to be met below `history`, for elsewhere a view shows nothing that was withdrawn by its moment. It is null for what was not withdrawn by then.",
    resolve: (row, _args, context, info) => readRetraction(context, info, String(row["recordId"])),
  }),
);

/** The types that show a kind of assertion. */
export const historyKinds = Object.keys(enumMeaning("AssertionKind").values).map(typeOfKind);

entry("history", (t) =>
  t.field({
    extensions: { computed: "historyById" },
    type: [Version],
    nullable: true,
    description: `The life of a record by the view's moment, even where it was withdrawn: every step, ${bounds} Null for an id that names no record.`,
    args: { id: t.arg.id({ required: true, description: "The id of anything asserted." }) },
    resolve: async (_root, { id }, context, info) => {
      const recordId = uuidOf(id, historyKinds);
      const record = await loadThing(context, info, "Record", recordId);
      if (!record || id !== `${typeOfKind(String(record["kind"]))}:${recordId}`) return null;
      return readHistory(context, info, recordId);
    },
  }),
);
