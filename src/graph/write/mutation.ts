import type { InputFieldMap, ObjectRef } from "@pothos/core";
import { builder, type Types } from "../builder.ts";
import { ChangeSet } from "../change-set.ts";
import { loadThing, loadThingBy } from "../load.ts";
import { loadNode, type Node } from "../node.ts";
import { Proposal } from "../proposal.ts";
import type { Cost } from "../../limit/count.ts";
import { mayRead, submits } from "../scope.ts";
import { withArticle } from "../../values/article.ts";
import { encodeId } from "../../values/ids.ts";
import { reasonField, type InputBuilder } from "./input-field.ts";
import { submitOne, type Answer, type Submitted } from "./submit.ts";
import { changeErrors } from "./user-error.ts";

builder.mutationType({
  description:
    "Changes to the record. Each is entered whole or not at all, and answers what it left behind or, as a type of its result, why nothing was entered.",
});

type SubmittedBuilder = PothosSchemaTypes.ObjectFieldBuilder<Types, Submitted>;

/** The field of what a mutation left behind that tells its change set. */
export function changeSetField(t: SubmittedBuilder) {
  return t.field({
    type: ChangeSet,
    nullable: true,
    description: "The change set that entered it; null where the record held it already, or it waits for a review.",
    resolve: ({ changeSet }, _args, context, info) =>
      changeSet === null ? null : loadThingBy(context, info, "ChangeSet", "number", changeSet),
  });
}

/** The field of what a mutation left behind that tells its proposal. */
export function proposalField(t: SubmittedBuilder) {
  return t.field({
    type: Proposal,
    nullable: true,
    description: "The proposal that waits for a review; null where it was entered at once.",
    resolve: ({ proposalId }, _args, context, info) =>
      proposalId === null ? null : loadThing(context, info, "Proposal", proposalId),
  });
}

/** The fields by which a mutation names the thing that it amends. */
export const amending = (t: InputBuilder) => ({
  id: t.id({ required: true, description: "The id of what is to be amended." }),
  expectedVersion: t.id({
    required: true,
    description:
      "The `amendedIn` that you have read of it, 0 where it was null: if it was amended meanwhile, nothing is entered.",
  }),
});

/** The result of a mutation. */
export type Result = ReturnType<typeof answers>;

/**
 * The result of changes to something of a noun: it, with its change set, or an error.
 * @param type the type of it, or its name
 */
export function resultOf(noun: string, type: unknown, field: string): Result {
  const submitted = builder.objectRef<Submitted>(`${noun}Submitted`).implement({
    description: `A change to ${withArticle(noun)} was submitted.`,
    fields: (t) => ({
      [field]: t.field({
        type: type as typeof Node,
        nullable: true,
        description:
          "It, as it stands now; null where it waits for a review or is no longer on record, and for who may not `read`.",
        resolve: ({ outcomes: [outcome] }, _args, context, info) =>
          outcome && mayRead(context) ? loadNode(context, info, encodeId(outcome.type, outcome.id)) : null,
      }),
      changeSet: changeSetField(t),
      proposal: proposalField(t),
    }),
  });
  return answers(`${noun}Result`, submitted, `What came of a change to ${withArticle(noun)}.`);
}

/** The result of a mutation: what it left behind, or an error. */
export function answers(name: string, submitted: ObjectRef<Types, Submitted>, description: string) {
  const types: readonly ObjectRef<Types, Answer>[] = [submitted, ...changeErrors];
  return builder.unionType(name, { description, types: [...types], resolveType: ({ $type }) => $type });
}

const inputs = new Map<string, unknown>();

/** The inputs of all operations, by name: what a change set may hold. */
export function operationInputs(): ReadonlyMap<string, unknown> {
  return inputs;
}

/** What a mutation costs by what it quotes: each piece of evidence is looked for. */
export const quoting = { pieces: "input" } as const satisfies Cost;

/** Adds a mutation that enters one operation by itself, and makes the same operation known to change sets. */
export function mutation(
  name: string,
  {
    description,
    result,
    submitted,
    fields,
    kept = false,
  }: {
    description: string;
    result: Result;
    /** The type of the result that tells what was left behind. */
    submitted: string;
    fields: (t: InputBuilder) => InputFieldMap;
    /** Whether the operation has a reason of its own in a change set too. */
    kept?: boolean;
  },
): void {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const input = builder.inputType(`${type}Input`, {
    description,
    fields: (t) => ({ ...reasonField(t), ...fields(t) }),
  });
  const operation = builder.inputType(`${type}Operation`, {
    description: `${description} As one of the operations of a change set.`,
    fields: (t) => ({
      ref: t.string({
        description: "A name by which other operations of the change set may refer to what it brings in.",
      }),
      ...(kept ? reasonField(t) : {}),
      ...fields(t),
    }),
  });
  inputs.set(name, operation);
  builder.mutationField(name, (t) =>
    t.field({
      type: result,
      description,
      args: { input: t.arg({ type: input, required: true, description: "What to enter, and why." }) },
      extensions: { ...submits, cost: quoting },
      resolve: (_root, { input: given }, context, info) => submitOne(submitted, given, context, info),
    }),
  );
}
