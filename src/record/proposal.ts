import type { Db, Tx } from "../db/client.ts";
import { Refusal } from "../errors.ts";
import type { Prisma, Proposal } from "../generated/prisma/client.ts";
import { newUuid } from "../values/ids.ts";
import { enterChangeSet, inTurn } from "./change-set.ts";
import { answerOnce, type Repeatable } from "./idempotency.ts";
import type { AllottedIds } from "./operation/allot.ts";
import { enterOperations, type Entered } from "./operation/enter-operations.ts";
import type { Difference } from "./operation/difference.ts";
import type { Operation } from "./operation/operation.ts";
import type { Outcome } from "./operation/outcome.ts";
import { placed, type Placed } from "./operation/placed.ts";
import { OperationsRefused } from "./operation/refused.ts";

/** What is to be proposed, with the ids that its rehearsal allotted. */
export interface NewProposal {
  readonly keyId: string;
  readonly author: string;
  readonly reason: string;
  readonly requestId: string;
  readonly operations: readonly Operation[];
  readonly allotted: AllottedIds;
  readonly outcomes: readonly Outcome[];
  readonly difference: readonly Difference[];
}

/** Keeps a proposal until somebody else reviews it. Answers its id. */
export async function enterProposal(tx: Tx, proposal: NewProposal): Promise<string> {
  const id = newUuid();
  const { operations, allotted, outcomes, difference, ...said } = proposal;
  const json = (value: unknown) => value as Prisma.InputJsonValue;
  const kept = { operations: json(operations), allotted: json(allotted), difference: json(difference) };
  const data = { id, state: "PROPOSED" as const, ...said, ...kept, outcomes: json(outcomes), submittedAt: new Date() };
  await tx.proposal.create({ data });
  return id;
}

/** Who decides on a proposal. */
export interface Decision {
  readonly proposalId: string;
  readonly keyId: string;
  readonly name: string;
  readonly reason: string;
  readonly repeatable: Repeatable | null;
}

/** Why a proposal could not be decided on, beside what may be wrong with its operations. */
export class UndecidedProposal extends Refusal {
  readonly why: "NOT_FOUND" | "OWN" | "CLOSED";

  constructor(why: UndecidedProposal["why"], message: string) {
    super("BAD_USER_INPUT", message);
    this.why = why;
  }
}

/**
 * Enters a proposal into the record as its author's change set, by all the terms that hold now. Where they do not hold
 * any more, it stays open. Answers its id.
 * @throws UndecidedProposal; and as `enterOperations` does
 */
export async function acceptProposal(db: Db, decision: Decision): Promise<{ proposalId: string }> {
  return decide(db, decision, async (tx, { keyId, author, reason, requestId, operations, allotted, difference }) => {
    const given = placed("operations", operations as unknown as Operation[]);
    const { changeSet } = await enterChangeSet(tx, { author, reason, keyId, requestId }, async (_tx, set) => {
      const entered = await enterOperations(tx, set, given, { author, allotted: allotted as AllottedIds });
      refuseOtherRows(given, entered, difference as unknown as readonly Difference[]);
      return entered;
    });
    return { state: "ACCEPTED", changeSetNumber: changeSet };
  });
}

/**
 * Tells of a name or an identifier that a proposal withdraws where it does not stand as the one that its author saw: that
 * was withdrawn, and the same given again, by whom the author knows nothing.
 */
function refuseOtherRows(given: readonly Placed[], { withdrawn }: Entered, difference: readonly Difference[]): void {
  const overtaken = [...withdrawn.names, ...withdrawn.identifiers].filter(({ at, id }) => {
    const meant = difference[at]?.amends;
    return meant && meant.id !== id;
  });
  if (overtaken.length === 0) return;
  const message = "This was withdrawn meanwhile, and given again; propose anew to withdraw it as it stands now.";
  throw new OperationsRefused(
    overtaken.map(({ at }) => ({ spot: { path: given[at]?.path ?? "", offset: 0 }, message, code: "INVALID" })),
  );
}

/** Rejects a proposal, which stays readable to its author and to reviewers. Answers its id. */
export async function rejectProposal(db: Db, decision: Decision): Promise<{ proposalId: string }> {
  return decide(db, decision, () => Promise.resolve({ state: "REJECTED" }));
}

async function decide(
  db: Db,
  { proposalId, keyId, name, reason, repeatable }: Decision,
  verdict: (tx: Tx, proposal: Proposal) => Promise<{ state: "ACCEPTED" | "REJECTED"; changeSetNumber?: number | null }>,
): Promise<{ proposalId: string }> {
  return inTurn(db, (tx) =>
    answerOnce(tx, repeatable, async () => {
      const proposal = await findOpen(tx, proposalId);
      // A name may be that of another key once the first is revoked, and it is the name that the record shows.
      if (proposal.keyId === keyId || proposal.author === name) {
        throw new UndecidedProposal("OWN", "This proposal is your own; somebody else reviews it.");
      }
      const review = { reviewerKeyId: keyId, reviewer: name, reviewReason: reason, decidedAt: new Date() };
      await tx.proposal.update({ where: { id: proposalId }, data: { ...(await verdict(tx, proposal)), ...review } });
      return { proposalId };
    }),
  );
}

/** Takes a proposal back, for its author. Answers its id. */
export async function withdrawProposal(
  db: Db,
  { proposalId, keyId, repeatable }: Pick<Decision, "proposalId" | "keyId" | "repeatable">,
): Promise<{ proposalId: string }> {
  return inTurn(db, (tx) =>
    answerOnce(tx, repeatable, async () => {
      await findOpen(tx, proposalId, keyId);
      await tx.proposal.update({ where: { id: proposalId }, data: { state: "WITHDRAWN", decidedAt: new Date() } });
      return { proposalId };
    }),
  );
}

/** The proposal, if it waits for a review; of others than its author, where `keyId` is given, it is as if there were none. */
async function findOpen(tx: Tx, id: string, keyId?: string): Promise<Proposal> {
  const found = await tx.proposal.findUnique({ where: { id } });
  if (!found || (keyId !== undefined && found.keyId !== keyId)) {
    throw new UndecidedProposal("NOT_FOUND", "There is no such proposal.");
  }
  if (found.state !== "PROPOSED") {
    throw new UndecidedProposal("CLOSED", `This proposal was ${found.state.toLowerCase()} already.`);
  }
  return found;
}
