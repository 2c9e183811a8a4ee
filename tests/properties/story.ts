import type { Db } from "../../src/db/client.ts";
import { Refusal } from "../../src/errors.ts";
import type { NewAssertion } from "../../src/record/assertion.ts";
import { inChangeSet } from "../../src/record/change-set.ts";
import { correctRecords } from "../../src/record/correct.ts";
import { retractRecords } from "../../src/record/retract.ts";
import { updateRecords } from "../../src/record/update.ts";
import { assertRecords } from "../../src/record/version.ts";
import { knownIn, validDuring, type View } from "../../src/record/view.ts";
import { parseFuzzyDate } from "../../src/values/fuzzy-date.ts";
import { newUuid } from "../../src/values/ids.ts";
import { canonicalJson } from "../../src/values/json.ts";
import { noonOf, type Ground } from "../support/ground.ts";
import type { Operation, Told } from "./model.ts";

const kinds = ["RECOGNITION", "EVENT"] as const;
const stances = ["RECOGNISES", "REJECTS", "NEUTRAL"] as const;

/** The first day on which a fact that says `says` held; every fourth has no dates. */
export function startOfTold(says: number): number | null {
  return says % 4 === 3 ? null : parseFuzzyDate(`1893-0${1 + (says % 4)}`).earliest;
}

/** The assertion that a told fact stands for. Recognitions and events in turn, so that parts of all sorts hang on them. */
export function assertionOf({ says, days }: Told, record: number, ground: Ground): NewAssertion {
  const actor = (i: number) => ground.actorIds[i % ground.actorIds.length] ?? "";
  const passage = (day: number) => ground.passageIds[day] ?? "";
  const place = (i: number) => ground.placeIds[i % ground.placeIds.length] ?? "";
  return {
    status: says % 5 === 4 ? "DISPUTED" : "ACCEPTED",
    confidence: says % 3 === 0 ? null : "HIGH",
    start: startOfTold(says) === null ? null : parseFuzzyDate(`1893-0${1 + (says % 4)}`),
    end: null,
    reportedFrom: noonOf(days[0]),
    extractor: { kind: "HUMAN", name: "the clerk", version: null },
    attribution: Array.from({ length: says % 3 }, (_, i) => {
      return { actorId: actor(says + i), words: null, verb: "said", hedge: i === 0 ? null : "reportedly" };
    }),
    evidence: days.map((day) => ({ passageId: passage(day), role: "SUPPORTS", proves: [`part ${says}`] })),
    detail:
      kinds[record % 2] === "EVENT"
        ? {
            kind: "EVENT",
            says: {
              title: `Told ${says}`,
              eventKind: "AID",
              eventStatus: "OCCURRED",
              partOfId: null,
              participations: Array.from({ length: says % 3 }, (_, i) => ({ actorId: actor(says + i), role: "ACTOR" })),
              placeIds: [place(says), ...(says % 2 === 0 ? [place(says + 1)] : [])],
              election: says % 2 === 0 ? { positionId: ground.positionId } : null,
              consignment: { donorId: actor(says), goods: [`crate ${says}`], amount: null, route: null },
              blockade: says % 3 === 0 ? { means: ["carts"] } : null,
            },
          }
        : {
            kind: "RECOGNITION",
            says: {
              recogniserId: actor(3),
              claimantId: actor(says % 3),
              positionId: ground.positionId,
              stance: stances[says % 3] ?? "NEUTRAL",
              form: "UNILATERAL",
              onBehalfOfId: null,
              conditions: `Told ${says}`,
            },
          },
  };
}

/** A version as the database has it, put as the model puts it. */
export interface Row {
  readonly id: string;
  readonly record: number;
  readonly change: string;
  readonly reportedFrom: Date;
  readonly reportedTo: Date | null;
  readonly recordedFrom: number;
  readonly recordedTo: number | null;
}

/** Records that a sequence of operations is done to, in the database. */
export class Story {
  readonly db: Db;
  readonly ground: Ground;
  readonly recordIds: readonly string[];
  /** The number of the change set that each step was entered as, from the second place on; the first is the one before. */
  readonly steps: number[] = [];

  constructor(db: Db, ground: Ground, records: number) {
    this.db = db;
    this.ground = ground;
    this.recordIds = Array.from({ length: records }, () => newUuid());
  }

  /** Does the operations as one change set. Answers false where they were refused, in words. */
  async enter(operations: readonly Operation[], at = new Date()): Promise<boolean> {
    try {
      const submission = { author: "the clerk", reason: "The story goes on.", at };
      const { changeSet } = await inChangeSet(this.db, submission, async (tx, set) => {
        if (this.steps.length === 0) this.steps.push(set.number - 1);
        for (const operation of operations) await this.#do(operation, tx, set);
      });
      this.steps.push(changeSet as number);
      return true;
    } catch (error) {
      if (error instanceof Refusal && /[a-z].*\.$/.test(error.message)) return false;
      throw error;
    }
  }

