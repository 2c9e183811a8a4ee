import type { Tx } from "../../src/db/client.ts";
import type { ChangeSet } from "../../src/record/entry.ts";
import { enterOperations } from "../../src/record/operation/enter-operations.ts";
import type { Operation } from "../../src/record/operation/operation.ts";
import { placed } from "../../src/record/operation/placed.ts";

/** Enters operations into a change set under way, as the API does. */
export async function operate(tx: Tx, set: ChangeSet, ...operations: readonly Operation[]): Promise<void> {
  await enterOperations(tx, set, placed("operations", operations), { author: "Fritz" });
}
