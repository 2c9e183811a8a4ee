import type { Tx } from "../../db/client.ts";
import { Refusal } from "../../errors.ts";
import type { NewAssertion } from "../assertion.ts";
import { correctRecords } from "../correct.ts";
import type { ChangeSet } from "../entry.ts";
import { retractRecords } from "../retract.ts";
import type { Ids } from "../terms/ids.ts";
import { newAssertion, type Sources } from "../terms/new-assertion.ts";
import type { Problems } from "../terms/problem.ts";
import { updateRecords } from "../update.ts";
import { assertRecords } from "../version.ts";
import type { Batch, GivenFact, Targeting } from "./batch.ts";

/** What the entering of facts needs to know. */
interface Knowing {
  readonly ids: Ids;
  readonly problems: Problems;
  readonly author: string;
  readonly sources: Sources;
}

/**
 * Enters what operations say of facts, and answers it, by which operation it is. Tells of what the record will not do.
 * @throws Refusal CONFLICT, as `enterOperations` does
 */
export async function enterFacts(
  tx: Tx,
  set: ChangeSet,
  batch: Batch,
  knowing: Knowing,
): Promise<Map<number, NewAssertion>> {
  const { ids, problems } = knowing;
  const facts = new Map(
    batch.facts.map(({ at, entry }) => [at, newAssertion(entry, entry, knowing, knowing.sources)] as const),
  );
  const says = ({ at }: GivenFact) => facts.get(at) as NewAssertion;
  assertRecords(
    tx,
    set,
    batch.asserted.map((given) => {
      const { kind, key, token, crisis } = given;
      const record = { id: ids.of("record", token), kind, crisisId: ids.of("crisis", crisis), key };
      return { record, assertion: says(given) };
    }),
  );
  // One after another, so that what goes wrong is told of the operation that it goes wrong with.
  for (const given of batch.corrected) {
    const { recordId, expectedVersion: version } = given;
    await attempt(given, problems, () => correctRecords(tx, set, [{ recordId, version, assertion: says(given) }]));
  }
  for (const given of batch.updated) {
    const { recordId, expectedVersion } = given;
    await attempt(given, problems, () =>
      updateRecords(tx, set, [{ recordId, expectedVersion, reports: [says(given)] }]),
    );
  }
  for (const given of batch.retracted) {
    const { recordId, expectedVersion, reason } = given;
    await attempt(given, problems, () => retractRecords(tx, set, [{ recordId, expectedVersion, reason }]));
  }
  return facts;
}

async function attempt(given: Targeting, problems: Problems, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { spot } = given;
    if (error.code === "CONFLICT" && "currentVersion" in error.details) {
      throw new Refusal("CONFLICT", error.message, { ...error.details, id: given.id, path: spot.path }, error);
    }
    if (error.code !== "BAD_USER_INPUT" && error.code !== "CONFLICT") throw error;
    problems.add(spot, error.message);
  }
}
