import type { GraphQLResolveInfo } from "graphql";
import { Refusal } from "../../errors.ts";
import { bounds } from "../../limit/bound.ts";
import { piecesIn } from "../../limit/count.ts";
import type { Json, JsonFields } from "../../record/operation/operation.ts";
import type { Placed } from "../../record/operation/placed.ts";
import { OperationsRefused } from "../../record/operation/refused.ts";
import { submitOperations, type Left } from "../../record/submit.ts";
import { encodeId } from "../../values/ids.ts";
import { InvalidValue } from "../../values/invalid-value.ts";
import { isBlank, shortEnough, wellFormed } from "../../values/text.ts";
import type { GraphContext } from "../context.ts";
import { refusal } from "../refusal.ts";
import { submits } from "../scope.ts";
import { plainInput } from "./plain-input.ts";
import { repeatableOf } from "./repeatable.ts";
import { errorOf, pathOf, type UserErrorValue } from "./user-error.ts";

/** What a mutation left behind. */
export interface Submitted extends Left {
  readonly $type: string;
}

/** What a mutation answers: what it left behind, or why it left nothing. */
export type Answer = Submitted | UserErrorValue;

/** Enters one operation by itself: the mutation's own name and input, but for its reason. */
export async function submitOne(
  type: string,
  input: object,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Answer> {
  const plain = plainInput(input, info);
  const operation = withoutReason({ name: info.fieldName, input: plain });
  const read = () => ({ reason: reasonOf(plain["reason"]), operations: [{ operation, path: "input" }] });
  return submit(type, read, context, info);
}

/** Enters the operations of a change set, all or none. */
export async function submitAll(
  type: string,
  input: object,
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Answer> {
  const plain = plainInput(input, info);
  const operations = plain["operations"] as readonly JsonFields[];
  const read = () => {
    if (operations.length < 1 || operations.length > bounds.operations) {
      throw refused(
        "input.operations",
        `A change set has 1 to ${bounds.operations} operations, and this has ${operations.length}.`,
      );
    }
    const pieces = piecesIn(operations);
    if (pieces > bounds.quotations) {
      throw refused(
        "input.operations",
        `A change set has ${bounds.quotations} pieces of evidence at most, and this has ${pieces}; submit several.`,
      );
    }
    const placed = operations.map((each, at) => {
      const [[name, given] = ["", {}]] = Object.entries(each).filter(([, value]) => value !== null);
      return { operation: { name, input: given as JsonFields }, path: `input.operations[${at}].${name}` };
    });
    return { reason: reasonOf(plain["reason"]), operations: placed };
  };
  return submit(type, read, context, info);
}

/** Why a record is withdrawn is kept with it; of other operations the change set keeps the reason. */
function withoutReason({ name, input }: Placed["operation"]): Placed["operation"] {
  if (name === "assertionRetract") return { name, input };
  const { reason: _, ...rest } = input;
  return { name, input: rest };
}

async function submit(
  type: string,
  read: () => { reason: string; operations: readonly Placed[] },
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Answer> {
  const { db, asker, loaders, requestId } = context;
  const { name: author, keyId } = asker;
  if (keyId === null) throw new Error("Somebody without a key was let write.");
  const repeatable = repeatableOf(context, info);
  try {
    const proposes = !asker.scopes.has(submits.entersWith);
    const left = await submitOperations(db, { read, author, keyId, requestId, proposes, repeatable });
    loaders.forget();
    return { $type: type, ...left };
  } catch (error) {
    return refusedBy(error);
  }
}

/** Characters of a reason. */
const longestReason = 2_000;

/**
 * Why something is to be done, in its author's words.
 * @throws OperationsRefused where there are none, or too many
 */
export function reasonOf(given: Json | undefined): string {
  const place = "input.reason";
  const reason = typeof given === "string" ? given : "";
  try {
    shortEnough(wellFormed(reason, "reason"), "reason", longestReason);
  } catch (error) {
    if (error instanceof InvalidValue) throw refused(place, error.message);
    throw error;
  }
  if (isBlank(reason)) throw refused(place, "The reason is empty; say why the record is to be changed.");
  return reason;
}

function refused(path: string, message: string): OperationsRefused {
  return new OperationsRefused([{ spot: { path, offset: 0 }, message, code: "INVALID" }]);
}

/** What the author of a change can mend, as an error of the result; what they cannot is thrown on. */
export function refusedBy(error: unknown): UserErrorValue {
  if (error instanceof Refusal && error.code === "IDEMPOTENCY_MISMATCH") {
    throw refusal(error.code, error.message, { http: { status: 422 } });
  }
  if (error instanceof OperationsRefused) return errorOf(error.problems);
  if (error instanceof Refusal && error.code === "CONFLICT" && "id" in error.details) {
    const { id, path, ...stands } = error.details as unknown as Overtaken;
    const currentVersion = "amendedIn" in stands ? stands.amendedIn : versionId(stands.currentVersion);
    const conflict = { id, path: pathOf(path), currentVersion };
    return { $type: "ConflictError", code: "CONFLICT", message: error.message, ...conflict };
  }
  throw error;
}

/** That something was changed meanwhile: a fact, whose version is a uuid, or a thing, whose version is when it was amended. */
type Overtaken = { readonly id: string; readonly path: string } & (
  { readonly currentVersion: string | null } | { readonly amendedIn: string }
);

function versionId(uuid: string | null): string | null {
  return uuid === null ? null : encodeId("Version", uuid);
}
