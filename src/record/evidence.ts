import type { Tx } from "../db/client.ts";
import type { EvidenceRole } from "../generated/prisma/enums.ts";
import { newUuid } from "../values/ids.ts";
import type { ChangeSet } from "./entry.ts";

/** A passage that bears on an assertion, to be entered. */
export interface NewEvidence {
  readonly passageId: string;
  readonly role: EvidenceRole;
  /** The fields that it bears on; empty means the assertion as a whole. */
  readonly proves: readonly string[];
}

/** Enters the evidence of assertions, in the order given. */
export function enterEvidence(
  tx: Tx,
  set: ChangeSet,
  assertions: readonly { assertionId: string; evidence: readonly NewEvidence[] }[],
): void {
  const rows = assertions.flatMap(({ assertionId, evidence }) =>
    evidence.map(({ passageId, role, proves }, ordinal) => {
      return { id: newUuid(), assertionId, passageId, role, proves: [...proves], ordinal };
    }),
  );
  set.enter("evidence", rows, (data) => tx.evidence.createMany({ data }));
}
