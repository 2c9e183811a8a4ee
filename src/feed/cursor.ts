import type { Db } from "../db/client.ts";
import { selectLog, type LoggedChange } from "../db/sql/change.ts";
import { Refusal } from "../errors.ts";
import { decodeCursor, encodeCursor, type CursorKey } from "../values/cursor.ts";
import { InvalidValue } from "../values/invalid-value.ts";

/** A place in the log of changes: after this many, the last of which belongs to a change set with this hash. */
export type LogPlace = Pick<LoggedChange, "place" | "changeSet" | "hash">;

/** Before the first change. */
export const beginning: LogPlace = { place: 0, changeSet: 0, hash: "" };

/** What the cursors of the log are good for, whatever the filter. */
export const changeScope = "changes";

/** PostgreSQL's types of the keys of such a cursor. */
export const changeKeyTypes = ["int", "int", "text"] as const;

/** As much of a hash as a cursor carries. */
export const hashLength = 16;

function keysOf({ changeSet, place, hash }: LogPlace): CursorKey[] {
  return [changeSet, place, hash.slice(0, hashLength)];
}

/**
 * The cursor of a place in the log, good for ever and with any filter. It carries the beginning of the change set's
 * hash, by which a record that has another history is told apart.
 */
export function changeCursor(place: LogPlace): string {
  return encodeCursor(keysOf(place), changeScope);
}

/** Whether the keys of a cursor name the place before the first change. */
export function isBeginning(keys: readonly CursorKey[]): boolean {
  return isAt(beginning, keys);
}

function isAt(place: LogPlace, keys: readonly CursorKey[]): boolean {
  return keysOf(place).join() === keys.join();
}

/**
 * The place that the keys of a cursor name.
 * @throws Refusal INVALID_CURSOR for those of another record
 */
export async function findPlace(db: Db, keys: readonly CursorKey[]): Promise<LogPlace> {
  if (isBeginning(keys)) return beginning;
  const place = Number(keys[1]);
  const counts = Number.isInteger(place) && place > 0 && place < 2 ** 31;
  const [found] = counts ? await selectLog(db.pool, {}, { after: place - 1, limit: 1 }) : [];
  if (found && isAt(found, keys)) return found;
  throw new Refusal(
    "INVALID_CURSOR",
    "The cursor names no change of this record. The log is never cut, so that an old cursor stays good: this one comes from another record, or from a history that a backup has replaced. Take one from its changes, or leave it out.",
  );
}

/**
 * The place that a cursor names.
 * @throws Refusal INVALID_CURSOR for one that was altered, that is of another list, or of another record
 */
export async function readChangeCursor(db: Db, cursor: string): Promise<LogPlace> {
  let keys: CursorKey[];
  try {
    keys = decodeCursor(cursor, changeScope);
  } catch (error) {
    if (error instanceof InvalidValue) throw new Refusal("INVALID_CURSOR", error.message);
    throw error;
  }
  return findPlace(db, keys);
}
