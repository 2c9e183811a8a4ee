import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidText, readJson } from "../src/values/json-text.ts";

describe("a JSON text", () => {
  test("is read as it was written, whatever it holds", () => {
    const key = fc.string({ unit: "grapheme" }).filter((each) => each !== "__proto__" && !each.includes("\0"));
    const text = fc.string({ unit: "binary" }).filter((each) => !/[\0\p{Surrogate}]/u.test(each));
    const leaf = fc.oneof(
      text,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 5 },
        leaf,
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(value, (given) => {
        const written = JSON.stringify(given, null, 1);
        expect(readJson(written, "body")).toEqual(JSON.parse(written));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    "0",
    "1.50",
    "1e3",
    "1E+3",
    "100000000000000000000",
    "9007199254740992",
    "0.1",
    "5e-324",
    "1.7976931348623157e308",
  ])("may hold the number %s", (number) => {
    expect(readJson(`[${number}]`, "body")).toEqual([Number(number)]);
  });

  test.each(["-0", "9007199254740993", "1e400", "-1e400", "0.12345678901234567891", "1e-400", "123456789012345678901"])(
    "with the number %s, which a double would alter, is refused",
    (number) => {
      expect(() => readJson(`{"a":[${number}]}`, "body")).toThrow(/at a\.0, which would be altered/);
    },
  );

  test.each([
    ['{"a":1,"a":1}', /has the key a twice/],
    ['{"a":{"b":[{"c":1,"\\u0063":2}]}}', /has the key a\.b\.0\.c twice/],
    ['{"__proto__":1}', /__proto__/],
    ['{"\\u005f_proto__":1}', /__proto__/],
    ["{", /is not JSON/],
    ["[".repeat(65) + "]".repeat(65), /more than 64 levels/],
    [JSON.stringify(Object.fromEntries(Array.from({ length: 1_001 }, (_, n) => [`k${n}`, n]))), /more than 1000 keys/],
  ])("that is %s is refused", (text, why) => {
    expect(() => readJson(text, "body")).toThrow(why);
  });

  test.each(['"\\ud800"', '"a\\udc00b"', '"\\ud83d\\ud83d"', '"\\u0000"', '{"\\u0000":1}', '["x",{"a":"\\udfff"}]'])(
    "with a text that cannot be kept is refused: %s",
    (text) => {
      expect(() => readJson(text, "body")).toThrow(InvalidText);
    },
  );

  test.each(['"\\ud83d\\ude00"', '"\\\\u0000"', '"\\\\\\\\"', '"a\\"b\\\\"', '"\\u00e9e\\u0301\\u202e\\r\\n"'])(
    "keeps %s byte for byte",
    (text) => {
      expect(readJson(text, "body")).toBe(JSON.parse(text));
    },
  );
});
