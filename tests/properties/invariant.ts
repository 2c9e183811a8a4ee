import { expect } from "vitest";
import type { Row } from "./story.ts";

/**
 * Holds that from the change set that entered a record to the one that withdrew it, if any did, its held versions follow
 * one another from its first report on, without a gap and without an overlap: no change set sees two, or none.
 */
export function expectWhole(
  rows: readonly Row[],
  steps: readonly number[],
  withdrawn: readonly (readonly [record: number, changeSet: number])[],
): void {
  const gone = new Map(withdrawn);
  for (const record of new Set(rows.map((row) => row.record))) {
    const versions = rows.filter((row) => row.record === record);
    const first = Math.min(...versions.map(({ reportedFrom }) => reportedFrom.getTime()));
    const entered = Math.min(...versions.map(({ recordedFrom }) => recordedFrom));
    for (const step of steps.filter((each) => each >= entered && each < (gone.get(record) ?? Infinity))) {
      const held = versions.filter(
        ({ recordedFrom, recordedTo }) => recordedFrom <= step && (recordedTo === null || recordedTo > step),
      );
      held.sort((a, b) => a.reportedFrom.getTime() - b.reportedFrom.getTime());
      const begins = held.map(({ reportedFrom }) => reportedFrom.getTime());
      const ends = held.map(({ reportedTo }) => reportedTo?.getTime() ?? Infinity);
      expect([...begins, Infinity]).toEqual([first, ...ends]);
    }
  }
}

/** Holds that what was read before is there still, unaltered but for being closed once, by the change set just entered. */
export function expectGrown(before: readonly Row[], rows: readonly Row[], changeSet: number): void {
  const later = new Map(rows.map((row) => [row.id, row]));
  for (const row of before) {
    const found = later.get(row.id);
    const recordedTo = row.recordedTo === null && found?.recordedTo === changeSet ? changeSet : row.recordedTo;
    expect(found).toEqual({ ...row, recordedTo });
  }
  const fresh = rows.filter(({ id }) => !before.some((row) => row.id === id));
  for (const { recordedFrom, recordedTo } of fresh) expect([recordedFrom, recordedTo]).toEqual([changeSet, null]);
}
