import { enumMeaning } from "../../db/meaning.ts";
import { detailOf } from "../../record/terms/read-detail.ts";
import type { AssertionKind } from "../../generated/prisma/enums.ts";
import { withArticle } from "../../values/article.ts";
import { typeOfKind } from "../../values/kind-name.ts";
import { builder } from "../builder.ts";
import { factInput } from "./fact-input.ts";
import type { InputBuilder } from "./input-field.ts";
import { CrisisLink } from "./link-input.ts";
import { answers, changeSetField, mutation, proposalField, resultOf } from "./mutation.ts";
import type { Submitted } from "./submit.ts";

const expectedVersion = (t: InputBuilder) => ({
  expectedVersion: t.id({
    required: true,
    description:
      "The `versionId` that you have read of it: if another has taken its place meanwhile, nothing is entered.",
  }),
});

for (const kind of Object.keys(enumMeaning("AssertionKind").values) as AssertionKind[]) {
  const name = detailOf(kind);
  const type = typeOfKind(kind);
  const words = kind.toLowerCase().replaceAll("_", " ");
  const one = withArticle(words);
  const input = factInput(name);
  const result = resultOf(type, type, name);
  const says = (t: InputBuilder) => ({
    says: t.field({ type: input, required: true, description: "All that it says, and what that rests on." }),
  });
  const changed = (t: InputBuilder) => ({
    id: t.id({ required: true, description: `The id of the ${words}.` }),
    ...expectedVersion(t),
    ...says(t),
  });
  const submitted = `${type}Submitted`;
  mutation(`${name}Assert`, {
    description: `Asserts ${one}: that a source says so.`,
    result,
    submitted,
    fields: (t) => ({
      crisis: t.field({ type: CrisisLink, required: true, description: "The crisis it is recorded under." }),
      key: t.string({ required: true, description: "A short name that never changes, unique in its crisis." }),
      ...says(t),
    }),
  });
  mutation(`${name}Update`, {
    description: `Says what a later report says of ${one}: the world moved on, or what is known of it. What older reports said stands for its time.`,
    result,
    submitted,
    fields: changed,
  });
  mutation(`${name}Correct`, {
    description: `Puts ${one} right that the record had wrong. The version expected is replaced for all the time in which it counted as reported.`,
    result,
    submitted,
    fields: changed,
  });
}

const AssertionRetracted = builder.objectRef<Submitted>("AssertionSubmitted").implement({
  description: "The withdrawal of a fact was submitted.",
  fields: (t) => ({ changeSet: changeSetField(t), proposal: proposalField(t) }),
});

mutation("assertionRetract", {
  description: "Withdraws a fact of any kind that should not have been asserted. Its history stays readable.",
  result: answers("AssertionResult", AssertionRetracted, "What came of the withdrawal of a fact."),
  submitted: "AssertionSubmitted",
  kept: true,
  fields: (t) => ({ id: t.id({ required: true, description: "The id of the fact." }), ...expectedVersion(t) }),
});
