import { LRUCache } from "lru-cache";
import type { Db } from "../db/client.ts";
import { lastChangeSetAfterWriters, lastChangeSetBy } from "../db/sql/change-set.ts";
import type { ChangeSetNumber } from "../db/sql/parameters.ts";
import type { Where } from "../db/sql/where.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import { formatInstant } from "../values/instant.ts";

/** Which clock a moment of knowledge is read on. */
export type Clock = "REPORTED" | "RECORDED";

/** A moment at which the record is looked at. */
export interface View<N extends ChangeSetNumber = ChangeSetNumber> {
  readonly clock: Clock | "NOW";
  /** For REPORTED: what sources had made known by then. */
  readonly at: Date | null;
  /** For RECORDED: what the record held after this change set; 0 before the first. */
  readonly changeSet: N | null;
  /** Only what was valid on this day, in days from 1970-01-01; null for any time. */
  readonly validAt: number | null;
}

/** One that is known when the record is asked, and not only by a row of the answer. */
export type KnownView = View<number>;

/** What the record holds now, whenever valid. */
export const now: KnownView = { clock: "NOW", at: null, changeSet: null, validAt: null };

/**
 * Opens the record at a moment. A moment on the RECORDED clock is translated to the number of the last change set
 * entered by then, so that the view stays the same for ever. Where that may be one that is under way, it is waited for.
 */
export async function openView(
  db: Db,
  {
    validAt = null,
    knownAt = null,
    knownBy = "REPORTED",
  }: { validAt?: number | null; knownAt?: Date | null; knownBy?: Clock },
): Promise<KnownView> {
  if (!knownAt) return { ...now, validAt };
  if (knownBy === "REPORTED") return { clock: "REPORTED", at: knownAt, changeSet: null, validAt };
  return { clock: "RECORDED", at: null, changeSet: await lastBy(db, knownAt), validAt };
}

/** The numbers of the last change sets entered by moments, for as many moments as were looked at lately. */
const settled = new WeakMap<Db, LRUCache<number, number>>();
const mostSettled = 10_000;

/** The number of the last change set entered by a moment; 0 where there is none. */
async function lastBy(db: Db, moment: Date): Promise<number> {
  const whole = db.whole ?? db;
  let known = settled.get(whole);
  if (!known) settled.set(whole, (known = new LRUCache({ max: mostSettled })));
  const number = known.get(moment.getTime());
  if (number !== undefined) return number;
  // A change set under way takes a time after that of the newest entered, and so cannot belong before it.
  const last = await lastChangeSetBy(db.pool, moment);
  if (!last.settled) return lastChangeSetAfterWriters(db.pool, moment);
  known.set(moment.getTime(), last.number);
  return last.number;
}

/** The assertions that a view shows, exactly one version of a record, whenever valid. */
export function knownIn(view: View): Where {
  if (view.at) {
    return {
      recordedTo: null,
      reportedFrom: { lte: view.at },
      OR: [{ reportedTo: null }, { reportedTo: { gt: view.at } }],
    };
  }
  if (view.changeSet !== null) {
    const held = {
      recordedFrom: { lte: view.changeSet },
      OR: [{ recordedTo: null }, { recordedTo: { gt: view.changeSet } }],
    };
    return { ...held, reportedTo: null };
  }
  return { recordedTo: null, reportedTo: null };
}

/** Those that were taken into the record, and are more than put forward. */
export const taken: Prisma.AssertionWhereInput = { status: { in: ["ACCEPTED", "DISPUTED"] } };

/** Those that certainly or possibly held at some moment of the days `from` to `to`, both included. */
export function validDuring(from: number, to: number): Prisma.AssertionWhereInput {
  return {
    AND: [
      { OR: [{ startEarliest: null }, { startEarliest: { lte: to } }] },
      { OR: [{ endLatest: null }, { endLatest: { gte: from } }] },
    ],
  };
}

/** The documents that a view shows: those whose content had been made known, or that had been taken in, by then. */
export function documentsIn(view: View): Where {
  if (view.at) return { reportedFrom: { lte: view.at } };
  return thingsIn(view);
}

/**
 * Of the documents that what a view shows was taken from, those that it shows too: all, where it looks at what was taken in,
 * for nothing is taken in before its document.
 */
export function documentsBehind(view: View): Where {
  return view.at ? documentsIn(view) : {};
}

/** The things that a view shows. They carry no clock of reporting: one is shown unless the record took it in later. */
export function thingsIn(view: View): Where {
  return view.changeSet === null ? {} : { createdIn: { lte: view.changeSet } };
}

/** The names and identifiers that a view shows: those that had not been withdrawn by then. */
export function unwithdrawnIn(view: View): Where {
  return { ...thingsIn(view), withdrawn: null };
}

/** A text that tells views apart, for keys of loaders and cursors. */
export function viewKey(view: KnownView): string {
  return aroundChangeSet(view).join(String(view.changeSet ?? ""));
}

/** What stands before and behind the number of the change set in `viewKey`. */
export function aroundChangeSet({ clock, at, validAt }: View): readonly [before: string, behind: string] {
  return [`${clock}|${at ? formatInstant(at) : ""}|`, `|${validAt ?? ""}`];
}
