import type { Row } from "../db/sql/page.ts";
import { pageSize } from "../limit/count.ts";
import { encodeCursor, headOf, InvalidCursor, openCursor } from "../values/cursor.ts";
import { InvalidValue } from "../values/invalid-value.ts";
import { badInput, refusal } from "./refusal.ts";

/** The arguments by which a page of a list is asked for. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly last?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly before?: string | null | undefined;
}

/** A page to read: how many, from which end, and the keys to go on from. */
export interface PageRequest {
  readonly size: number;
  readonly backwards: boolean;
  readonly keys: readonly (string | number | null)[] | undefined;
  /** What the cursor began with, in hex; see `expectScope`. */
  readonly head: string | undefined;
}

/**
 * Reads the arguments of a page. Forwards is `first` with `after`, backwards `last` with `before`, and neither is the
 * first 20; `types` are those of the list's keys. Throws bad input for a size outside 1 to 100 or a mixture, INVALID_CURSOR
 * for a cursor that no such list hands out; whether it is of this very list, `expectScope` tells.
 */
export function readPage(args: PageArgs, types: readonly string[]): PageRequest {
  const { first, last, after, before } = args;
  if (first != null && last != null) throw badInput("Give first or last, not both.");
  if (after != null && before != null) throw badInput("Give after or before, not both.");
  const backwards = last != null || before != null;
  if (last != null && after != null) throw badInput("last goes with before; to read on after a cursor, give first.");
  if (first != null && before != null)
    throw badInput("first goes with after; to read back before a cursor, give last.");
  const size = first ?? last ?? pageSize.usual;
  const name = last == null ? "first" : "last";
  if (size < 1 || size > pageSize.most) throw badInput(`${name} is ${size}; a page has 1 to ${pageSize.most} entries.`);
  const cursor = after ?? before;
  const opened = cursor == null ? undefined : open(cursor, types);
  return { size, backwards, keys: opened?.keys, head: opened?.head.toString("hex") };
}

/** Throws INVALID_CURSOR where a page goes on from a cursor of another list than the one with this scope. */
export function expectScope({ head }: PageRequest, scope: string): void {
  if (head === undefined || head === headOf(scope).toString("hex")) return;
  throw refusal(
    "INVALID_CURSOR",
    "The cursor belongs to another list, order or filter; take a cursor from pageInfo or edges of this list with this order and filter, unchanged, or leave it out.",
  );
}

/** What a key of a cursor may be, by PostgreSQL's type: a cursor is no secret, and may be made by hand. */
const fits: Readonly<Record<string, (key: string | number | null) => boolean>> = {
  int: (key) => Number.isInteger(key) && Math.abs(Number(key)) < 2 ** 31,
  uuid: (key) => typeof key === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(key),
  timestamptz: (key) => typeof key === "string" && isInstant(key),
  text: (key) => typeof key === "string",
};

/** Whether a text is an instant as cursors write it, that there is, and of a year that PostgreSQL reads from four digits. */
function isInstant(key: string): boolean {
  const instant = new Date(key);
  return /^(?!0000)\d{4}-/.test(key) && !Number.isNaN(instant.getTime()) && instant.toISOString() === key;
}

function open(cursor: string, types: readonly string[]): ReturnType<typeof openCursor> {
  try {
    const opened = openCursor(cursor);
    const { keys } = opened;
    if (keys.length === types.length && keys.every((key, i) => fits[types[i] ?? ""]?.(key))) return opened;
    throw new InvalidCursor("The cursor holds no place of this list; take one from its pageInfo or edges.");
  } catch (error) {
    if (error instanceof InvalidValue) throw refusal("INVALID_CURSOR", error.message);
    throw error;
  }
}

/** The cursor of a row: its keys in the list's order. */
export function cursorOf(row: Row, order: readonly string[], scope: string): string {
  const keys = order.map((field) => {
    const value = row[field];
    return value instanceof Date ? value.toISOString() : (value as string | number);
  });
  return encodeCursor(keys, scope);
}

/** Of rows read one beyond the page, those of the page in the list's own order, and what lies to either side. */
export function cutPage<T>(rows: readonly T[], { size, backwards, keys }: PageRequest) {
  const page = rows.slice(0, size);
  const more = rows.length > size;
  const behind = keys !== undefined;
  return {
    rows: backwards ? page.reverse() : page,
    hasNextPage: backwards ? behind : more,
    hasPreviousPage: backwards ? more : behind,
  };
}