  async #do(operation: Operation, ...[tx, set]: Parameters<Parameters<typeof inChangeSet>[2]>): Promise<void> {
    const recordId = this.recordIds[operation.record] ?? "";
    const assertion = (told: Told) => assertionOf(told, operation.record, this.ground);
    if (operation.do === "retract") {
      await retractRecords(tx, set, [{ recordId, reason: "It was never so." }]);
    } else if (operation.do === "correct") {
      const where = { recordId, recordedTo: null, reportedFrom: noonOf(operation.from) };
      const old = await tx.assertion.findFirst({ where });
      const version = old?.id ?? newUuid();
      await correctRecords(tx, set, [{ recordId, version, assertion: assertion(operation.told) }]);
    } else if (operation.do === "update") {
      const [first, ...rest] = operation.reports.map(assertion) as [NewAssertion, ...NewAssertion[]];
      await updateRecords(tx, set, [{ recordId, reports: [first, ...rest] }]);
    } else {
      const [first, ...updates] = operation.reports.map(assertion) as [NewAssertion, ...NewAssertion[]];
      const kind = kinds[operation.record % 2] ?? "EVENT";
      const record = { id: recordId, kind, crisisId: this.ground.crisisId, key: `record-${recordId}` };
      assertRecords(tx, set, [{ record, assertion: first, updates }]);
    }
  }

  /** Every version of the records that the database has, held or not. */
  async rows(): Promise<Row[]> {
    const rows = await this.db.prisma.assertion.findMany({
      where: { recordId: { in: [...this.recordIds] } },
      orderBy: [{ recordedFrom: "asc" }, { reportedFrom: "asc" }],
    });
    return rows.map(({ recordId, id, change, reportedFrom, reportedTo, recordedFrom, recordedTo }) => {
      const record = this.recordIds.indexOf(recordId);
      return { id, record, change, reportedFrom, reportedTo, recordedFrom, recordedTo };
    });
  }

  /** The ids of the versions that a view shows, by record. */
  async seen(view: View): Promise<Map<number, string[]>> {
    const valid = view.validAt === null ? {} : validDuring(view.validAt, view.validAt);
    const where = { AND: [{ recordId: { in: [...this.recordIds] } }, knownIn(view), valid] };
    const found = new Map<number, string[]>(this.recordIds.map((_, record) => [record, []]));
    for (const { id, recordId } of await this.db.prisma.assertion.findMany({ where })) {
      found.get(this.recordIds.indexOf(recordId))?.push(id);
    }
    return found;
  }

  /** What versions say, and all that hangs on them, as texts that are alike where they say the same. */
  async contents(): Promise<Map<string, string>> {
    const rows = await this.db.prisma.assertion.findMany({
      where: { recordId: { in: [...this.recordIds] } },
      include: {
        recognition: true,
        event: true,
        election: true,
        consignment: true,
        blockade: true,
        eventPlaces: { orderBy: { placeId: "asc" } },
        participations: { orderBy: { ordinal: "asc" } },
        attributions: { orderBy: { ordinal: "asc" } },
        evidence: { orderBy: { ordinal: "asc" } },
      },
    });
    return new Map(
      rows.map(({ id, status, confidence, startEdtf, endEdtf, sortDay, extractorName, ...row }) => {
        const { recognition, event, election, consignment, blockade, eventPlaces, ...lists } = row;
        const { participations, attributions, evidence } = lists;
        const own = { status, confidence, startEdtf, endEdtf, sortDay, extractorName };
        const details = { recognition, event, election, consignment, blockade };
        const parts = { ...details, eventPlaces, participations, attributions, evidence };
        return [id, canonicalJson({ own, parts: bare(parts) })];
      }),
    );
  }
}

/** What a told fact is as `contents` puts it. */
export function contentOfTold(told: Told, from: number, record: number, ground: Ground): string {
  const { detail, status, confidence, start, attribution, evidence } = assertionOf(told, record, ground);
  const numbered = (list: readonly object[]) => list.map((each, ordinal) => ({ ...each, ordinal }));
  const own = {
    status,
    confidence,
    startEdtf: start?.edtf ?? null,
    endEdtf: null,
    sortDay: start?.earliest ?? Math.floor(noonOf(from).getTime() / 86_400_000),
    extractorName: "the clerk",
  };
  const none = { recognition: null, event: null, election: null, consignment: null, blockade: null };
  const hung = { attributions: numbered(attribution), evidence: numbered(evidence) };
  if (detail.kind !== "EVENT") {
    const parts = { ...none, recognition: detail.says, eventPlaces: [], participations: [], ...hung };
    return canonicalJson({ own, parts: bare(parts) });
  }
  const { election, consignment, blockade, placeIds, participations, ...event } = detail.says;
  const eventPlaces = placeIds.toSorted().map((placeId) => ({ placeId }));
  const details = { ...none, event, election, consignment, blockade, eventPlaces };
  return canonicalJson({ own, parts: bare({ ...details, participations: numbered(participations), ...hung }) });
}

/** Without the ids of rows and of the version that they hang on. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== "id" && name !== "assertionId")
      .map(([name, each]) => [name, bare(each)]),
  );
}
