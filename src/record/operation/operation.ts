import type { AssertionKind } from "../../generated/prisma/enums.ts";
import { AssertionKind as Kinds, ActorKind as Actors } from "../../generated/prisma/enums.ts";
import { fieldOfKind } from "../../values/kind-name.ts";
import type { Noun } from "../terms/reading.ts";

/** A value as JSON has it. */
export type Json = string | number | boolean | null | readonly Json[] | JsonFields;

/** Values by name; what is undefined is left out. */
export interface JsonFields {
  readonly [name: string]: Json | undefined;
}

/**
 * One thing to be done to the record, as plain values that can be kept and done later: links are `{ id }`, `{ key }` or
 * `{ ref }`, days and instants are text.
 */
export interface Operation {
  /** Such as `recognitionAssert`. */
  readonly name: string;
  readonly input: JsonFields;
}

/** What an operation does, and to what. */
export type Deed =
  | { readonly does: "ASSERT"; readonly kind: AssertionKind }
  | { readonly does: "UPDATE" | "CORRECT"; readonly kind: AssertionKind }
  | { readonly does: "RETRACT" }
  | { readonly does: "CREATE"; readonly noun: Noun; readonly kind: string }
  | { readonly does: "AMEND"; readonly noun: Noun; readonly kind: string }
  | { readonly does: "ADD_NAME" | "ADD_IDENTIFIER" | "WITHDRAW_NAME" | "WITHDRAW_IDENTIFIER" };

const facts = Object.values(Kinds).flatMap((kind): [string, Deed][] => {
  const name = fieldOfKind(kind);
  return [
    [`${name}Assert`, { does: "ASSERT", kind }],
    [`${name}Update`, { does: "UPDATE", kind }],
    [`${name}Correct`, { does: "CORRECT", kind }],
  ];
});

const things: readonly (readonly [string, Noun])[] = [
  ["crisis", "crisis"],
  ["document", "document"],
  ["capture", "capture"],
  ["passage", "passage"],
  ["place", "place"],
  ["position", "position"],
  ["sanctionsProgramme", "programme"],
];

/** Every operation by its name. */
export const deeds: ReadonlyMap<string, Deed> = new Map<string, Deed>([
  ...facts,
  ["assertionRetract", { does: "RETRACT" }],
  ...Object.values(Actors).flatMap((kind): [string, Deed][] => [
    [`${fieldOfKind(kind)}Create`, { does: "CREATE", noun: "actor", kind }],
    [`${fieldOfKind(kind)}Amend`, { does: "AMEND", noun: "actor", kind }],
  ]),
  ["actorNameAdd", { does: "ADD_NAME" }],
  ["actorIdentifierAdd", { does: "ADD_IDENTIFIER" }],
  ["actorNameWithdraw", { does: "WITHDRAW_NAME" }],
  ["actorIdentifierWithdraw", { does: "WITHDRAW_IDENTIFIER" }],
  ...things.map(([name, noun]): [string, Deed] => [`${name}Create`, { does: "CREATE", noun, kind: "" }]),
  ...things
    .filter(([name]) => name !== "passage")
    .map(([name, noun]): [string, Deed] => [`${name}Amend`, { does: "AMEND", noun, kind: "" }]),
]);

/** What an operation does. A fault for a name that is none. */
export function deedOf({ name }: Operation): Deed {
  const deed = deeds.get(name);
  if (!deed) throw new Error(`There is no operation ${name}.`);
  return deed;
}
