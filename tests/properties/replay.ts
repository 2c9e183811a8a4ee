import type { Operation, Told } from "./model.ts";
import { noonOf } from "../support/ground.ts";
import type { Row, Story } from "./story.ts";

/**
 * What was done to the records of a story, read from nothing but what the database holds of them: one list of operations
 * for each change set, in their order.
 */
export async function readOperations(story: Story): Promise<Operation[][]> {
  const rows = await story.rows();
  const told = await readTold(story);
  const where = { recordId: { in: [...story.recordIds] } };
  const retractions = await story.db.prisma.retraction.findMany({ where });
  const numbers = new Set([
    ...rows.map(({ recordedFrom }) => recordedFrom),
    ...retractions.map(({ changeSetNumber }) => changeSetNumber),
  ]);
  return [...numbers]
    .sort((a, b) => a - b)
    .map((number) => {
      const entered = rows.filter(({ recordedFrom }) => recordedFrom === number);
      const withdrawn = retractions.filter(({ changeSetNumber }) => changeSetNumber === number);
      return [
        ...[...new Set(entered.map(({ record }) => record))].map((record) =>
          operationOf(
            record,
            entered.filter((row) => row.record === record),
            told,
          ),
        ),
        ...withdrawn.map(({ recordId }): Operation => ({ do: "retract", record: story.recordIds.indexOf(recordId) })),
      ];
    });
}

function operationOf(record: number, entered: readonly Row[], told: ReadonlyMap<string, Told>): Operation {
  const of = ({ id }: Row) => told.get(id) as Told;
  const right = entered.find(({ change }) => change === "CORRECTED");
  if (right) return { do: "correct", record, from: dayOf(right.reportedFrom), told: of(right) };
  const reports = entered.filter(({ change }) => change !== "CARRIED").map(of);
  return { do: entered.some(({ change }) => change === "ASSERTED") ? "assert" : "update", record, reports };
}

/** What each version tells, out of its words and its evidence. */
async function readTold({ db, recordIds, ground }: Story): Promise<Map<string, Told>> {
  const rows = await db.prisma.assertion.findMany({
    where: { recordId: { in: [...recordIds] } },
    include: { recognition: true, event: true, evidence: { orderBy: { ordinal: "asc" } } },
  });
  return new Map(
    rows.map(({ id, recognition, event, evidence }) => {
      const says = Number((recognition?.conditions ?? event?.title ?? "").replace("Told ", ""));
      const days = evidence.map(({ passageId }) => ground.passageIds.indexOf(passageId));
      return [id, { says, days: days as [number, ...number[]] }];
    }),
  );
}

function dayOf(instant: Date): number {
  return Math.round((instant.getTime() - noonOf(0).getTime()) / 86_400_000);
}
