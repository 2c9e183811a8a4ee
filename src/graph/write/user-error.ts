import type { ObjectRef } from "@pothos/core";
import { problemCodes, type Found } from "../../record/terms/problem.ts";
import { QuotationAmbiguous, QuotationNotFound, type NearPassage, type Place } from "../../values/quotation.ts";
import { builder, type Types } from "../builder.ts";
import { loadNode, Node } from "../node.ts";
import { mayRead } from "../scope.ts";

/** Why something was not entered, as a type of the result of a mutation. */
export interface UserErrorValue {
  readonly $type: string;
  readonly message: string;
  readonly code: string;
  /** The way to what is wrong, where its type tells it. */
  readonly path?: readonly string[];
}

/** Part of an input that will not do. */
interface IssueValue {
  readonly path: readonly string[];
  readonly code: keyof typeof problemCodes;
  readonly message: string;
  readonly nearest: string | null;
}

interface IssuesValue extends UserErrorValue {
  readonly path: readonly string[];
  readonly issues: readonly IssueValue[];
}

export const UserError = builder.interfaceRef<UserErrorValue>("UserError").implement({
  description: "Why a mutation entered nothing, where its author can mend it.",
  resolveType: ({ $type }) => $type,
  fields: (t) => ({
    message: t.exposeString("message", { description: "What is wrong, and what would be right, for people." }),
    code: t.exposeString("code", { description: "What is wrong, for programs; it never changes." }),
  }),
});

const ProblemCode = builder.enumType("IssueCode", {
  description: "What kind of wrong part of an input is.",
  values: Object.fromEntries(Object.entries(problemCodes).map(([code, description]) => [code, { description }])),
});

const Issue = builder.objectRef<IssueValue>("Issue").implement({
  description: "Part of an input that will not do.",
  fields: (t) => ({
    path: t.exposeStringList("path", {
      description: "The way to it from the input, by names of fields and places in lists.",
    }),
    code: t.expose("code", { type: ProblemCode, description: "What kind of wrong it is." }),
    message: t.exposeString("message", { description: "What is wrong, and what would be right." }),
    nearest: t.string({
      nullable: true,
      description:
        "The known name, or the words of the source, that come nearest to what was given; null where none do, and for who may not `read`.",
      resolve: ({ nearest }, _args, context) => (mayRead(context) ? nearest : null),
    }),
  }),
});

const pathText = "The way to what is wrong from the input, by names of fields and places in lists.";
const issuesText = "Everything that is wrong with the input.";

export const ValidationError = builder.objectRef<IssuesValue>("ValidationError").implement({
  description: "The input will not do, in one place or several.",
  interfaces: [UserError],
  fields: (t) => ({ issues: t.expose("issues", { type: [Issue], description: issuesText }) }),
});

export const NotFoundError = builder.objectRef<IssuesValue>("NotFoundError").implement({
  description: "What was to be changed is not on record.",
  interfaces: [UserError],
  fields: (t) => ({ path: t.exposeStringList("path", { description: pathText }) }),
});

interface DuplicateValue extends IssuesValue {
  readonly existing: string;
}

export const DuplicateError = builder.objectRef<DuplicateValue>("DuplicateError").implement({
  description: "There is something with this key already.",
  interfaces: [UserError],
  fields: (t) => ({
    path: t.exposeStringList("path", { description: pathText }),
    issues: t.expose("issues", { type: [Issue], description: issuesText }),
    existing: t.field({
      type: Node,
      nullable: true,
      description: "What has the key; null where it was withdrawn, and for who may not `read`.",
      resolve: ({ existing }, _args, context, info) => (mayRead(context) ? loadNode(context, info, existing) : null),
    }),
  }),
});

const NearWords = builder.objectRef<NearPassage>("NearWords").implement({
  description: "Words of a source that come near to a quotation that it does not hold.",
  fields: (t) => ({
    text: t.exposeString("text", { description: "The words, as they stand in the source." }),
    start: t.exposeInt("start", { description: "Where they begin in the capture, in code points from 0." }),
    end: t.exposeInt("end", { description: "Where they end in the capture, in code points; excluded." }),
  }),
});

interface QuoteNotFoundValue extends IssuesValue {
  readonly nearest: readonly NearPassage[];
}

export const QuoteNotFoundError = builder.objectRef<QuoteNotFoundValue>("QuoteNotFoundError").implement({
  description: "The words do not stand in the copy of the document.",
  interfaces: [UserError],
  fields: (t) => ({
    path: t.exposeStringList("path", { description: pathText }),
    issues: t.expose("issues", { type: [Issue], description: issuesText }),
    nearest: t.field({
      type: [NearWords],
      description: "The words in it that come nearest, at most three, the best first; none for who may not `read`.",
      resolve: ({ nearest }, _args, context) => (mayRead(context) ? nearest : []),
    }),
  }),
});

