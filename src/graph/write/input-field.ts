import { fieldMeaning, modelMeaning } from "../../db/meaning.ts";
import type { Types } from "../builder.ts";
import { builder } from "../builder.ts";
import { enumOf, meaning } from "../meaning.ts";
import { linkInputs } from "./link-input.ts";

/** Builds the fields of an input. */
export type InputBuilder = PothosSchemaTypes.InputFieldBuilder<Types, "InputObject">;

/** The field of an input that says why. */
export const reasonField = (t: InputBuilder) => ({
  reason: t.string({ required: true, description: "Why the record is to be changed, for those who read it later." }),
});

/** How much of a field must be given. */
export interface Given {
  /** Whether it may not be left out. */
  readonly required?: boolean;
  /** What it means to leave it out, where that is not nothing. */
  readonly absent?: unknown;
  /** How it is said that there is none: by leaving it out, unless it must be given; by null; or that there always is one. */
  readonly none?: "ABSENT" | "NULL" | "NEVER";
}

export const FuzzyDateInput = builder.inputType("FuzzyDateInput", {
  description:
    "A date as its source gives it: an EDTF expression, with the source's own words beside it or alone; or a newspaper's words with the day they count from.",
  fields: (t) => ({
    edtf: t.string({
      description: "A date of EDTF level 0 or 1, such as 2019-02-04, 2019-02, 2019-02-04? or 2019-02-01/2019-02-04.",
    }),
    text: t.string({
      description: "The words of the source, such as last month; alone, they say that no date is known.",
    }),
    basis: t.field({
      type: enumOf("DateBasis"),
      description: "How it was worked out; left out, STATED, or UNKNOWN without edtf.",
    }),
    relativeTo: t.field({
      type: "Date",
      description: "The day that the words count from, instead of edtf and basis: the server works the date out.",
    }),
  }),
});

const scalars: Record<string, string> = {
  String: "String",
  Int: "Int",
  Float: "Float",
  Boolean: "Boolean",
  DateTime: "DateTime",
};

/**
 * Takes what a field of a model holds, with the type and the meaning that the model gives it: a column, a vague date, or
 * a link.
 */
export function inputField(t: InputBuilder, model: string, field: string, given: Given = {}) {
  const required = given.required ?? false;
  return t.field({
    type: typeTaken(model, field) as never,
    required: required as never,
    description: `${asked(model, field, given)}${absence(given.absent)}`,
  });
}

const isDate = (model: string, field: string) => `${field}Edtf` in modelMeaning(model).fields;

function typeTaken(model: string, field: string): unknown {
  if (isDate(model, field)) return FuzzyDateInput;
  const { kind, type, list } = fieldMeaning(model, field);
  if (kind === "object") {
    const link = linkInputs[type];
    if (!link) throw new Error(`nothing names the model ${type}`);
    return link;
  }
  const taken = type === "Int" && field.endsWith("On") ? "Date" : (scalars[type] ?? enumOf(type));
  return list ? [taken] : taken;
}

/** What a column means, to who fills it in. */
function asked(
  model: string,
  field: string,
  { required = false, none = required ? "NEVER" : "ABSENT" }: Given,
): string {
  const name = isDate(model, field) ? `${field}Edtf` : field;
  const { says, absent, list } = fieldMeaning(model, name);
  if (says === null) return meaning(`${model}.${name}`);
  if (absent === null || isDate(model, field)) return says;
  if (none === "ABSENT") return `${says.slice(0, -1)}; left out ${absent}.`;
  // A list that must be given may still be empty.
  return none === "NULL" || list ? meaning(`${model}.${name}`) : says;
}

function absence(value: unknown): string {
  return typeof value === "string" || typeof value === "boolean" ? ` Left out, it is ${String(value)}.` : "";
}
