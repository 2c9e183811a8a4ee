import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor, InvalidCursor, type CursorKey } from "../src/values/cursor.ts";
import { InvalidValue } from "../src/values/invalid-value.ts";

const SCOPE = '{"filter":{"stance":"RECOGNISES"},"list":"recognitions","order":"REPORTED_AT"}';
const KEYS = ["2019-02-04T09:00:00.123456Z", 17931, null, "Person:0192f3a1-7c4e-7d7a-8a52-3f6b1c9e0d11"];

describe("a cursor", () => {
  it.each([
    [KEYS],
    [[]],
    [[null]],
    [["Guaidó \u{1F1FB}\u{1F1EA} \r\n \"'"]],
    [[0.1, 1e300, -1, Number.MAX_SAFE_INTEGER]],
  ] as CursorKey[][][])("gives back %j exactly, and is the same when made again", (keys) => {
    const cursor = encodeCursor(keys, SCOPE);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(decodeCursor(cursor, SCOPE)).toEqual(keys);
    expect(encodeCursor(decodeCursor(cursor, SCOPE), SCOPE)).toBe(cursor);
  });

  it("with any character changed, added or left out is refused", () => {
    const cursor = encodeCursor(KEYS, SCOPE);
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (let at = 0; at < cursor.length; at += 1) {
      const [before, after] = [cursor.slice(0, at), cursor.slice(at + 1)];
      const place = alphabet.indexOf(cursor.charAt(at));
      for (let bit = 1; bit < 64; bit *= 2) {
        expect(() => decodeCursor(before + alphabet.charAt(place ^ bit) + after, SCOPE)).toThrow("altered");
      }
      expect(() => decodeCursor(before + after, SCOPE)).toThrow(InvalidCursor);
      expect(() => decodeCursor(`${before}=${cursor.slice(at)}`, SCOPE)).toThrow(InvalidCursor);
    }
  });

  it("spelt in another base64, padded or followed by anything is refused", () => {
    const cursor = encodeCursor(["\u00FF\u00FE???>>>"], SCOPE);
    const standard = Buffer.from(cursor, "base64url").toString("base64");
    expect(standard).not.toBe(cursor);
    for (const other of [standard, `${cursor}=`, `${cursor}\n`, ` ${cursor}`, `${cursor}A`, cursor + cursor]) {
      expect(() => decodeCursor(other, SCOPE)).toThrow(InvalidCursor);
    }
  });

  it("of another list, order or filter is refused as foreign", () => {
    const cursor = encodeCursor(KEYS, SCOPE);
    for (const scope of [SCOPE.replace("RECOGNISES", "REJECTS"), SCOPE.replace("recognitions", "events"), ""]) {
      expect(() => decodeCursor(cursor, scope)).toThrow("another list, order or filter");
    }
  });

  it.each(["", "x", "AQ", "eyJpZCI6MX0", "null", "' OR 1=1", "\uD800", "\0", "A".repeat(10_000), "AQ".repeat(500)])(
    "is not %j, which is refused with advice",
    (text) => {
      expect(() => decodeCursor(text, SCOPE)).toThrow(InvalidCursor);
      expect(() => decodeCursor(text, SCOPE)).toThrow("pageInfo");
    },
  );

  it("is not made of what it could not give back", () => {
    for (const key of [NaN, Infinity, "\uD800", "\0", "x".repeat(3000)]) {
      expect(() => encodeCursor([key], SCOPE)).toThrow(InvalidValue);
    }
  });
});
