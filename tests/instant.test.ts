import { describe, expect, it } from "vitest";
import { formatInstant, parseInstant } from "../src/values/instant.ts";
import { InvalidValue } from "../src/values/invalid-value.ts";

describe("an instant", () => {
  it.each([
    ["2019-02-07T09:00:00Z", "2019-02-07T09:00:00Z"],
    ["2019-02-07T09:00:00.000Z", "2019-02-07T09:00:00Z"],
    ["2019-02-07T09:00:00.5Z", "2019-02-07T09:00:00.500Z"],
    ["2019-02-07T09:00:00.123Z", "2019-02-07T09:00:00.123Z"],
    ["2019-02-07T09:00:00-04:00", "2019-02-07T13:00:00Z"],
    ["2019-02-07T00:30:00+05:30", "2019-02-06T19:00:00Z"],
    ["2020-02-29T23:59:59Z", "2020-02-29T23:59:59Z"],
    ["0044-03-15T12:00:00Z", "0044-03-15T12:00:00Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  ])("%s is answered as %s, whatever the zone of the machine", (text, answer) => {
    expect(formatInstant(parseInstant(text))).toBe(answer);
  });

  it("is the same through the hour that a summer time leaves out or repeats", () => {
    for (const text of ["2019-03-31T01:30:00Z", "2019-10-27T00:30:00Z", "2019-10-27T01:30:00Z"]) {
      expect(formatInstant(parseInstant(text))).toBe(text);
      expect(parseInstant(text).getTime()).toBe(Date.parse(text));
    }
  });

  it.each([
    ["2019-02-05", "2019-02-05 is a day; an instant is needed, for example 2019-02-05T23:59:59Z"],
    ["2019-02-07T09:00:00", "has no zone"],
    ["2019-02-07T09:00:00.123456Z", "at most three decimals"],
    ["2019-02-07T09:00:00.1230Z", "at most three decimals"],
    ["2019-02-30T09:00:00Z", "no such day"],
    ["2019-02-07T24:00:00Z", "no such time"],
    ["2016-12-31T23:59:60Z", "no such time"],
    ["2019-02-07T09:60:00Z", "no such time"],
    ["2019-02-07T09:00:00+24:00", "offsets run from"],
    ["2019-02-07T09:00Z", "YYYY-MM-DDTHH:MM:SS"],
    ["2019-02-07 09:00:00Z", "YYYY-MM-DDTHH:MM:SS"],
    ["2019-02-07t09:00:00z", "YYYY-MM-DDTHH:MM:SS"],
    ["-0043-03-15T12:00:00Z", "YYYY-MM-DDTHH:MM:SS"],
    ["0000-12-31T23:59:59Z", "0001 and 9999"],
    ["0001-01-01T00:00:00+01:00", "0001 and 9999"],
    ["9999-12-31T23:59:59-00:01", "0001 and 9999"],
    ["infinity", "YYYY-MM-DDTHH:MM:SS"],
  ])("%j is refused, saying what would be right", (text, words) => {
    expect(() => parseInstant(text)).toThrow(InvalidValue);
    expect(() => parseInstant(text)).toThrow(words);
  });

  it("is not written from a date that is none", () => {
    expect(() => formatInstant(new Date(NaN))).toThrow(InvalidValue);
    expect(() => formatInstant(new Date(-62135596800001))).toThrow("0001 and 9999");
  });
});
