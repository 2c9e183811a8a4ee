import { describe, expect, it } from "vitest";
import { foldName } from "../src/values/fold.ts";
import { InvalidValue } from "../src/values/invalid-value.ts";
import { canonicalJson } from "../src/values/json.ts";
import { wellFormed } from "../src/values/text.ts";

describe("a name, folded for search,", () => {
  it.each([
    ["GUAIDÓ MÁRQUEZ JUAN GERARDO", "guaido marquez juan gerardo"],
    ["Juan Guaido\u0301", "juan guaido"],
    ["  Jean-Claude\u00A0 Juncker ", "jean claude juncker"],
    ["O\u2019Brien", "o brien"],
    ["O'Brien", "o brien"],
    ["STRAẞE Straße", "strasse strasse"],
    ["Løkke Đinđić Wałęsa Ærø Œuvre", "lokke dindic walesa aero oeuvre"],
    ["İstanbul ISPARTA ısı", "istanbul isparta isi"],
    ["Þór Siðríður", "thor sidridur"],
    ["ΟΔΥΣΣΕΥΣ Οδυσσεύς", "οδυσσευσ οδυσσευσ"],
    ["Лавров Сергей", "лавров сергеи"],
    ["مُحَمَّد", "محمد"],
    ["מַדוּרוֹ", "מדורו"],
    ["नरेन्द्र मोदी", "नरेन्द्र मोदी"],
    ["がく かく", "がく かく"],
    ["한국", "한국"],
    ["\uFF2D\uFF41\uFF44\uFF55\uFF52\uFF4F", "maduro"],
    ["Saʿid", "said"],
    ["Gua\u00ADi\u200Bdó", "guaido"],
    ["PDVSA, S.A.", "pdvsa s a"],
    ["—", ""],
    ["", ""],
  ])("%j is %j, and stays so", (name, folded) => {
    expect(foldName(name)).toBe(folded);
    expect(foldName(folded)).toBe(folded);
  });
});

describe("a text", () => {
  it("is left byte for byte, whatever its line ends, marks and directions", () => {
    for (const text of ["a\r\nb", "e\u0301", "\u202Eabc\u202C", "\u{1F1FB}\u{1F1EA}", ""]) {
      expect(wellFormed(text, "text")).toBe(text);
    }
  });

  it("with half a character or a NUL is refused, saying where", () => {
    expect(() => wellFormed("ab\uD83D", "title")).toThrow("title holds half of a character (lone surrogate U+D83D");
    expect(() => wellFormed("\uDE00ab", "title")).toThrow(InvalidValue);
    expect(() => wellFormed("ab\0", "title")).toThrow("NUL character at UTF-16 offset 2");
  });
});

describe("canonical JSON", () => {
  it("is the same for the same content, in whatever order it was written", () => {
    const other = Object.assign(Object.create(null) as object, { a: [1, null, "x"], b: { d: -0, c: true } });
    expect(canonicalJson({ b: { c: true, d: 0, e: undefined }, a: [1, null, "x"] })).toBe(
      '{"a":[1,null,"x"],"b":{"c":true,"d":0}}',
    );
    expect(canonicalJson(other)).toBe('{"a":[1,null,"x"],"b":{"c":true,"d":0}}');
    expect(canonicalJson(JSON.parse('{"__proto__":1,"A":2}'))).toBe('{"A":2,"__proto__":1}');
  });

  it("refuses what JSON cannot hold", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    for (const value of [NaN, Infinity, 1n, new Date(0), new Map(), undefined, [undefined], () => 1, circle]) {
      expect(() => canonicalJson(value)).toThrow(InvalidValue);
    }
  });
});
