import type { ObjectRef } from "@pothos/core";
import { acceptProposal, rejectProposal, UndecidedProposal, withdrawProposal } from "../../record/proposal.ts";
import { builder, type Types } from "../builder.ts";
import type { GraphContext } from "../context.ts";
import { loadThing } from "../load.ts";
import { uuidOf } from "../node.ts";
import { Proposal } from "../proposal.ts";
import { requires } from "../scope.ts";
import { repeatableOf } from "./repeatable.ts";
import { reasonOf, refusedBy } from "./submit.ts";
import { changeErrors, UserError, type UserErrorValue } from "./user-error.ts";

/** A proposal that was decided on. */
interface Decided {
  readonly $type: string;
  readonly proposalId: string;
}

const ProposalDecided = builder.objectRef<Decided>("ProposalDecided").implement({
  description: "A proposal was accepted, rejected or withdrawn.",
  fields: (t) => ({
    proposal: t.field({
      type: Proposal,
      description: "The proposal, as it stands now.",
      resolve: async ({ proposalId }, _args, context, info) => {
        const row = await loadThing(context, info, "Proposal", proposalId);
        if (!row) throw new Error(`proposal ${proposalId} is missing`);
        return row;
      },
    }),
  }),
});

const OwnProposalError = builder.objectRef<UserErrorValue>("OwnProposalError").implement({
  description: "Nobody reviews what they proposed themselves.",
  interfaces: [UserError],
});

const ProposalClosedError = builder.objectRef<UserErrorValue>("ProposalClosedError").implement({
  description: "The proposal was accepted, rejected or withdrawn before.",
  interfaces: [UserError],
});

const decisions: readonly ObjectRef<Types, Decided | UserErrorValue>[] = [
  ProposalDecided,
  OwnProposalError,
  ProposalClosedError,
  ...changeErrors,
];
const ProposalResult = builder.unionType("ProposalResult", {
  description: "What came of a decision on a proposal.",
  types: [...decisions],
  resolveType: ({ $type }) => $type,
});

/** What tells why a proposal could not be decided on: the type of the error, and its code. */
const errors = {
  NOT_FOUND: { $type: "NotFoundError", code: "NOT_FOUND" },
  OWN: { $type: "OwnProposalError", code: "OWN_PROPOSAL" },
  CLOSED: { $type: "ProposalClosedError", code: "PROPOSAL_CLOSED" },
} as const;

/** Does what decides on a proposal; what its author or reviewer can mend is an error of the result. */
async function decided(
  work: () => Promise<{ proposalId: string }>,
  { loaders }: GraphContext,
): Promise<Decided | UserErrorValue> {
  try {
    const { proposalId } = await work();
    loaders.forget();
    return { $type: "ProposalDecided", proposalId };
  } catch (error) {
    if (!(error instanceof UndecidedProposal)) return refusedBy(error);
    return { ...errors[error.why], message: error.message, path: ["input", "id"] };
  }
}

function review(
  name: string,
  { description, input, decide }: { description: string; input: string; decide: typeof acceptProposal },
): void {
  const type = builder.inputType(input, {
    description,
    fields: (t) => ({
      id: t.id({ required: true, description: "The id of the proposal." }),
      reason: t.string({ required: true, description: "Why, in the words of who reviews it." }),
    }),
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: ProposalResult,
      description,
      args: { input: t.arg({ type, required: true, description: "Which proposal, and why." }) },
      extensions: requires("review"),
      resolve: (_root, { input: given }, context, info) => {
        const { db, asker } = context;
        const proposalId = uuidOf(given.id, ["Proposal"]);
        const repeatable = repeatableOf(context, info);
        return decided(async () => {
          const who = { keyId: asker.keyId ?? "", name: asker.name };
          return decide(db, { proposalId, ...who, reason: reasonOf(given.reason), repeatable });
        }, context);
      },
    }),
  );
}

review("proposalAccept", {
  description:
    "Accepts a proposal of somebody else: it is entered as its author's change set, by all the terms that hold now. Where they do not, it stays open, and the error tells the way to what is wrong from `operations` on, as its author gave them.",
  input: "ProposalAcceptInput",
  decide: acceptProposal,
});

review("proposalReject", {
  description: "Rejects a proposal of somebody else. It stays readable to its author and to reviewers.",
  input: "ProposalRejectInput",
  decide: rejectProposal,
});

const ProposalWithdrawInput = builder.inputType("ProposalWithdrawInput", {
  description: "Takes a proposal back.",
  fields: (t) => ({ id: t.id({ required: true, description: "The id of the proposal." }) }),
});

builder.mutationField("proposalWithdraw", (t) =>
  t.field({
    type: ProposalResult,
    description: "Takes back a proposal of the asker's own key that waits for a review.",
    args: { input: t.arg({ type: ProposalWithdrawInput, required: true, description: "Which proposal." }) },
    extensions: requires("contribute"),
    resolve: (_root, { input }, context, info) => {
      const proposalId = uuidOf(input.id, ["Proposal"]);
      const repeatable = repeatableOf(context, info);
      const keyId = context.asker.keyId ?? "";
      return decided(() => withdrawProposal(context.db, { proposalId, keyId, repeatable }), context);
    },
  }),
);
