import { encodeId } from "../values/ids.ts";
import { builder } from "./builder.ts";
import { children, sameRow } from "./child.ts";
import { column } from "./column.ts";
import { viewOf } from "./context.ts";
import { Crisis } from "./crisis.ts";
import { ChangeSet } from "./change-set.ts";
import { AttributionStep, Evidence, evidenceOf } from "./evidence.ts";
import { CertaintyEnum, certaintyOf, TimeSpan } from "./fuzzy-date.ts";
import { loadThing, loadThingBy } from "./load.ts";
import { meaning } from "./meaning.ts";
import { Node } from "./node.ts";
import type { Shown } from "./row.ts";

export const ReportedTime = builder.objectRef<Shown>("ReportedTime").implement({
  description: "From when to when a version was the latest that sources had made known: half-open.",
  fields: (t) => ({
    from: t.field({
      type: "DateTime",
      description: meaning("Assertion.reportedFrom"),
      extensions: { column: { model: "Assertion", field: "reportedFrom" } },
      resolve: (row) => row["reportedFrom"] as Date,
    }),
    to: t.field({
      type: "DateTime",
      nullable: true,
      description: meaning("Assertion.reportedTo"),
      extensions: { computed: "reportedTo" },
      resolve: (row, _args, context, info) => {
        const { at } = viewOf(context, info);
        const to = row["reportedTo"] as Date | null;
        return at && to && to > at ? null : to;
      },
    }),
  }),
});

export const RecordedTime = builder.objectRef<Shown>("RecordedTime").implement({
  description: "The change sets that brought a version in and closed it: half-open, in the order of commits.",
  fields: (t) => ({
    from: t.field({
      type: ChangeSet,
      description: "The change set that brought it in.",
      extensions: { computed: "recordedFrom" },
      resolve: async (row, _args, context, info) => {
        const set = await loadThingBy(context, info, "ChangeSet", "number", row["recordedFrom"] as number);
        if (!set) throw new Error(`change set ${String(row["recordedFrom"])} is missing`);
        return set;
      },
    }),
    to: t.field({
      type: ChangeSet,
      nullable: true,
      description: "The change set that closed it; null while the record holds it.",
      extensions: { computed: "recordedTo" },
      resolve: (row, _args, context, info) => {
        const { changeSet } = viewOf(context, info);
        const to = row["recordedTo"] as number | null;
        if (to === null || (changeSet !== null && to > changeSet)) return null;
        return loadThingBy(context, info, "ChangeSet", "number", to);
      },
    }),
  }),
});

const Extractor = builder.objectRef<Shown>("Extractor").implement({
  description: "Who or what made an assertion out of its source.",
  fields: (t) => ({
    kind: column(t, "Assertion", "extractorKind"),
    name: t.string({
      description: "The name of the person, program or data set.",
      extensions: { column: { model: "Assertion", field: "extractorName" } },
      resolve: (row) => String(row["extractorName"]),
    }),
    version: t.string({
      nullable: true,
      description: "The version of the program or data set; null for a person.",
      extensions: { column: { model: "Assertion", field: "extractorVersion" } },
      resolve: (row) => row["extractorVersion"] as string | null,
    }),
  }),
});

export const Assertion = builder.interfaceRef<Shown>("Assertion").implement({
  description:
    "One fact that a source asserts, as it stands in a version. Its id is that of the record, which outlives its versions. It says what the source says, and not that it is true.",
  interfaces: [Node],
  resolveType: (row) => row.$type,
  fields: (t) => ({
    key: t.string({
      description: "A short name that never changes, unique in its crisis.",
      extensions: { computed: "recordKey" },
      resolve: async (row, _args, context, info) =>
        String((await loadThing(context, info, "Record", String(row["recordId"])))?.["key"]),
    }),
    versionId: t.id({
      description: "Names this version of it: what a change to it expects to find. It changes with every change.",
      extensions: { computed: "versionId" },
      resolve: ({ id }) => encodeId("Version", id),
    }),
    assertionKind: column(t, "Assertion", "kind"),
    crisis: t.field({
      type: Crisis,
      description: "The crisis it is recorded under.",
      extensions: { link: { model: "Assertion", relation: "crisis" } },
      resolve: async (row, _args, context, info) => {
        const crisis = await loadThing(context, info, "Crisis", String(row["crisisId"]));
        if (!crisis) throw new Error(`crisis ${String(row["crisisId"])} is missing`);
        return crisis;
      },
    }),
    status: column(t, "Assertion", "status"),
    confidence: column(t, "Assertion", "confidence"),
    valid: sameRow(t, TimeSpan, "When it held in the world."),
    reported: sameRow(t, ReportedTime, "When a source made it known."),
    recorded: sameRow(t, RecordedTime, "When this record took it in."),
    certainty: t.field({
      type: CertaintyEnum,
      nullable: true,
      description:
        "Whether it held on the days that its list, or else its view, asks about; null where neither asks for a time.",
      extensions: { computed: "certainty" },
      resolve: (row) => (row.$asked ? certaintyOf(row, row.$asked) : null),
    }),
    certaintyOn: t.field({
      type: CertaintyEnum,
      description: "Whether it held on a day.",
      extensions: { computed: "certaintyOn" },
      args: { day: t.arg({ type: "Date", required: true, description: "The day." }) },
      resolve: (row, { day }) => certaintyOf(row, { from: day, to: day }),
    }),
    evidence: children(
      t,
      Evidence,
      "The passages that bear on it, as far as they had been made known at the view's moment.",
      evidenceOf,
    ),
    attribution: children(
      t,
      AttributionStep,
      "Who says that who says it, the outermost teller first; empty where the source speaks in its own voice.",
      { model: "Attribution", field: "assertionId", order: ["assertionId", "ordinal"] },
    ),
    extractor: sameRow(t, Extractor, "Who or what made it out of its source."),
  }),
});
