import type { Tx } from "../../src/db/client.ts";
import type { NewAssertion, NewRecord } from "../../src/record/assertion.ts";
import { inChangeSet } from "../../src/record/change-set.ts";
import { correctRecords } from "../../src/record/correct.ts";
import type { ChangeSet } from "../../src/record/entry.ts";
import { retractRecords } from "../../src/record/retract.ts";
import { updateRecords } from "../../src/record/update.ts";
import { assertRecords } from "../../src/record/version.ts";
import { parseFuzzyDate } from "../../src/values/fuzzy-date.ts";
import { newUuid } from "../../src/values/ids.ts";
import { formatInstant } from "../../src/values/instant.ts";
import { layGround, noonOf, type Ground } from "./ground.ts";
import type { TestRecord } from "./record.ts";

/** What the gazette has of a recognition. */
export interface Telling {
  readonly stance?: "RECOGNISES" | "WITHDRAWN";
  /** The days of the gazette that say so. */
  readonly days?: readonly number[];
  readonly since?: string;
}

/**
 * A ground of its own, and one record on it: that Gallia recognises Michael as King, or does so no longer. Each change
 * answers the instant at which the record took it in.
 */
export async function openGazette(record: TestRecord) {
  const ground: Ground = await layGround(record.db, 10);
  const fact: NewRecord = { id: newUuid(), kind: "RECOGNITION", crisisId: ground.crisisId, key: "gallia-michael" };
  const telling = ({ stance = "RECOGNISES", days = [1], since = "1894-01-02" }: Telling): NewAssertion => {
    const [recogniserId = "", claimantId = ""] = [ground.actorIds[3], ground.actorIds[1]];
    const says = { recogniserId, claimantId, positionId: ground.positionId, stance, form: "UNILATERAL" } as const;
    return {
      status: "ACCEPTED",
      confidence: null,
      start: parseFuzzyDate(since),
      end: null,
      reportedFrom: noonOf(days[0] ?? 0),
      extractor: { kind: "HUMAN", name: "the clerk", version: null },
      attribution: [{ actorId: null, words: "the court", verb: "said", hedge: null }],
      evidence: days.map((day) => ({ passageId: ground.passageIds[day] ?? "", role: "SUPPORTS", proves: ["stance"] })),
      detail: { kind: "RECOGNITION", says: { ...says, onBehalfOfId: null, conditions: null } },
    };
  };

  const enter = async (reason: string, work: (tx: Tx, set: ChangeSet) => unknown): Promise<string> => {
    const { changeSet } = await inChangeSet(record.db, { author: "Fritz", reason }, (tx, set) =>
      Promise.resolve(work(tx, set)),
    );
    const set = await record.db.prisma.changeSet.findUniqueOrThrow({ where: { number: changeSet ?? 0 } });
    return formatInstant(set.at);
  };

  const assert = (told: Telling, updates: readonly Telling[] = []) =>
    enter("It is in the gazette.", (tx, set) =>
      assertRecords(tx, set, [{ record: fact, assertion: telling(told), updates: updates.map(telling) }]),
    );
  const update = (told: Telling, expectedVersion?: string) =>
    enter("The gazette has news.", (tx, set) => {
      const expected = expectedVersion === undefined ? {} : { expectedVersion };
      return updateRecords(tx, set, [{ recordId: fact.id, reports: [telling(told)], ...expected }]);
    });
  const correct = (told: Telling, version?: string) =>
    enter("I misread it.", (tx, set) => {
      const old = version === undefined ? {} : { version };
      return correctRecords(tx, set, [{ recordId: fact.id, assertion: telling(told), ...old }]);
    });
  const retract = (reason = "It was a hoax.") =>
    enter("Undo.", (tx, set) => retractRecords(tx, set, [{ recordId: fact.id, reason }]));

  return { ground, fact, telling, enter, assert, update, correct, retract };
}
