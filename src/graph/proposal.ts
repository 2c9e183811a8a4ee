import type { Asker } from "../access/asker.ts";
import type { Cost } from "../limit/count.ts";
import { encodeId } from "../values/ids.ts";
import { builder } from "./builder.ts";
import { ChangeSet } from "./change-set.ts";
import { column } from "./column.ts";
import { connection } from "./connection.ts";
import { byEnum, byInstant, filterOf } from "./filter.ts";
import type { ListSpec } from "./list.ts";
import { loadThingBy } from "./load.ts";
import { meaning } from "./meaning.ts";
import { uuidOf } from "./node.ts";
import { loadChanges, ProposedChange } from "./proposed-change.ts";
import { readList } from "./read-list.ts";
import type { Shown } from "./row.ts";
import { requires, requiresNothing } from "./scope.ts";

export const Proposal = builder.objectRef<Shown>("Proposal").implement({
  description: meaning("Proposal"),
  fields: (t) => ({
    id: t.id({
      description: "Names it for ever.",
      extensions: { computed: "id" },
      resolve: ({ id }) => encodeId("Proposal", id),
    }),
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
      extensions: { computed: "enteredBy" },
      resolve: ({ changeSetNumber }, _args, context, info) =>
        typeof changeSetNumber === "number" ? loadThingBy(context, info, "ChangeSet", "number", changeSetNumber) : null,
    }),
    changes: t.field({
      type: [ProposedChange],
      description:
        "What it alters, one for each of its operations, at most 500. Of what an answer asks for at once no more is told than it may have bytes: then it is refused as QUERY_TOO_COMPLEX.",
      // One may be as long as a request.
      extensions: { computed: "proposedChanges", cost: { own: 20 } satisfies Cost },
      resolve: (row, _args, context) => loadChanges(context, row),
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
/** What waits for a review, and what had one. */
export const proposalQueue: ListSpec = {
  node: "Proposal",
  type: Proposal,
  model: "Proposal",
  description: "Everything that was proposed: what waits for a review, and what had one.",
  filter,
  orders,
};

/** What a key proposed. */
export function ownQueue({ keyId }: Asker): ListSpec {
  return { ...proposalQueue, where: { keyId } };
}

builder.queryField("proposals", (t) => {
  const extensions = { ...requires("review"), computed: "proposals" };
  const field = (options: object) => t.field({ ...options, extensions } as never);
  return connection({ field, arg: t.arg }, proposalQueue);
});

builder.queryField("ownProposals", (t) => {
  const own: ListSpec = { ...proposalQueue, description: "What the asker's own key proposed." };
  const extensions = { ...requires("contribute"), computed: "ownProposals" };
  const field = (options: object) => t.field({ ...options, extensions } as never);
  return connection({ field, arg: t.arg }, own, (parent, args, context, info) =>
    readList(ownQueue(context.asker), parent, args, context, info),
  );
});

builder.queryField("proposal", (t) =>
  t.field({
    type: Proposal,
    nullable: true,
    description: "The proposal with this id, for its author and for those who review; null for everybody else.",
    args: { id: t.arg.id({ required: true, description: "The id of a proposal." }) },
    extensions: { ...requiresNothing, computed: "proposal" },
    resolve: (_root, { id }, context, info) => {
      const { keyId, scopes } = context.asker;
      // What may not be seen is not read, so that it takes no longer than what is not there.
      const seen = scopes.has("review") ? {} : { keyId };
      return loadThingBy(context, info, "Proposal", "id", uuidOf(id, ["Proposal"]), seen);
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
