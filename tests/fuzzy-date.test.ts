import { parse, type ParsedDate } from "edtf";
import { describe, expect, it } from "vitest";
import { formatDay, parseDay } from "../src/values/day.ts";
import { boundsOf } from "../src/values/edtf-bounds.ts";
import { certaintyDuring, certaintyOn, parseFuzzyDate, unknownDate, type FuzzyDate } from "../src/values/fuzzy-date.ts";
import { InvalidValue } from "../src/values/invalid-value.ts";
import { plainBounds } from "../src/values/plain-date.ts";
import { resolveRelative } from "../src/values/relative-date.ts";

const bounds = (date: FuzzyDate) =>
  [date.earliest, date.latest].map((day) => (day === null ? ".." : formatDay(day))).join(" to ");

describe("a vague date", () => {
  it.each([
    ["2019-02-04", "2019-02-04 to 2019-02-04", "DAY"],
    ["2020-02-29", "2020-02-29 to 2020-02-29", "DAY"],
    ["-0043-03-15", "-0043-03-15 to -0043-03-15", "DAY"],
    ["0000-02-29", "0000-02-29 to 0000-02-29", "DAY"],
    ["0044", "0044-01-01 to 0044-12-31", "YEAR"],
    ["2019-02", "2019-02-01 to 2019-02-28", "MONTH"],
    ["2020-02", "2020-02-01 to 2020-02-29", "MONTH"],
    ["1900-02", "1900-02-01 to 1900-02-28", "MONTH"],
    ["2019", "2019-01-01 to 2019-12-31", "YEAR"],
    ["-0043", "-0043-01-01 to -0043-12-31", "YEAR"],
    ["Y12345", "+12345-01-01 to +12345-12-31", "YEAR"],
    ["Y5874897", "+5874897-01-01 to +5874897-12-31", "YEAR"],
    ["2019-21", "2019-03-01 to 2019-12-22", "SEASON"],
    ["2019-22", "2018-12-01 to 2020-03-21", "SEASON"],
    ["2019-23", "2019-03-01 to 2019-12-22", "SEASON"],
    ["2019-24", "2018-12-01 to 2020-03-21", "SEASON"],
    ["201X", "2010-01-01 to 2019-12-31", "DECADE"],
    ["20XX", "2000-01-01 to 2099-12-31", "CENTURY"],
    ["-004X", "-0049-01-01 to -0040-12-31", "DECADE"],
    ["000X", "0000-01-01 to 0009-12-31", "DECADE"],
    ["2019-XX", "2019-01-01 to 2019-12-31", "YEAR"],
    ["2019-XX-XX", "2019-01-01 to 2019-12-31", "YEAR"],
    ["2019-02-XX", "2019-02-01 to 2019-02-28", "MONTH"],
    ["2019-02-01/2019-02-04", "2019-02-01 to 2019-02-04", "INTERVAL"],
    ["2018/2019-02", "2018-01-01 to 2019-02-28", "INTERVAL"],
    ["2019-02-04/2019-02", "2019-02-04 to 2019-02-28", "INTERVAL"],
    ["../2019-02-04", ".. to 2019-02-04", "INTERVAL"],
    ["/2019-02-04", ".. to 2019-02-04", "INTERVAL"],
    ["2019-02-04/..", "2019-02-04 to ..", "INTERVAL"],
    ["2019-02-04/", "2019-02-04 to ..", "INTERVAL"],
    ["-0048/-0043-03-15", "-0048-01-01 to -0043-03-15", "INTERVAL"],
  ])("%s can be any day from %s and is as fine as %s", (edtf, days, precision) => {
    const date = parseFuzzyDate(edtf);
    expect(bounds(date)).toBe(days);
    expect(date).toMatchObject({ edtf, precision, approximate: false, uncertain: false, text: null, basis: "STATED" });
  });

  it.each([
    ["2019-02-04?", false, true],
    ["2019-02~", true, false],
    ["2019%", true, true],
    ["2019-01~/2019-02", true, false],
    ["2019-01/2019-02?", false, true],
  ])("%s keeps its stated bounds and carries its mark", (edtf, approximate, uncertain) => {
    const date = parseFuzzyDate(edtf);
    expect(date).toMatchObject({ approximate, uncertain });
    expect(bounds(date)).toBe(bounds(parseFuzzyDate(edtf.replaceAll(/[?~%]/g, ""))));
  });

  it("keeps the words it was given and how it was worked out", () => {
    const date = parseFuzzyDate("2019-01", { text: "last month", basis: "RELATIVE_TO_PUBLICATION" });
    expect(date).toMatchObject({ text: "last month", basis: "RELATIVE_TO_PUBLICATION" });
    expect(() => parseFuzzyDate("2019-01", { text: "last \ud800 month" })).toThrow("lone surrogate");
  });

  it.each([
    ["2019-02-29", "has 28 days"],
    ["1900-02-29", "has 28 days"],
    ["2019-02-30", "no such day"],
    ["2019-13", "no such day, month or season"],
    ["2019-02-29/2019-03-01", "has 28 days"],
    ["2019-02-04/2019-02-01", "ends before it begins"],
    ["/", "says nothing"],
    ["../..", "says nothing"],
    ["XXXX", "millennium"],
    ["19", "four digits"],
    ["-01", "four digits"],
    ["201", "EDTF level 0 or 1"],
    ["2019-02-04T09:00:00Z", "time of day"],
    ["2019-02-04T23:30:00-04:00", "time of day"],
    ["2019-2-4", "for example 2019-02-04"],
    ["20190204", "for example 2019-02-04"],
    ["Feb 2019", "for example"],
    ["", "empty"],
    [" 2019", "for example"],
    ["-0000", "for example"],
    ["[2018,2019]", "Sets of dates are level 2"],
    ["{2018,2019}", "Sets of dates are level 2"],
    ["2019?-02", "at the end"],
    ["?2019-02", "at the end"],
    ["2019-XX-04", "from the right"],
    ["XXXX-02", "from the right"],
    ["201X-02", "from the right"],
    ["2XXX", "from the right"],
    ["201X/2019", "hold no X"],
    ["2019-02-04?~", "one mark, %"],
    ["2019-24?", "season stands alone"],
    ["2019-21/2019-22", "season stands alone"],
    ["2019-25", "21 to 24"],
    ["Y2019", "five digits"],
    ["Y12345?", "five digits"],
    ["Y1E5", "five digits"],
    ["Y12345S2", "five digits"],
    ["Y-12345", "4713 BCE"],
    ["-4713", "4713 BCE"],
    ["Y5874898", "5874897"],
    ["2019-02-04/".repeat(9000), "too long"],
  ])("%j is refused, saying what would be right", (edtf, words) => {
    expect(() => parseFuzzyDate(edtf)).toThrow(InvalidValue);
    expect(() => parseFuzzyDate(edtf)).toThrow(words);
  });

  it("of which nothing is known has no bounds", () => {
    expect(unknownDate("some time ago")).toMatchObject({ edtf: null, text: "some time ago", basis: "UNKNOWN" });
    expect(bounds(unknownDate())).toBe(".. to ..");
  });
});