const QuotePlace = builder.objectRef<Place>("QuotePlace").implement({
  description: "One of several places where the same words stand.",
  fields: (t) => ({
    exact: t.exposeString("exact", { description: "The words, as they stand there." }),
    prefix: t.exposeString("prefix", { description: "The words right before." }),
    suffix: t.exposeString("suffix", { description: "The words right after." }),
    start: t.exposeInt("start", { description: "Where they begin in the capture, in code points from 0." }),
    end: t.exposeInt("end", { description: "Where they end in the capture, in code points; excluded." }),
  }),
});

interface QuoteAmbiguousValue extends IssuesValue {
  readonly places: readonly Place[];
}

export const QuoteAmbiguousError = builder.objectRef<QuoteAmbiguousValue>("QuoteAmbiguousError").implement({
  description:
    "The words stand in several places of the copy; words before or after them are needed to tell which is meant.",
  interfaces: [UserError],
  fields: (t) => ({
    path: t.exposeStringList("path", { description: pathText }),
    issues: t.expose("issues", { type: [Issue], description: issuesText }),
    places: t.field({
      type: [QuotePlace],
      description: "Where they stand, at most the first ten places; none for who may not `read`.",
      resolve: ({ places }, _args, context) => (mayRead(context) ? places : []),
    }),
  }),
});

interface ConflictValue extends UserErrorValue {
  readonly path: readonly string[];
  readonly id: string;
  readonly currentVersion: string | null;
}

export const ConflictError = builder.objectRef<ConflictValue>("ConflictError").implement({
  description: "Somebody else changed meanwhile what was to be changed. Read it again, and decide anew.",
  interfaces: [UserError],
  fields: (t) => ({
    path: t.exposeStringList("path", { description: pathText }),
    currentVersion: t.id({
      nullable: true,
      description:
        "The version that stands in place of the one expected; null where it was withdrawn, and for who may not `read`.",
      resolve: ({ currentVersion }, _args, context) => (mayRead(context) ? currentVersion : null),
    }),
    current: t.field({
      type: Node,
      nullable: true,
      description: "It, as it stands now; null where it was withdrawn, and for who may not `read`.",
      resolve: ({ id }, _args, context, info) => (mayRead(context) ? loadNode(context, info, id) : null),
    }),
  }),
});

/** The types of every error that a change to the record may have. */
export const changeErrors: readonly ObjectRef<Types, UserErrorValue>[] = [
  ValidationError,
  NotFoundError,
  DuplicateError,
  QuoteNotFoundError,
  QuoteAmbiguousError,
  ConflictError,
];

/** The most issues that one error tells. */
const mostIssues = 100;

/** What everything that is wrong with some operations amounts to: one error where there is one cause, else all of them. */
export function errorOf(problems: readonly Found[]): UserErrorValue {
  const issues = problems.slice(0, mostIssues).map((found) => issueOf(found));
  const [first] = problems;
  if (!first) throw new Error("Operations were refused, and nothing was wrong with them.");
  const path = pathOf(first.spot.path);
  const said = (type: string, code: string) => ({ $type: type, code, message: first.message, path, issues });
  const alike = problems.every(({ code }) => code === first.code);
  if (alike && first.quotation instanceof QuotationNotFound) {
    return { ...said("QuoteNotFoundError", first.code), nearest: first.quotation.nearest } as QuoteNotFoundValue;
  }
  if (alike && first.quotation instanceof QuotationAmbiguous) {
    return { ...said("QuoteAmbiguousError", first.code), places: first.quotation.places } as QuoteAmbiguousValue;
  }
  if (alike && first.existing !== undefined) {
    return { ...said("DuplicateError", first.code), existing: first.existing } as DuplicateValue;
  }
  if (problems.length === 1 && first.isTarget) return said("NotFoundError", first.code);
  const many = `${problems.length} parts of the input will not do${problems.length > mostIssues ? `, of which the first ${mostIssues} are told` : ""}.`;
  const message = problems.length === 1 ? first.message : `${many} ${first.message}`;
  return { ...said("ValidationError", "VALIDATION_FAILED"), message };
}

function issueOf({ spot, code, message, nearest }: Found): IssueValue {
  return { path: pathOf(spot.path), code, message, nearest: nearest ?? null };
}

/** The steps of a path that is written as `input.operations[3].says`. */
export function pathOf(path: string): string[] {
  return path.split(/[.[\]]+/).filter((step) => step !== "");
}
