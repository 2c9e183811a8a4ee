import type { GraphQLResolveInfo } from "graphql";
import { Refusal } from "../../errors.ts";
import { inChangeSet } from "../../record/change-set.ts";
import { enterOperations } from "../../record/operation/enter-operations.ts";
import type { Json, JsonFields } from "../../record/operation/operation.ts";
import type { Outcome } from "../../record/operation/outcome.ts";
import type { Placed } from "../../record/operation/read-operations.ts";
import { OperationsRefused } from "../../record/operation/refused.ts";
import { encodeId } from "../../values/ids.ts";
import { InvalidValue } from "../../values/invalid-value.ts";
import { wellFormed } from "../../values/text.ts";
import type { GraphContext } from "../context.ts";
import { plainInput } from "./plain-input.ts";
import { errorOf, pathOf, type UserErrorValue } from "./user-error.ts";

/** The most operations of one change set. */
const most = 500;

/** What a mutation left behind. */
export interface Submitted {
  readonly $type: string;
  /** What each operation brought in or changed. */
  readonly outcomes: readonly Outcome[];
  /** The number of its change set; null where the record held everything already. */
  readonly changeSet: number | null;
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
  return submit(type, plain["reason"], [{ operation: withoutReason(operation), path: "input" }], context);
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
  return submit(type, plain["reason"], placed, context);
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
  placed: readonly Placed[],
  { db, asker, loaders }: GraphContext,
): Promise<Answer> {
  const { name: author } = asker;
  try {
    const reason = reasonOf(given);
    const { changeSet, result } = await inChangeSet(db, { author, reason }, (tx, set) =>
      enterOperations(tx, set, placed, { author }),
    );
    loaders.forget();
    return { $type: type, outcomes: result.outcomes, changeSet };
  } catch (error) {
    return refusedBy(error);
  }
}

function reasonOf(given: Json | undefined): string {
  const reason = wellFormed(typeof given === "string" ? given : "", "reason");
  if (reason.trim() === "") throw new InvalidValue("The reason is empty; say why the record is to be changed.");
  return reason;
}

/** What the author of a change can mend, as an error of the result; what they cannot is thrown on. */
function refusedBy(error: unknown): UserErrorValue {
  if (error instanceof OperationsRefused) return errorOf(error.problems);
  if (error instanceof InvalidValue) {
    return errorOf([{ spot: { path: "input.reason", offset: 0 }, message: error.message, code: "INVALID" }]);
  }
  if (error instanceof Refusal && error.code === "CONFLICT" && "currentVersion" in error.details) {
    const { currentVersion, recordId, path } = error.details as {
      readonly currentVersion: string | null;
      readonly recordId: string;
      readonly path: string;
    };
    const current = currentVersion === null ? null : encodeId("Version", currentVersion);
    const conflict = { recordId, path: pathOf(path), currentVersion: current };
    return { $type: "ConflictError", code: "CONFLICT", message: error.message, ...conflict };
  }
  throw error;
}
