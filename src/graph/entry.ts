import { builder, type Types } from "./builder.ts";
import { openBelow } from "./context.ts";
import { openView } from "../record/view.ts";

export const ClockEnum = builder.enumType("Clock", {
  description: "The clock on which a moment of knowledge is read.",
  values: {
    REPORTED: { description: "When sources made it known: what a well-read person could know by then." },
    RECORDED: { description: "When this record took it in: what this record answered then." },
  },
});

const AsOf = builder.inputType("AsOf", {
  description: "A moment at which the record is looked at. With nothing given, it is now.",
  fields: (t) => ({
    validAt: t.field({
      type: "Date",
      description:
        "Lists hold only assertions that held, certainly or possibly, on this day. A single one is shown whatever its time; its `certainty` tells.",
    }),
    knownAt: t.field({
      type: "DateTime",
      description: "Only what was known at this instant, by the clock of `knownBy`.",
    }),
    knownBy: t.field({
      type: ClockEnum,
      defaultValue: "REPORTED",
      required: true,
      description: "The clock that `knownAt` is read on.",
    }),
  }),
});

/**
 * The record, seen at one moment. Its fields are those by which `Query` is entered, and all below them is seen at that
 * moment too.
 */
const RecordView = builder.objectRef<Record<string, never>>("Record").implement({
  description: "The record as seen at one moment. Everything below it, at any depth, is seen at that moment.",
});

builder.queryType({
  description: "The record as it stands now, and `record` for any other moment.",
});

builder.queryField("record", (t) =>
  t.field({
    type: RecordView,
    description:
      "The record at another moment. Two of them in one request, under names of their own, compare two moments.",
    args: { asOf: t.arg({ type: AsOf, required: true, description: "The moment." }) },
    extensions: { computed: "record" },
    resolve: async (_root, { asOf }, context, info) => {
      const clock = asOf.knownBy;
      const at = { validAt: asOf.validAt ?? null, knownAt: asOf.knownAt ?? null, knownBy: clock };
      openBelow(context, info, await openView(context.db, at));
      return {};
    },
  }),
);

type EntryBuilder = PothosSchemaTypes.ObjectFieldBuilder<Types, Record<string, never>>;

/** Adds a field by which the record is entered: to `Query` for now, and to `Record` for any other moment. */
export function entry(name: string, field: (t: EntryBuilder) => PothosSchemaTypes.FieldRef<Types>): void {
  builder.queryField(name, (t) => field(t as unknown as EntryBuilder));
  builder.objectField(RecordView, name, (t) => field(t));
}
