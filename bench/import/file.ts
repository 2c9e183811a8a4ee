import { once } from "node:events";
import { createWriteStream, renameSync } from "node:fs";
import { kinds } from "./fact-line.ts";
import { crises, groundLines, name, vagueDay, word } from "./ground-line.ts";
import { Lot } from "./random.ts";

const inDocument = 20;
/** How many facts of a crisis and kind are remembered to be led to. */
const remembered = 50;

/** Writes a file of operations that assert `size` facts, and what they are told of; the same size makes the same file. */
export async function makeFile(path: string, size: number): Promise<void> {
  const unfinished = `${path}.part`;
  const file = createWriteStream(unfinished);
  let text = "";
  for (const line of lines(size)) {
    text += `${JSON.stringify(line)}\n`;
    if (text.length < 1 << 18) continue;
    if (!file.write(text)) await once(file, "drain");
    text = "";
  }
  file.end(text);
  await once(file, "finish");
  renameSync(unfinished, path);
}

function* lines(size: number): Generator<object> {
  const lot = new Lot(size);
  yield* groundLines(lot);
  const before = Array.from({ length: crises }, () => new Map<string, string[]>());
  const drawn = Object.entries(kinds).flatMap(([kind, [share]]) => Array<string>(share).fill(kind));
  for (let made = 0; made < size; made += inDocument) {
    const document = { key: `document-${made / inDocument}` };
    const sentences = Array.from({ length: inDocument }, (_, i) => sentence(lot, made + i));
    yield { documentCreate: documentOf(lot, document.key) };
    yield { captureCreate: captureOf(document, sentences.join(" ")) };
    for (const [i, exact] of sentences.entries()) {
      if (made + i >= size) return;
      const crisis = lot.below(crises);
      const keys = before[crisis] ?? new Map<string, string[]>();
      const key = `fact-${made + i}`;
      const more = i % 3 === 0 && i > 0 ? [{ document, exact: sentences[i - 1] }] : [];
      const evidence = [{ document, exact }, ...more];
      const drawnKind = lot.of(drawn);
      const said = kinds[drawnKind]?.[1](lot, { keys }, exact);
      // Where nothing to lead to has come yet, an event is told instead.
      const kind = said ? drawnKind : "event";
      const says = said ?? kinds["event"]?.[1](lot, { keys }, exact);
      const told = lot.below(10) === 0 ? { attribution: [{ words: `${word(lot)} sources`, verb: "say" }] } : {};
      yield { [`${kind}Assert`]: { crisis: { key: `crisis-${crisis}` }, key, says: { ...says, ...told, evidence } } };
      keys.set(kind, [...(keys.get(kind) ?? []), key].slice(-remembered));
    }
  }
}

function sentence(lot: Lot, number: number): string {
  return `Sentence ${number} of the gazette says “${name(lot)}” told ${name(lot)} — naïvely — of ${word(lot)} ${word(lot)}.`;
}

function documentOf(lot: Lot, key: string): object {
  return {
    key,
    title: `Report of ${name(lot)}`,
    publisher: `Gazette ${lot.below(40)}`,
    documentKind: "ARTICLE",
    language: "en",
    published: { date: { edtf: vagueDay(lot).slice(0, 10).replace("/", "") } },
    url: `https://gazette.example/${key}`,
    licence: "CC0-1.0",
  };
}

function captureOf(document: { key: string }, text: string): object {
  return { document, mediaType: "text/plain", capturedAt: "2026-01-05T10:00:00Z", text, textPublic: true };
}
