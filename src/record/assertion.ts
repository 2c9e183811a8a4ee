import type { AssertionKind, AssertionStatus, Confidence, ExtractorKind } from "../generated/prisma/enums.ts";
import type { FuzzyDate } from "../values/fuzzy-date.ts";
import type { NewAttribution } from "./attribution.ts";
import { dateColumns } from "./date-column.ts";
import type { Detail } from "./detail.ts";
import type { NewEvidence } from "./evidence.ts";
import { dayIn } from "./moment.ts";

/** The lasting identity of what is asserted, to be entered. */
export interface NewRecord {
  readonly id: string;
  readonly kind: AssertionKind;
  readonly crisisId: string;
  readonly key: string;
}

/**
 * A version of what a record asserts, to be entered. It has evidence, some of which supports it, or is PROPOSED by a
 * machine.
 */
export interface NewAssertion {
  readonly status: AssertionStatus;
  readonly confidence: Confidence | null;
  /** The first and the last day it held. */
  readonly start: FuzzyDate | null;
  readonly end: FuzzyDate | null;
  /** When a source first made it known: the earliest of the documents that support it, if there are any. */
  readonly reportedFrom: Date;
  readonly extractor: { readonly kind: ExtractorKind; readonly name: string; readonly version: string | null };
  readonly attribution: readonly NewAttribution[];
  readonly evidence: readonly NewEvidence[];
  readonly detail: Detail;
}

/** What a version says of itself, as columns; who made it and when it was reported are not part of what it says. */
export function assertionColumns({ status, confidence, start, end }: NewAssertion) {
  return { status, confidence, ...dateColumns("start", start), ...dateColumns("end", end) };
}

/** The day that versions are ordered by: the earliest begin, else the latest end, else the day of the report, in UTC. */
export function sortDayOf({ start, end, reportedFrom }: Pick<NewAssertion, "start" | "end" | "reportedFrom">): number {
  return start?.earliest ?? end?.latest ?? dayIn(reportedFrom);
}
