import { createHash } from "node:crypto";
import { InvalidValue } from "./invalid-value.ts";
import { wellFormed } from "./text.ts";

/** A cursor that this list did not hand out: altered, cut, or from another list, order or filter. */
export class InvalidCursor extends InvalidValue {}

/** One value of an order key. */
export type CursorKey = string | number | null;

const LONGEST = 2048;
const VERSION = 1;
const HASH_BYTES = 8;
const PAYLOAD_AT = 1 + 2 * HASH_BYTES;
const ADVICE =
  "take a cursor from pageInfo or edges of this list with this order and filter, unchanged, or leave it out";

/**
 * An opaque cursor: version, hash of the scope, hash of everything (SHA-256, 64 bits each), then the keys as JSON; in
 * base64url. The hashes catch mistakes, they are no secret: treat decoded keys as input.
 * @param keys the order key of the row, in the order of the list, ending in what makes it unique
 * @param scope what the cursor is good for: list, order and filter, e.g. as canonical JSON
 * @throws InvalidValue on keys that JSON or PostgreSQL cannot hold, or that make a cursor longer than 2,048 characters
 */
export function encodeCursor(keys: readonly CursorKey[], scope: string): string {
  for (const key of keys) {
    if (typeof key === "string") wellFormed(key, "cursor key");
    else if (key !== null && !Number.isFinite(key))
      throw new InvalidValue(`${key} cannot be a cursor key; use a finite number.`);
  }
  const cursor = written(Buffer.from(JSON.stringify(keys), "utf8"), headOf(scope));
  if (cursor.length > LONGEST)
    throw new InvalidValue("The order key is too long for a cursor; order by something shorter.");
  return cursor;
}

/** What cursors of a scope begin with: version and hash of the scope. */
export function headOf(scope: string): Buffer {
  return Buffer.concat([Buffer.from([VERSION]), hash("scope", Buffer.from(scope, "utf8"))]);
}

function written(payload: Buffer, head: Buffer): string {
  return Buffer.concat([head, hash("cursor", head, payload), payload]).toString("base64url");
}

/**
 * The keys of a cursor that `encodeCursor` made for the same scope.
 * @throws InvalidCursor on any other text: one changed bit, another list, order or filter, another spelling of the same
 * bytes, more than 2,048 characters
 */
export function decodeCursor(cursor: string, scope: string): CursorKey[] {
  const { head, keys } = openCursor(cursor);
  if (!headOf(scope).equals(head)) {
    throw new InvalidCursor(`The cursor belongs to another list, order or filter; ${ADVICE}.`);
  }
  return keys;
}

/**
 * The keys of a cursor, and what it begins with, which for a scope is `headOf` it.
 * @throws InvalidCursor on any text that `encodeCursor` did not make for some scope
 */
export function openCursor(cursor: string): { head: Buffer; keys: CursorKey[] } {
  if (cursor.length > LONGEST) throw new InvalidCursor(`The cursor is longer than ${LONGEST} characters; ${ADVICE}.`);
  const bytes = Buffer.from(cursor, "base64url");
  if (bytes.length <= PAYLOAD_AT || bytes[0] !== VERSION) throw unreadable();
  const head = bytes.subarray(0, 1 + HASH_BYTES);
  const payload = bytes.subarray(PAYLOAD_AT);
  if (!hash("cursor", head, payload).equals(bytes.subarray(1 + HASH_BYTES, PAYLOAD_AT))) throw unreadable();
  const keys = keysOf(payload);
  // Base64url has several spellings of the same bytes, and JSON of the same values; only ours is right.
  if (!keys || written(Buffer.from(JSON.stringify(keys), "utf8"), head) !== cursor) throw unreadable();
  return { head, keys };
}

function keysOf(payload: Buffer): CursorKey[] | null {
  try {
    const keys: unknown = JSON.parse(payload.toString("utf8"));
    return Array.isArray(keys) && keys.every(isKey) ? keys : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isKey(key: unknown): key is CursorKey {
  if (typeof key === "string") return !/[\0\p{Surrogate}]/u.test(key);
  return key === null || (typeof key === "number" && Number.isFinite(key));
}

function unreadable(): InvalidCursor {
  return new InvalidCursor(`The cursor is not one that this API made, or it was altered; ${ADVICE}.`);
}

/** What is hashed before what a hash is made of, so that hashes of two purposes never meet. */
export function saltOf(purpose: "scope" | "cursor"): Buffer {
  return Buffer.from(`chancery-${purpose}-1\0`, "utf8");
}

function hash(purpose: "scope" | "cursor", ...parts: Buffer[]): Buffer {
  const digest = createHash("sha256").update(saltOf(purpose));
  for (const part of parts) digest.update(part);
  return digest.digest().subarray(0, HASH_BYTES);
}
