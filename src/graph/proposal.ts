import type { Difference } from "../record/operation/difference.ts";
import type { Outcome } from "../record/operation/outcome.ts";
import { encodeId } from "../values/ids.ts";
import { builder } from "./builder.ts";
import { ChangeSet } from "./change-set.ts";
import { column } from "./column.ts";
import { connection } from "./connection.ts";
import { byEnum, byInstant, filterOf } from "./filter.ts";
import { readList, type ListSpec } from "./list.ts";
import { loadFact, loadThing, loadThingBy } from "./load.ts";
import { meaning } from "./meaning.ts";
import { loadNode, Node, uuidOf } from "./node.ts";
import type { Shown } from "./row.ts";
import { mayRead, requires } from "./scope.ts";

type FieldChange = Difference["fields"][number];

/** What one operation of a proposal alters. */
interface ProposedValue extends Difference {
  readonly outcome: Outcome;
  readonly open: boolean;
}

const ProposedField = builder.objectRef<FieldChange>("ProposedField").implement({
  description: "A field that a proposal alters, in words: links by key, dates as their source gives them.",
  fields: (t) => ({
    field: t.exposeString("field", { description: "The name of the field." }),
    before: t.exposeString("before", { nullable: true, description: "What it says; null where it says nothing." }),
    after: t.exposeString("after", {
      nullable: true,
      description: "What it would say; null where it would say nothing.",
    }),
  }),
});

const ProposedChange = builder.objectRef<ProposedValue>("ProposedChange").implement({
  description: "What one operation of a proposal alters.",
  fields: (t) => ({
    operation: t.exposeString("operation", { description: "The name of the operation, such as recognitionCorrect." }),
    id: t.id({
      description: "The id of what it brings in or changes, allotted when it was proposed.",
      resolve: ({ outcome: { type, id } }) => encodeId(type, id),
    }),
    current: t.field({
      type: Node,
      nullable: true,
      description:
        "What it brings in or changes, as it stands now; null while it is not on record, and for who may not `read`.",
      resolve: ({ outcome: { type, id } }, _args, context, info) =>
        mayRead(context) ? loadNode(context, info, encodeId(type, id)) : null,
    }),
    outdated: t.boolean({
      description:
        "Whether another version than the one that it was made for stands now, so that it cannot be accepted.",
      resolve: async ({ versionId, outcome, open }, _args, context, info) =>
        open && versionId !== null && (await loadFact(context, info, outcome.id))?.id !== versionId,
    }),
    fields: t.field({
      type: [ProposedField],
      description: "The fields that it alters, against the version that it was made for.",
      resolve: ({ fields }) => [...fields],
    }),
  }),
});

export const Proposal = builder.objectRef<Shown>("Proposal").implement({
  description: meaning("Proposal"),
  fields: (t) => ({
    id: t.id({ description: "Names it for ever.", resolve: ({ id }) => encodeId("Proposal", id) }),
    state: column(t, "Proposal", "state"),
    author: column(t, "Proposal", "author"),
    reason: column(t, "Proposal", "reason"),
    submittedAt: column(t, "Proposal", "submittedAt"),
    decidedAt: column(t, "Proposal", "decidedAt"),
    reviewer: column(t, "Proposal", "reviewer"),
    reviewReason: column(t, "Proposal", "reviewReason"),
    changeSet: t.field({
      type: ChangeSet,
      nullable: true,
      description: meaning("Proposal.changeSetNumber"),
      resolve: ({ changeSetNumber }, _args, context, info) =>
        typeof changeSetNumber === "number" ? loadThingBy(context, info, "ChangeSet", "number", changeSetNumber) : null,
    }),
    changes: t.field({
      type: [ProposedChange],
      description: "What it alters, one for each of its operations, at most 500.",
      resolve: (row) =>
        (row["difference"] as Difference[]).map((difference, at) => {
          return {
            ...difference,
            outcome: (row["outcomes"] as Outcome[])[at] as Outcome,
            open: row["state"] === "PROPOSED",
          };
        }),
    }),
  }),
});

const filter = filterOf("ProposalFilter", "proposals", {
  state: byEnum("ProposalState", "state", "By what has become of them."),
  submittedAt: byInstant("submittedAt", "By when they were submitted."),
});
const orders: ListSpec["orders"] = {
  SUBMITTED_ASC: { fields: ["submittedAt", "id"], description: "The first submitted first." },
  SUBMITTED_DESC: { fields: ["submittedAt", "id"], descending: true, description: "The last submitted first." },
};
const queue: ListSpec = {
  node: "Proposal",
  type: Proposal,
  model: "Proposal",
  description: "Everything that was proposed: what waits for a review, and what had one.",
  filter,
  orders,
};

builder.queryField("proposals", (t) => {
  // Without the list among its extensions, it is read by this resolver and no other.
  const field = (options: object) => t.field({ ...options, extensions: requires("review") } as never);
  return connection({ field, arg: t.arg }, queue);
});

builder.queryField("ownProposals", (t) => {
  const own: ListSpec = { ...queue, description: "What the asker's own key proposed." };
  const field = (options: object) => t.field({ ...options, extensions: requires("contribute") } as never);
  return connection({ field, arg: t.arg }, own, (parent, args, context, info) =>
    readList({ ...own, where: { keyId: context.asker.keyId } }, parent, args, context, info),
  );
});

builder.queryField("proposal", (t) =>
  t.field({
    type: Proposal,
    nullable: true,
    description: "The proposal with this id, for its author and for those who review; null for everybody else.",
    args: { id: t.arg.id({ required: true, description: "The id of a proposal." }) },
    resolve: async (_root, { id }, context, info) => {
      const row = await loadThing(context, info, "Proposal", uuidOf(id, ["Proposal"]));
      const { keyId, scopes } = context.asker;
      const own = keyId !== null && row?.["keyId"] === keyId;
      return own || scopes.has("review") ? row : null;
    },
  }),
);

const Review = builder.objectRef<Shown>("Review").implement({
  description: "That a change set was proposed by one and accepted by another.",
  fields: (t) => ({
    proposedAt: t.field({
      type: "DateTime",
      description: meaning("Proposal.submittedAt"),
      extensions: { column: { model: "Proposal", field: "submittedAt" } },
      resolve: (row) => row["submittedAt"] as Date,
    }),
    acceptedAt: t.field({
      type: "DateTime",
      description: "When it was accepted.",
      extensions: { column: { model: "Proposal", field: "decidedAt" } },
      resolve: (row) => row["decidedAt"] as Date,
    }),
    reviewer: t.string({
      description: "Who accepted it.",
      extensions: { column: { model: "Proposal", field: "reviewer" } },
      resolve: (row) => String(row["reviewer"]),
    }),
    reviewReason: t.string({
      description: "Why it was accepted, in the reviewer's words.",
      extensions: { column: { model: "Proposal", field: "reviewReason" } },
      resolve: (row) => String(row["reviewReason"]),
    }),
  }),
});

builder.objectField(ChangeSet, "review", (t) =>
  t.field({
    type: Review,
    nullable: true,
    description: "That it was proposed, and by whom it was accepted; null where it was entered at once.",
    extensions: { computed: "review" },
    resolve: (set, _args, context, info) =>
      loadThingBy(context, info, "Proposal", "changeSetNumber", Number(set["number"])),
  }),
);
