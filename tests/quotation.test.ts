import { describe, expect, it } from "vitest";
import { InvalidValue } from "../src/values/invalid-value.ts";
import { NORMALISATION, normaliseText } from "../src/values/normalisation.ts";
import { CodePoints } from "../src/values/code-point.ts";
import { context, findQuotation, QuotationAmbiguous, QuotationNotFound, type Quote } from "../src/values/quotation.ts";

const REPORT =
  "LONDON — Britain, Spain and\u00A0France on Monday recognised Juan Guaid\u00F3 as interim president.\r\n" +
  "\u201CWe don\u2019t accept ultimatums from anyone,\u201D Mr Maduro said on \u2018Salvados\u2019. " +
  '"We don\'t accept ultimatums from anyone," he said again. ' +
  "\u{1F1FB}\u{1F1EA} More than 40 coun\u00ADtries agree\u200B.";

function refusal<T extends InvalidValue>(kind: new (...rest: never[]) => T, text: string, quote: Quote): T {
  try {
    findQuotation(text, quote);
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("a quotation", () => {
  it.each([
    ["Spain and France", "Spain and\u00A0France"],
    ["interim president. \u201CWe", "interim president.\r\n\u201CWe"],
    ["LONDON - Britain", "LONDON — Britain"],
    ["LONDON \u2212  Britain", "LONDON — Britain"],
    ["Juan Guaido\u0301", "Juan Guaid\u00F3"],
    ["on 'Salvados'", "on \u2018Salvados\u2019"],
    ["40 countries agree.", "40 coun\u00ADtries agree\u200B."],
    ["More\u200B than", "More than"],
    ["\n  More than  ", "More than"],
    ["\u{1F1FB}\u{1F1EA} More", "\u{1F1FB}\u{1F1EA} More"],
  ])("%j is found as the text's own %j", (exact, own) => {
    const found = findQuotation(REPORT, { exact });
    expect(found.exact).toBe(own);
    expect(new CodePoints(REPORT).slice(found.start, found.end)).toBe(own);
    expect(found.end - found.start).toBe(Array.from(own).length);
    expect(NORMALISATION).toBe("chancery-1");
  });

  it("counts code points, so that a flag before it is two", () => {
    expect(findQuotation("\u{1F1FB}\u{1F1EA} Caracas", { exact: "Caracas" })).toMatchObject({ start: 3, end: 10 });
  });

  it("that stands twice, once with curly and once with straight marks, is refused until told apart", () => {
    // Marks as neither has them.
    const exact = '"We don\u2019t accept ultimatums from anyone,"';
    const { count, places, message } = refusal(QuotationAmbiguous, REPORT, { exact });
    expect(count).toBe(2);
    expect(message).toContain("prefix");
    expect(places.map((place) => place.exact.charAt(0))).toEqual(["\u201C", '"']);
    for (const place of places) {
      expect(findQuotation(REPORT, { exact, prefix: place.prefix }).start).toBe(place.start);
      expect(findQuotation(REPORT, { exact, suffix: place.suffix }).start).toBe(place.start);
    }
    expect(findQuotation(REPORT, { exact, suffix: "he said again" }).exact).toContain("don't");
    expect(findQuotation(REPORT, { exact, prefix: "interim president." }).exact).toContain("don\u2019t");
  });

  it("that equals two places stands where the very characters are, if one place alone has them", () => {
    const straight = '"We don\'t accept ultimatums from anyone,"';
    const curly = "\u201CWe don\u2019t accept ultimatums from anyone,\u201D";
    for (const exact of [straight, curly]) {
      expect(findQuotation(REPORT, { exact })).toMatchObject({ exact });
      expect(findQuotation(REPORT, { exact: ` ${exact}\n` })).toMatchObject({ exact });
    }
    const flags = "\u{1F1FB}\u{1F1EA} an off\u2010ramp, \u{1F1FB} an off-ramp";
    expect(findQuotation(flags, { exact: "off-ramp" })).toEqual({ start: 21, end: 29, exact: "off-ramp" });
    expect(findQuotation(flags, { exact: "off\u2010ramp" })).toEqual({ start: 6, end: 14, exact: "off\u2010ramp" });
    expect(refusal(QuotationAmbiguous, `${flags}; off-ramp`, { exact: "off-ramp" }).count).toBe(3);
  });

  it("keeps to its prefix and suffix, wherever the very characters stand", () => {
    const text = "he said 'no' and she said \u2018no\u2019, he said 'no' again";
    expect(findQuotation(text, { exact: "'no'", prefix: "she said" }).exact).toBe("\u2018no\u2019");
    expect(findQuotation(text, { exact: "'no'", suffix: "again" }).start).toBe(text.lastIndexOf("'no'"));
    expect(refusal(QuotationAmbiguous, text, { exact: "'no'" }).count).toBe(3);
  });

  it("is refused when it stands there, but with other words around it", () => {
    const { message } = refusal(QuotationNotFound, REPORT, { exact: "ultimatums", prefix: "accepts" });
    expect(message).toContain("not with this prefix and suffix");
  });

  it("counts places that overlap", () => {
    expect(refusal(QuotationAmbiguous, "aaaa", { exact: "aa" }).count).toBe(3);
    expect(refusal(QuotationAmbiguous, "a ".repeat(500), { exact: "a" })).toMatchObject({
      count: 500,
      places: { length: 10 },
    });
  });

  it("never splits a letter from its marks", () => {
    const text = "Guaido\u0301 spoke; n\u0303u\u0308";
    refusal(QuotationNotFound, text, { exact: "Guaido" });
    refusal(QuotationNotFound, text, { exact: "\u0301 spoke" });
    refusal(QuotationNotFound, "\uD55C", { exact: "\u1112\u1161" });
    refusal(QuotationNotFound, "x\u0958y", { exact: "x\u0915" });
    refusal(QuotationNotFound, "e\u200D\u0301a", { exact: "e" });
    expect(findQuotation("e\u200D\u0301a", { exact: "\u00E9a" })).toEqual({
      start: 0,
      end: 4,
      exact: "e\u200D\u0301a",
    });
    expect(findQuotation(text, { exact: "Guaid\u00F3" }).exact).toBe("Guaido\u0301");
    expect(findQuotation("x\u0958y", { exact: "\u0915\u093C" }).exact).toBe("\u0958");
  });

  it("keeps letter case apart", () => {
    expect(refusal(QuotationNotFound, REPORT, { exact: "JUAN GUAID\u00D3" }).nearest[0]).toMatchObject({
      text: "Juan Guaid\u00F3",
      similarity: 1,
    });
  });

  it.each([
    ["recognized Juan Guaido as interim president", "recognised Juan Guaid\u00F3 as interim president"],
    ["More than forty countries agree", "More than 40 coun\u00ADtries agree"],
    ["Juan Guiadó", "Juan Guaid\u00F3"],
    ["We accept no ultimatums from anyone", "We don\u2019t accept ultimatums from anyone"],
  ])("%j that the text does not hold is refused with the nearest words", (exact, near) => {
    const { nearest, message } = refusal(QuotationNotFound, REPORT, { exact });
    const [best] = nearest;
    expect(best?.text).toContain(near.slice(near.indexOf(" ") + 1, -1));
    expect(best && new CodePoints(REPORT).slice(best.start, best.end)).toBe(best?.text);
    expect(best?.similarity).toBeGreaterThan(0.4);
    expect(nearest.length).toBeLessThanOrEqual(3);
    expect(message).toContain("nearest words");
  });

  it("of which the text holds nothing is refused without a candidate", () => {
    expect(refusal(QuotationNotFound, REPORT, { exact: "\u0416\u0416\u0416\u0416\u0416" }).nearest).toEqual([]);
    expect(refusal(QuotationNotFound, "", { exact: "Caracas" }).nearest).toEqual([]);
  });

  it.each([
    ["", "empty"],
    [" \n\u00A0", "empty"],
    ["\u00AD\u200B", "empty"],
    ["Guaid\uD800", "lone surrogate U+D800"],
    ["Guaid\uDC00", "lone surrogate U+DC00"],
    ["Guaid\0", "NUL"],
  ])("%j is refused", (exact, words) => {
    expect(() => findQuotation(REPORT, { exact })).toThrow(InvalidValue);
    expect(() => findQuotation(REPORT, { exact })).toThrow(words);
  });

  it("is looked for in well-formed texts only, with affixes of a sensible length", () => {
    expect(() => findQuotation("a\uD800", { exact: "a" })).toThrow("text holds half of a character");
    expect(() => findQuotation("ab", { exact: "a", suffix: "\uD800" })).toThrow("suffix holds half");
    expect(() => findQuotation("ab", { exact: "a", prefix: "b".repeat(1001) })).toThrow("at most 1000");
  });
});

describe("the words around a quotation", () => {
  it("are cut between letters, never inside one", () => {
    expect(context("abcdef", 2, 4, 1)).toEqual({ prefix: "b", suffix: "e" });
    expect(context("ae\u0301bce\u0301f", 3, 5, 1)).toEqual({ prefix: "", suffix: "" });
    expect(context("ae\u0301bce\u0301f", 3, 5, 2)).toEqual({ prefix: "e\u0301", suffix: "e\u0301" });
    expect(context("\u{1F1FB}\u{1F1EA}x\u{1F1FB}", 2, 3)).toEqual({
      prefix: "\u{1F1FB}\u{1F1EA}",
      suffix: "\u{1F1FB}",
    });
  });
});

/** A small generator of chance with a seed (mulberry32), so that a failure can be repeated. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const PIECES = Array.from(
  "aabe '\"-.\n\u2018\u2019\u201C\u201D\u2014\u2212\u00A0\u2009\u00AD\u200B\u200D\u0301\u0308\u00E9\u00F3\u212B\u0958" +
    "\uFB1D\u1112\u1161\u11AB\uD55C\u0915\u093C\u05D9\u05B4\u{1F1FB}\u{1D15E}\u{1F468}\uFE0F",
);

describe("in 4,000 random texts of marks, spaces, quotation marks and several scripts", () => {
  it("every span cut at letters is found again, or is said to stand more than once", () => {
    for (let seed = 1; seed <= 4000; seed += 1) {
      const next = chance(seed);
      const text = Array.from({ length: 1 + next(40) }, () => PIECES[next(PIECES.length)]).join("");
      const normalised = normaliseText(text);
      if (normalised.form.trim() === "") continue;
      const first = next(normalised.count);
      const last = first + next(normalised.count - first);
      const [start, end] = [normalised.start[first] ?? 0, normalised.end[last] ?? 0];
      const exact = new CodePoints(text).slice(start, end);
      if (normaliseText(exact).form.trim() === "") continue;
      const note = `seed ${seed}: ${JSON.stringify(text)} at ${start} to ${end}`;
      if (text.indexOf(exact) === text.lastIndexOf(exact) && exact === exact.trim()) {
        expect(findQuotation(text, { exact }), note).toEqual({ start, end, exact });
      }
      for (const quoted of [exact, exact.normalize("NFD"), exact.normalize("NFC"), normaliseText(exact).form]) {
        try {
          const found = findQuotation(text, { exact: quoted, ...context(text, start, end) });
          expect(new CodePoints(text).slice(found.start, found.end), note).toBe(found.exact);
          expect(normaliseText(found.exact).form.trim(), note).toBe(normaliseText(exact).form.trim());
        } catch (error) {
          if (!(error instanceof QuotationAmbiguous)) throw new Error(note, { cause: error });
          expect(error.count, note).toBeGreaterThan(1);
        }
      }
    }
  });
});

describe("the code points of a text", () => {
  const signs = ["a", "\u00E9", "\u{1F1FB}", "\u{10000}", "\u4E2D"];

  it.each([0, 1, 255, 256, 257, 512, 3_000])("are found by their number among %i", (length) => {
    for (const most of [2, 5]) {
      const next = chance(length + 1);
      const characters = Array.from({ length }, () => signs[next(most)] ?? "");
      const [text, points] = [characters.join(""), new CodePoints(characters.join(""))];
      for (let at = 0; at <= length; at += 1) {
        const unit = characters.slice(0, at).join("").length;
        expect([points.unitAt(at), points.pointAt(unit)]).toEqual([unit, at]);
        expect(points.slice(at, at + 40)).toBe(characters.slice(at, at + 40).join(""));
      }
      expect(points.slice(length, length + 7)).toBe("");
      expect(points.unitAt(length + 700)).toBe(text.length);
    }
  });
});

describe("in a text of one megabyte", () => {
  const sentence = "The assembly met again on Tuesday and the army has so far remained supportive of Mr Maduro. ";
  const long = sentence.repeat(11_000) + "Jorge Rodr\u00EDguez denied it.";

  /** What the processor has worked for this process since then, in ms: what else the machine does is left out. */
  const workSince = (before: NodeJS.CpuUsage) => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };

  it("a quotation at the end is found, and one that is missing gets its candidates, within two seconds", () => {
    const began = process.cpuUsage();
    expect(findQuotation(long, { exact: "Jorge Rodri\u0301guez denied" }).end).toBe(long.length - 4);
    const { nearest } = refusal(QuotationNotFound, long, { exact: "George Rodriguez denies it" });
    expect(nearest[0]?.text).toContain("Rodr\u00EDguez denied it");
    expect(refusal(QuotationNotFound, "a".repeat(1_000_000), { exact: `b${"a".repeat(4999)}` }).nearest).not.toEqual(
      [],
    );
    expect(refusal(QuotationAmbiguous, long, { exact: "the army" }).count).toBe(11_000);
    expect(workSince(began)).toBeLessThan(2000);
  });

  it("a long quotation that stands in ten thousands of places is refused within a second", () => {
    const alike = "a'".repeat(100_000);
    const began = process.cpuUsage();
    expect(refusal(QuotationAmbiguous, `${alike}a\u2019`, { exact: alike.slice(0, 100_000) }).count).toBe(50_002);
    expect(workSince(began)).toBeLessThan(1000);
  });
});
