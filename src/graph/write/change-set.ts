import { bounds } from "../../limit/bound.ts";
import { entriesOfPage, type Cost } from "../../limit/count.ts";
import { encodeId } from "../../values/ids.ts";
import { builder } from "../builder.ts";
import { loadNode, Node } from "../node.ts";
import { mayRead, submits } from "../scope.ts";
import type { Outcome } from "../../record/operation/outcome.ts";
import { reasonField } from "./input-field.ts";
import { answers, changeSetField, operationInputs, proposalField, quoting } from "./mutation.ts";
import { submitAll, type Submitted } from "./submit.ts";

const OperationInput = builder.inputType("OperationInput", {
  description: "One change to the record: give exactly one.",
  isOneOf: true,
  fields: (t) =>
    Object.fromEntries(
      [...operationInputs()].map(([name, type]) => [
        name,
        t.field({ type: type as never, description: `What the mutation ${name} does.` }),
      ]),
    ),
});

const ChangeSetSubmitInput = builder.inputType("ChangeSetSubmitInput", {
  description: "Changes that belong together, and why.",
  fields: (t) => ({
    ...reasonField(t),
    operations: t.field({
      type: [OperationInput],
      required: true,
      description: `The changes, 1 to ${bounds.operations}. They have ${bounds.quotations} pieces of evidence at most, and are entered together, whatever their order: each may refer to what any other brings in.`,
    }),
  }),
});

const Item = builder.objectRef<Outcome>("SubmittedItem").implement({
  description: "What one operation of a change set brings in or changes.",
  fields: (t) => ({
    ref: t.exposeString("ref", {
      nullable: true,
      description: "The reference it gave itself; null where it gave none.",
    }),
    id: t.id({ description: "Its id.", resolve: ({ type, id }) => encodeId(type, id) }),
    node: t.field({
      type: Node,
      nullable: true,
      description:
        "It, as it stands now; null where it was withdrawn or waits for a review, and for who may not `read`.",
      resolve: ({ type, id }, _args, context, info) =>
        mayRead(context) ? loadNode(context, info, encodeId(type, id)) : null,
    }),
  }),
});

const ChangeSetSubmitted = builder.objectRef<Submitted>("ChangeSetSubmitted").implement({
  description: "A change set was submitted.",
  fields: (t) => ({
    changeSet: changeSetField(t),
    proposal: proposalField(t),
    items: t.field({
      type: [Item],
      description: "What each operation brings in or changes, in their order.",
      extensions: entriesOfPage,
      resolve: ({ outcomes }) => [...outcomes],
    }),
  }),
});

builder.mutationField("changeSetSubmit", (t) =>
  t.field({
    type: answers("ChangeSetResult", ChangeSetSubmitted, "What came of a change set."),
    description: `Submits up to ${bounds.operations} changes as one change set, all of them or none.`,
    args: { input: t.arg({ type: ChangeSetSubmitInput, required: true, description: "What to enter, and why." }) },
    // Each is read, checked and entered, and each piece of evidence looked for.
    extensions: { ...submits, cost: { perEntry: ["input", "operations"], ...quoting } satisfies Cost },
    resolve: (_root, { input }, context, info) => submitAll("ChangeSetSubmitted", input, context, info),
  }),
);
