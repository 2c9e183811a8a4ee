import type { GraphQLResolveInfo } from "graphql";
import { Refusal } from "../../errors.ts";
import type { Json, JsonFields } from "../../record/operation/operation.ts";
import type { Placed } from "../../record/operation/placed.ts";
import { OperationsRefused } from "../../record/operation/refused.ts";
import { submitOperations, type Left } from "../../record/submit.ts";
import { encodeId } from "../../values/ids.ts";
import { InvalidValue } from "../../values/invalid-value.ts";
import { isBlank, wellFormed } from "../../values/text.ts";
import type { GraphContext } from "../context.ts";
import { refusal } from "../refusal.ts";
import { plainInput } from "./plain-input.ts";
import { repeatableOf } from "./repeatable.ts";
import { errorOf, pathOf, type UserErrorValue } from "./user-error.ts";

/** The most operations of one change set. */
const most = 500;

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
  const operation = { name: info.fieldName, input: plain };
  return submit(type, plain["reason"], [{ operation: withoutReason(operation), path: "input" }], context, info);
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
  if (operations.length < 1 || operations.length > most) {
    const message = `A change set has 1 to ${most} operations, and this has ${operations.length}.`;
    return errorOf([{ spot: { path: "input.operations", offset: 0 }, message, code: "INVALID" }]);
  }
  const placed = operations.map((each, at) => {
    const [[name, given] = ["", {}]] = Object.entries(each).filter(([, value]) => value !== null);
    return { operation: { name, input: given as JsonFields }, path: `input.operations[${at}].${name}` };
  });
  return submit(type, plain["reason"], placed, context, info);
}

/** Why a record is withdrawn is kept with it; of other operations the change set keeps the reason. */
function withoutReason({ name, input }: Placed["operation"]): Placed["operation"] {
  if (name === "assertionRetract") return { name, input };
  const { reason: _, ...rest } = input;
  return { name, input: rest };
}

async function submit(
  type: string,
  given: Json | undefined,
  operations: readonly Placed[],
  context: GraphContext,
  info: GraphQLResolveInfo,
): Promise<Answer> {
  const { db, asker, loaders, requestId } = context;
  const { name: author, keyId } = asker;
  if (keyId === null) throw new Error("Somebody without a key was let write.");
  const repeatable = repeatableOf(context, info);
  try {
    const proposes = !asker.scopes.has("admin");
    const submitted = { operations, reason: reasonOf(given), author, keyId, requestId, proposes, repeatable };
    const left = await submitOperations(db, submitted);
    loaders.forget();
    return { $type: type, ...left };
  } catch (error) {
    return refusedBy(error);
  }
}

/** Characters of a reason. */
const longestReason = 2_000;

/** Why something is to be done, in its author's words. Throws InvalidValue where there are none, or too many. */
export function reasonOf(given: Json | undefined): string {
  const reason = wellFormed(typeof given === "string" ? given : "", "reason");
  if (isBlank(reason)) throw new InvalidValue("The reason is empty; say why the record is to be changed.");
  const { length } = Array.from(reason);
  if (length > longestReason) {
    throw new InvalidValue(`The reason has ${length} characters; it may have ${longestReason} at most.`);
  }
  return reason;
}

/** What the author of a change can mend, as an error of the result; what they cannot is thrown on. */
export function refusedBy(error: unknown): UserErrorValue {
  if (error instanceof Refusal && error.code === "IDEMPOTENCY_MISMATCH") {
    throw refusal(error.code, error.message, { http: { status: 422 } });
  }
  if (error instanceof OperationsRefused) return errorOf(error.problems);
  if (error instanceof InvalidValue) {
    return errorOf([{ spot: { path: "input.reason", offset: 0 }, message: error.message, code: "INVALID" }]);
  }
  if (error instanceof Refusal && error.code === "CONFLICT" && "currentVersion" in error.details) {
    const { currentVersion, id, path } = error.details as {
      readonly currentVersion: string | null;
      readonly id: string;
      readonly path: string;
    };
    const isFact = currentVersion !== null && /^[0-9a-f-]{36}$/.test(currentVersion);
    const current = isFact ? encodeId("Version", currentVersion) : currentVersion;
    const conflict = { id, path: pathOf(path), currentVersion: current };
    return { $type: "ConflictError", code: "CONFLICT", message: error.message, ...conflict };
  }
  throw error;
}
