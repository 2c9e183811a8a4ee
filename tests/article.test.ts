import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDb, type Db } from "../src/db/client.ts";
import { importDossier } from "../src/formats/dossier/import-dossier.ts";
import { cloneDatabase, type TestDatabase } from "./support/database.ts";

const folder = join(import.meta.dirname, "../../shared/seed");
const file = "article.txt";
const absent = !existsSync(join(folder, file));
if (absent) console.warn("The article is not in ../shared next to this clone: no dossier is made of it.");
if (absent && process.env["CI"]) {
  throw new Error("A build server reads the article: put it at ../shared/seed/article.txt.");
}

/** A quotation as a dossier writes it. JSON is YAML, and keeps every character. */
interface Evidence {
  readonly quote: string;
  readonly prefix?: string;
  readonly suffix?: string;
}

/** A dossier whose one document is the article, with one assertion for each of these quotations. */
function dossierOf(evidence: readonly Evidence[]): string {
  return JSON.stringify({
    dossier: 1,
    crisis: { key: "article", title: "The article", summary: "What one newspaper told." },
    documents: [
      {
        key: "article",
        title: "The article",
        publisher: "A newspaper",
        kind: "ARTICLE",
        language: "en",
        published: "2019-02-07",
        licence: "All rights reserved",
        textPublic: false,
        capture: { mediaType: "text/plain", capturedAt: "2026-11-24T00:00:00Z", file },
      },
    ],
    actors: [{ key: "somebody", kind: "COLLECTIVE", name: "Somebody" }],
    assertions: evidence.map((quotation, at) => ({
      key: `sentence-${at}`,
      kind: "UTTERANCE",
      utterance: { speaker: "somebody", paraphrase: "Told.", said: "../2019-02-07", channel: "UNKNOWN" },
      evidence: [{ document: "article", ...quotation }],
    })),
  });
}

describe.skipIf(absent)("a dossier of the article itself", () => {
  let database: TestDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await cloneDatabase();
    db = openDb(database.url);
  });
  afterAll(async () => {
    await db.close();
    await database.drop();
  });
  const enter = (evidence: readonly Evidence[]) =>
    importDossier(db, dossierOf(evidence), { folder, author: "A reader" });

  const article = absent ? "" : readFileSync(join(folder, file), "utf8");
  const paragraphs = article.split("\n").filter((line) => line.trim() !== "");
  /** The sentence that stands once between straight and once between curly quotation marks, as each paragraph has it. */
  const [straight = "", curly = ""] = paragraphs.filter(
    (line) => /['‘]make the right choice['’] and align/.test(line) && /^Mr/.test(line),
  );
  const before = (paragraph: string) => (paragraphs[paragraphs.indexOf(paragraph) - 1] ?? "").trim().slice(-40);

  it("is refused where a sentence stands twice, and its quotation marks are those of neither", async () => {
    expect([straight.includes("'"), curly.includes("‘")]).toEqual([true, true]);
    const mixed = straight.replace("'make the right choice'", "‘make the right choice'");
    expect([straight, curly]).not.toContain(mixed);
    await expect(enter([{ quote: mixed }])).rejects.toThrow(/in 2 places; give the words before it as prefix/);
    expect((await db.pool.query("select from change_set")).rowCount).toBe(0);
  });

  it("tells the two apart by the words before them, and keeps each as it stands", async () => {
    // Each is quoted with the other's marks: the words around it decide, and the passage has the article's own.
    const { quotations } = await enter([
      { quote: curly, prefix: before(straight) },
      { quote: straight, prefix: before(curly) },
    ]);
    expect(quotations).toBe(2);
    const { rows } = await db.pool.query<{ exact: string }>(`select exact from passage order by start`);
    expect(rows.map(({ exact }) => exact)).toEqual([straight, curly].map((line) => line.trim()));
  });

  it("holds every sentence that stands once, cut from its capture at its offsets", async () => {
    const once = paragraphs.filter((line) => {
      const plain = (text: string) => text.replace(/[‘’]/g, "'").replace(/\s+/g, " ").trim();
      return plain(article).split(plain(line)).length === 2;
    });
    expect(once.length).toBeGreaterThan(20);
    const { quotations } = await enter(once.map((quote) => ({ quote })));
    expect(quotations).toBe(once.length);
    const { rows } = await db.pool.query<{ wrong: number; all: number }>(`
      select count(*)::int as all, count(*) filter (where p.exact <> substring(c.text from p.start + 1 for p."end" - p.start))::int as wrong
      from passage p join capture c on c.id = p.capture_id`);
    expect(rows).toEqual([{ all: once.length + 2, wrong: 0 }]);
  });

  it("keeps the text of the article to itself", async () => {
    expect((await db.pool.query("select text_public, text from capture")).rows).toEqual([
      { text_public: false, text: article },
    ]);
  });
});
