import type { Db } from "../db/client.ts";
import { rehearse } from "../db/sql/rehearse.ts";
import { enterChangeSet, inTurn } from "./change-set.ts";
import { answerOnce, type Repeatable } from "./idempotency.ts";
import { differencesOf } from "./operation/difference.ts";
import { enterOperations } from "./operation/enter-operations.ts";
import type { Outcome } from "./operation/outcome.ts";
import type { Placed } from "./operation/placed.ts";
import { enterProposal } from "./proposal.ts";

/** Operations that somebody submits, and why. */
export interface SubmittedOperations {
  /**
   * Reads what is to be done, and why: when it is known that the same was not sent before.
   * @throws OperationsRefused where that cannot be read
   */
  readonly read: () => { readonly operations: readonly Placed[]; readonly reason: string };
  readonly author: string;
  readonly keyId: string;
  readonly requestId: string;
  /** Whether they are proposed for review, or entered at once. */
  readonly proposes: boolean;
  readonly repeatable: Repeatable | null;
}

/** What submitted operations left behind. */
export interface Left {
  /** What each brings in or changes. */
  readonly outcomes: readonly Outcome[];
  /** The number of their change set; null where they are proposed, or the record held everything already. */
  readonly changeSet: number | null;
  /** The proposal that they are; null where they were entered at once. */
  readonly proposalId: string | null;
}

/**
 * Enters operations as one change set, all or none; or, for who may not, rehearses that and keeps them as a proposal,
 * with the ids of all that they bring in. The same sent again is told the same.
 * @throws as `enterOperations` and `answerOnce` do
 */
export async function submitOperations(db: Db, submitted: SubmittedOperations): Promise<Left> {
  const { read, author, keyId, requestId, proposes, repeatable } = submitted;
  return inTurn(db, (tx) =>
    answerOnce(tx, repeatable, async (): Promise<Left> => {
      const { operations, reason } = read();
      const enter = () =>
        enterChangeSet(tx, { author, reason, keyId, requestId }, (_tx, set) =>
          enterOperations(tx, set, operations, { author }),
        );
      if (!proposes) {
        const { changeSet, result } = await enter();
        return { outcomes: result.outcomes, changeSet, proposalId: null };
      }
      const { result } = await rehearse(tx, enter);
      const difference = await differencesOf(tx, operations, result);
      const plain = operations.map(({ operation }) => operation);
      const { outcomes, allotted } = result;
      const proposed = { keyId, author, reason, requestId, operations: plain, allotted, outcomes, difference };
      return { outcomes, changeSet: null, proposalId: await enterProposal(tx, proposed) };
    }),
  );
}