describe("whether something held on 6 February 2019", () => {
  const date = (edtf: string | null) => (edtf === null ? null : edtf === "?" ? unknownDate() : parseFuzzyDate(edtf));

  it.each([
    ["2019-02-04", null, "CERTAIN"],
    ["2019-02-06", null, "CERTAIN"],
    ["2019-02-07", null, "NO"],
    ["2019-02", null, "POSSIBLE"],
    ["2019-01", null, "CERTAIN"],
    ["2019-03", null, "NO"],
    [null, null, "POSSIBLE"],
    ["?", null, "POSSIBLE"],
    ["../2019-02-04", null, "CERTAIN"],
    ["2019-02-04/..", null, "POSSIBLE"],
    ["2019-02-04~", null, "POSSIBLE"],
    ["2019-02-04?", null, "POSSIBLE"],
    ["2019-02-04", "2019-02-06", "CERTAIN"],
    ["2019-02-04", "2019-02-05", "NO"],
    ["2019-02-04", "2019-02", "POSSIBLE"],
    ["2019-02-04", "2019-03", "CERTAIN"],
    ["2019-02-04", "2019-03~", "POSSIBLE"],
    ["2019-02-04", "?", "POSSIBLE"],
    ["2019-02-04", "2019-02-06/..", "CERTAIN"],
    ["2019-02-04", "../2019-03", "POSSIBLE"],
    [null, "2019-03", "POSSIBLE"],
    [null, "2019-01", "NO"],
  ])("from %s to %s: %s", (start, end, certainty) => {
    expect(certaintyOn(parseDay("2019-02-06"), date(start), date(end))).toBe(certainty);
  });

  it("or on some day of a span, both ends included", () => {
    const during = (from: string, to: string, start: string | null, end: string | null) =>
      certaintyDuring(parseDay(from), parseDay(to), date(start), date(end));
    expect(during("2019-02-01", "2019-02-28", "2019-02", null)).toBe("CERTAIN");
    expect(during("2019-02-01", "2019-02-27", "2019-02", null)).toBe("POSSIBLE");
    expect(during("2019-02-01", "2019-02-28", "2019-01-23", "2019-02-01")).toBe("CERTAIN");
    expect(during("2019-02-01", "2019-02-28", "2019-01-23", "2019-01-31")).toBe("NO");
    expect(during("2019-02-01", "2019-02-28", "2019-03-01", null)).toBe("NO");
    expect(() => during("2019-02-02", "2019-02-01", null, null)).toThrow("earlier day first");
  });
});

