import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root, trackedFiles } from "./support/tracked.ts";
import { runsOf, words } from "./support/words.ts";

const files = trackedFiles();

/** Where a pattern is found, as "path:line: what". */
function findings(pattern: RegExp, within = files): string[] {
  return within.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => {
      const found = pattern.exec(line);
      return found ? [`${path}:${index + 1}: ${found[0]}`] : [];
    }),
  );
}

describe("the tree", () => {
  // One letter of each pattern stands in brackets, so that this file does not find itself.
  const foreign: Record<string, RegExp> = {
    "a path on somebody's machine": /(?<![\w.-])\/(h[o]me|r[o]ot|w[o]rk|tmp\/br[i]ef|Us[e]rs)\/[\w.]/,
    "the host of a package registry":
      /\b(registry\.(npm[j]s|yarn[p]kg)\.|npm\.pkg\.git[h]ub\.|[a]rtifactory|verd[a]ccio|p[y]pi\.org|proxy\.gol[a]ng)/,
    "a secret key": /\bs[k]-[A-Za-z0-9_-]{16,}|\bgh[p]_\w{16,}|-----BEG[I]N [A-Z ]*PRIVATE/,
    "words about how the code was made":
      /\b[A]I\b|\bL[L]Ms?\b|[Ll]anguage m[o]del|[Cc]hat[b]ot|(Chat|\b)GP[T]\b|Open[A]I|[Aa]nthr[o]pic|[Gg]ithub [Cc]op[i]lot|[Cc]laude[ -]([Cc][o]de|[Oo]p[u]s|[Ss]onn[e]t)/,
    "credit to a helper":
      /\b(coding|helpful|virtual) assist[a]nt|\b(written|generated|made) by (an? )?(assist[a]nt|m[o]del|ag[e]nt)\b/i,
  };

  // Of the lock file only the addresses are ours to keep clean; its checksums may spell anything.
  const lockless = files.filter(({ path }) => path !== "package-lock.json");

  test.each(Object.entries(foreign))("nowhere holds %s", (_what, pattern) => {
    expect(findings(pattern, lockless)).toEqual([]);
  });

  test("the lock file names versions and checksums, and leaves it to each machine where packages come from", () => {
    const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
      packages: Record<string, { resolved?: string; link?: boolean }>;
    };
    const resolved = Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined && !entry.link);
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
    expect(resolved).toEqual([]);
  });
});

describe("the founding article", () => {
  const path = join(root, "../shared/seed/article.txt");
  const absent = !existsSync(path);
  if (absent) console.warn("The article is not in ../shared next to this clone: nothing is compared with it.");

  /** What officials said may be repeated: how each of those quotations opens in the article, and who speaks. */
  const spoken = [
    ["John Bolton", "The U.S. will consider sanctions"],
    ["John Bolton", "If not, the international"],
    ["Donald Trump", "we stand with the Venezuelan people"],
    ["Marco Rubio", "can play an important role"],
    ["Marco Rubio", "And if they do"],
    ["Miguel Pizarro", "You know there’s a red line"],
    ["Nicolás Maduro", "no one will enter"],
  ] as const;
  const length = 8;

  test.skipIf(absent && !process.env["CI"])("is told in our own words: no eight of its words in a row", () => {
    if (absent) throw new Error("A build server compares with the article: put it at ../shared/seed/article.txt.");
    const article = readFileSync(path, "utf8");
    const quotations = [...article.matchAll(/‘(.+?)’(?!\p{L})/gu)].map(([, words]) => words ?? "");
    const allowed = spoken.map(([speaker, opening]) => {
      const quotation = quotations.find((words) => words.startsWith(opening));
      if (quotation === undefined) throw new Error(`The article quotes nothing of ${speaker} that opens "${opening}".`);
      expect(words(quotation).length, quotation).toBeLessThanOrEqual(30);
      return quotation;
    });

    const free = new Set(allowed.flatMap((quotation) => runsOf(length, quotation)));
    const theirs = new Set(article.split("\n").flatMap((paragraph) => runsOf(length, paragraph)));
    expect(theirs.size).toBeGreaterThan(500);
    const copied = files.flatMap(({ path, text }) =>
      // Words in two cells of a table are not in a row.
      (path.endsWith(".md") ? text.split("|") : [text])
        .flatMap((part) => runsOf(length, part))
        .filter((run) => theirs.has(run) && !free.has(run))
        .map((run) => `${path}: ${run}`),
    );
    expect(copied).toEqual([]);
  });
});
