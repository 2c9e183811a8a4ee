/**
 * Writes docs/sentences.md: every sentence of our own briefings, with the assertions that rest on it. A briefing has one
 * sentence a line, closed by a full stop; its other lines are headings and what it says of itself, and end in none.
 *
 *   npm run sentences              writes it
 *   npm run sentences -- --check   says whether it is as the dossiers have it, and writes nothing
 *
 * Exit code 1 when nothing rests on a sentence, or when the check finds another text.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { spotAt } from "../src/record/terms/node.ts";
import { statesOf } from "../src/record/terms/read-assertion.ts";
import { readDossier, type Dossier } from "../src/formats/dossier/read-dossier.ts";
import type { Quotation } from "../src/values/quotation.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, "dossiers");
const path = "docs/sentences.md";
const preface = `# What rests on each sentence

Written by \`npm run sentences\` from the dossiers; \`npm run check\` holds it to them. Each sentence of our own briefings
stands beside the keys of the assertions that it supports, as a whole or in part. No sentence stands alone.`;

/** A sentence of a briefing: where it stands, in code points, the end excluded, and what rests on it. */
interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly keys: string[];
}

/** A briefing, in the order in which it is read. */
interface Briefing {
  readonly title: string;
  readonly sentences: readonly Sentence[];
}

function sentencesOf(capture: string): Sentence[] {
  let start = 0;
  return capture.split("\n").flatMap((text) => {
    const at = start;
    const end = at + Array.from(text).length;
    start = end + 1;
    // Such a line would be a sentence that is never looked at.
    if (/[?!:;][”’)]*$|\.[”’)]+$/.test(text)) throw new Error(`A sentence of a briefing ends in a full stop: ${text}`);
    return text.endsWith(".") ? [{ text, start: at, end, keys: [] }] : [];
  });
}

/** Every quotation of a document that supports an assertion, in any of its states, with the assertion's key. */
function supportsOf(dossier: Dossier, document: string): [string, Quotation][] {
  return dossier.assertions.flatMap((entry) =>
    statesOf(entry)
      .flatMap(({ evidence }) => evidence)
      .filter((evidence) => evidence.document === document && evidence.role === "SUPPORTS")
      .flatMap(({ spot }): [string, Quotation][] => {
        const found = dossier.quotations.get(spotAt(spot, "quote"));
        return found ? [[entry.key, found]] : [];
      }),
  );
}

function briefingsOf(dossier: Dossier): Briefing[] {
  return dossier.documents
    .filter(({ kind, publisher }) => kind === "BRIEFING" && publisher === "Chancery")
    .map(({ key: document, title, capture }) => {
      const sentences = sentencesOf(capture.text ?? capture.file ?? "");
      for (const [key, { start, end }] of supportsOf(dossier, document)) {
        for (const sentence of sentences) {
          const meets = start < sentence.end && end > sentence.start;
          if (meets && !sentence.keys.includes(key)) sentence.keys.push(key);
        }
      }
      return { title, sentences };
    });
}

function row({ text, keys }: Sentence, at: number): string {
  const words = text.replaceAll("|", "\\|");
  return `| ${at + 1} | ${words} | ${keys.map((key) => `\`${key}\``).join(", ")} |`;
}

function table({ title, sentences }: Briefing): string {
  const rows = sentences.map(row);
  return [`## ${title}`, "", "| | Sentence | Assertions |", "| --: | --- | --- |", ...rows].join("\n");
}

const names = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
// The founding dossier comes first.
names.sort((a, b) => Number(b.startsWith("venezuela")) - Number(a.startsWith("venezuela")) || (a < b ? -1 : 1));

const briefings: Briefing[] = [];
for (const name of names) {
  briefings.push(...briefingsOf(await readDossier(readFileSync(join(folder, name), "utf8"), { folder })));
}

const bare = briefings.flatMap(({ title, sentences }) =>
  sentences.filter(({ keys }) => keys.length === 0).map(({ text }) => `${title}: nothing rests on: ${text}`),
);
for (const line of bare) console.error(line);
if (bare.length > 0) process.exitCode = 1;

const wanted = `${[preface, ...briefings.map(table)].join("\n\n")}\n`;
const file = join(root, path);
if (process.argv.includes("--check")) {
  const fresh = existsSync(file) && readFileSync(file, "utf8") === wanted;
  if (!fresh) {
    console.error(`${path} is not what the dossiers say; npm run sentences writes it anew.`);
    process.exitCode = 1;
  }
} else {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, wanted);
  console.log(`Wrote ${path}: ${briefings.reduce((sum, { sentences }) => sum + sentences.length, 0)} sentences.`);
}