describe("in a newspaper of Thursday, 7 February 2019,", () => {
  it.each([
    ["today", "2019-02-07"],
    ["yesterday", "2019-02-06"],
    ["last night", "2019-02-06"],
    ["tomorrow", "2019-02-08"],
    ["overnight", "2019-02-06/2019-02-07"],
    ["Wednesday", "2019-02-06"],
    ["on Thursday", "2019-02-07"],
    ["Friday", "2019-02-01"],
    ["Tuesday night", "2019-02-05"],
    ["last Wednesday", "2019-01-30/2019-02-06"],
    ["last Thursday", "2019-01-24/2019-01-31"],
    ["next Thursday", "2019-02-14/2019-02-21"],
    ["next Friday", "2019-02-08/2019-02-15"],
    ["this week", "2019-02-04/2019-02-10"],
    ["last week", "2019-01-28/2019-02-03"],
    ["next week", "2019-02-11/2019-02-17"],
    ["last weekend", "2019-02-02/2019-02-03"],
    ["over the weekend", "2019-02-02/2019-02-03"],
    ["this month", "2019-02"],
    ["last month", "2019-01"],
    ["late last month", "2019-01"],
    ["next month", "2019-03"],
    ["last year", "2018"],
    ["two days ago", "2019-02-05"],
    ["three weeks ago", "2019-01-14~/2019-01-20~"],
    ["2 months ago", "2018-12~"],
    ["a year ago", "2018~"],
    ["in May", "2018-05"],
    ["in February", "2019-02"],
    ["in Sept.", "2018-09"],
    ["in May last year", "2018-05"],
    ["on Jan. 23", "2019-01-23"],
    ["on January 23rd", "2019-01-23"],
    ["23 January", "2019-01-23"],
    ["on the 8th of February", "2018-02-08"],
    ["29 February", "2016-02-29"],
    [" Last\u00A0 MONTH ", "2019-01"],
  ])("%j is %s", (words, edtf) => {
    expect(resolveRelative(words, parseDay("2019-02-07"))).toEqual(
      parseFuzzyDate(edtf, { text: words, basis: "RELATIVE_TO_PUBLICATION" }),
    );
  });

  it.each(["recently", "in May 2018", "Feb 30", "the other day", "last", "", "ago", "last month ".repeat(9)])(
    "%j is refused, listing what is known",
    (words) => {
      expect(() => resolveRelative(words, parseDay("2019-02-07"))).toThrow(InvalidValue);
      expect(() => resolveRelative(words, parseDay("2019-02-07"))).toThrow("Known are: today; yesterday");
    },
  );
});

describe("words counted from another day", () => {
  it.each([
    ["last month", "2019-01-31", "2018-12"],
    ["next month", "2018-12-31", "2019-01"],
    ["last month", "0000-01-15", "-0001-12"],
    ["this week", "2019-02-10", "2019-02-04/2019-02-10"],
    ["this week", "2019-02-04", "2019-02-04/2019-02-10"],
    ["the weekend", "2019-02-09", "2019-02-09/2019-02-10"],
    ["29 February", "1904-02-28", "1896-02-29"],
    ["29 February", "1904-02-29", "1904-02-29"],
    ["yesterday", "2020-03-01", "2020-02-29"],
    ["a year ago", "2020-02-29", "2019~"],
  ])("%j on %s is %s", (words, publishedOn, edtf) => {
    expect(resolveRelative(words, parseDay(publishedOn)).edtf).toBe(edtf);
  });
});

describe("a plain date", () => {
  it("means what the parser of EDTF says, in every month of every century", () => {
    const years = Array.from({ length: 100 }, (_, century) => century * 100 + ((century * 7) % 100));
    const two = (number: number) => String(number).padStart(2, "0");
    const texts = [...years, 0, 4, 1900, 2000, 2020, 9999].flatMap((year) => {
      const written = String(year).padStart(4, "0");
      const months = Array.from({ length: 14 }, (_, month) => `${written}-${two(month)}`);
      return [
        written,
        ...months,
        ...months.flatMap((month) => [0, 1, 28, 29, 30, 31, 32].map((d) => `${month}-${two(d)}`)),
      ];
    });
    for (const text of texts) {
      let parsed: ReturnType<typeof boundsOf> | null = null;
      try {
        parsed = boundsOf(parse(text, { level: 1 }) as ParsedDate, text);
      } catch {
        // There is no such date, and nothing plain about it.
      }
      expect([text, plainBounds(text)]).toEqual([text, parsed]);
    }
  });

  it.each(["2019", "2019-02", "2019-02-04", "0000-12-31"])("%s has its mark at the end", (edtf) => {
    for (const mark of ["", "?", "~", "%"]) {
      const { approximate = false, uncertain = false } = parse(edtf + mark, { level: 1 }) as ParsedDate;
      expect(parseFuzzyDate(edtf + mark)).toMatchObject({ edtf: edtf + mark, approximate, uncertain });
    }
  });

  it.each(["2019-21", "201X", "2019-02~", "Y12345", "-0043", "2019/2020", " 2019", "2019-2", ""])(
    "is not what %j is",
    (text) => expect(plainBounds(text)).toBeNull(),
  );
});
