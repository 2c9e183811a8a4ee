import { describe, expect, it } from "vitest";
import { dateOf, dayOf, weekdayOf } from "../src/values/calendar.ts";
import { formatDay, parseDay } from "../src/values/day.ts";
import { InvalidValue } from "../src/values/invalid-value.ts";

describe("a day", () => {
  it("is counted from 1970-01-01", () => {
    expect(parseDay("1970-01-01")).toBe(0);
    expect(parseDay("1969-12-31")).toBe(-1);
    expect(parseDay("2019-02-04")).toBe(17931);
    expect(parseDay("2000-03-01")).toBe(11017);
  });

  it.each([
    ["0001-01-01", -719162],
    ["0000-12-31", -719163],
    ["0000-02-29", -719469],
    ["-0043-03-15", -735160],
    ["-4712-01-01", -2440550],
    ["+12345-01-01", 3789391],
    ["+5874897-12-31", 2145042905],
  ])("%s is day %i, as PostgreSQL counts it", (text, day) => {
    expect(parseDay(text)).toBe(day);
    expect(formatDay(day)).toBe(text);
  });

  it("agrees with the Date of the language on every 97th day of nine thousand years", () => {
    for (let day = parseDay("0001-01-01"); day < parseDay("9999-12-31"); day += 97) {
      expect(formatDay(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
    }
  });

  it("comes back unchanged on each side of every turn of a year, of a leap day and of an era", () => {
    for (const year of [-4712, -401, -400, -399, -100, -4, -1, 0, 1, 4, 100, 400, 1900, 2000, 2019, 2020, 5874897]) {
      for (const day of [dayOf(year, 1, 1), dayOf(year, 2, 28), dayOf(year, 3, 1), dayOf(year, 12, 31)]) {
        const date = dateOf(day);
        expect(dayOf(date.year, date.month, date.day)).toBe(day);
        expect(parseDay(formatDay(day))).toBe(day);
      }
    }
  });

  it("falls on the weekday the calendar of 2019 shows", () => {
    expect(weekdayOf(parseDay("2019-02-04"))).toBe(1);
    expect(weekdayOf(parseDay("2019-02-10"))).toBe(7);
    expect(weekdayOf(parseDay("-0043-03-15"))).toBe(5);
  });

  it.each([
    ["2019-02-30", "2019-02 has the days 01 to 28"],
    ["2019-02-29", "2019-02 has the days 01 to 28"],
    ["1900-02-29", "1900-02 has the days 01 to 28"],
    ["2019-13-01", "months run from 01 to 12"],
    ["2019-00-01", "months run from 01 to 12"],
    ["2019-02-00", "has the days 01 to 28"],
    ["2019-2-4", "Write 2019-02-04"],
    ["20190204", "Write 2019-02-04"],
    ["2019-02-04T09:00:00Z", "a day is needed, for example 2019-02-04"],
    ["-0000-01-01", "written 0000"],
    ["2019-02", "A day is written YYYY-MM-DD"],
    ["12345-01-01", "+12345-01-01"],
    ["+02019-01-01", "A day is written"],
    [" 2019-02-04", "There is a space or a line break beside it; write 2019-02-04."],
    ["2019-02-04\n", "There is a space or a line break beside it; write 2019-02-04."],
    ["2019-02-10 ", "There is a space or a line break beside it; write 2019-02-10."],
    ["", "A day is written"],
    ["-4713-12-31", "4713 BCE"],
    ["+5874898-01-01", "5874897"],
  ])("%j is refused, saying what would be right", (text, words) => {
    expect(() => parseDay(text)).toThrow(InvalidValue);
    expect(() => parseDay(text)).toThrow(words);
  });

  it("is not written from a number that is none", () => {
    for (const day of [0.5, NaN, Infinity, -2440551, 2145042906]) expect(() => formatDay(day)).toThrow(InvalidValue);
  });
});
