import type { Tx } from "../../db/client.ts";
import { excerpt } from "../../values/excerpt.ts";
import type { Quotation } from "../../values/quotation.ts";
import { latestFirst } from "../capture.ts";
import { reportedFromOf } from "../document.ts";
import { findQuotes, type Patience } from "../terms/find-quotes.ts";
import type { Ids } from "../terms/ids.ts";
import type { Node } from "../terms/node.ts";
import type { Reading } from "../terms/reading.ts";
import type { Batch } from "./batch.ts";

/** A copy that words are looked for in. */
export interface FoundCapture {
  readonly id: string;
  readonly text: string;
  /** Whether refusals may show words of it: it is public, or those who quote it bring it in. */
  readonly isShown: boolean;
  /** When it was taken: of several of one document the last is quoted. */
  readonly capturedAt: Date;
  /** From when on what its document tells counts as known. */
  readonly reportedFrom: Date;
}

/** The copies that operations quote, by what they call them or their documents, and where each quotation stands. */
export interface Captures {
  readonly bySource: ReadonlyMap<string, FoundCapture>;
  readonly quotations: ReadonlyMap<Node, Quotation>;
}

/** Finds everything that operations quote. Tells of words that stand nowhere, and of documents without a copy. */
export async function findCaptures(
  tx: Tx,
  batch: Batch,
  { ids, reading, patience }: { ids: Ids; reading: Reading; patience: Patience },
): Promise<Captures> {
  const sources = [...new Set(reading.quotes.map(({ source }) => source))];
  const bySource = new Map<string, FoundCapture>();
  for (const [source, capture] of await heldCaptures(tx, batch, sources, ids)) bySource.set(source, capture);
  for (const [source, capture] of await freshCaptures(tx, batch, ids)) {
    const other = bySource.get(source);
    if (!other || other.capturedAt <= capture.capturedAt) bySource.set(source, capture);
  }
  for (const { source, node } of reading.quotes) {
    const known = ids.has("document", source) || ids.has("capture", source);
    if (bySource.has(source) || !known) continue;
    const message = `There is no copy of ${excerpt(source)} to look for these words in; enter a capture of it.`;
    reading.problems.add(node, message, { code: "NOT_FOUND" });
  }
  return { bySource, quotations: await findQuotes(reading.quotes, bySource, reading.problems, patience) };
}

/** The copies that the record holds: the one named, or the latest of the document named. */
async function heldCaptures(
  tx: Tx,
  { things }: Batch,
  sources: readonly string[],
  ids: Ids,
): Promise<[string, FoundCapture][]> {
  const fresh = {
    document: new Set(things.document.map(({ token }) => token)),
    capture: new Set(things.capture.map(({ token }) => token)),
  };
  const isHeld = (noun: "document" | "capture", source: string) => ids.has(noun, source) && !fresh[noun].has(source);
  const named = (noun: "document" | "capture") =>
    new Map(sources.filter((source) => isHeld(noun, source)).map((source) => [ids.of(noun, source), source]));
  const [documents, captures] = [named("document"), named("capture")];
  const byDocument = await tx.document.findMany({
    where: { id: { in: [...documents.keys()] } },
    select: { id: true, reportedFrom: true, captures: { orderBy: latestFirst, take: 1 } },
  });
  const byId = await tx.capture.findMany({
    where: { id: { in: [...captures.keys()] } },
    select: { id: true, text: true, textPublic: true, capturedAt: true, document: { select: { reportedFrom: true } } },
  });
  return [
    ...byDocument.flatMap(({ id, reportedFrom, captures: [latest] }): [string, FoundCapture][] => {
      return latest ? [[documents.get(id) ?? "", { ...latest, isShown: latest.textPublic, reportedFrom }]] : [];
    }),
    ...byId.map(({ document: { reportedFrom }, ...capture }): [string, FoundCapture] => {
      return [captures.get(capture.id) ?? "", { ...capture, isShown: capture.textPublic, reportedFrom }];
    }),
  ];
}

/** The copies that operations bring in, under their own names and those of their documents. */
async function freshCaptures(tx: Tx, batch: Batch, ids: Ids): Promise<[string, FoundCapture][]> {
  const given = batch.things.capture.filter(({ said }) => ids.has("document", said.document));
  const fresh = new Set(batch.things.document.map(({ token }) => token));
  const others = given.filter(({ said }) => !fresh.has(said.document));
  const held = await tx.document.findMany({
    where: { id: { in: others.map(({ said }) => ids.of("document", said.document)) } },
    select: { id: true, reportedFrom: true },
  });
  const instants = new Map(held.map(({ id, reportedFrom }) => [id, reportedFrom]));
  for (const { token, said } of batch.things.document) {
    const { reported, published } = said;
    const instant = reportedFromOf({ reported, publishedAt: published.at, published: published.date });
    if (instant) instants.set(ids.of("document", token), instant);
  }
  return given.flatMap(({ token, said }): [string, FoundCapture][] => {
    const reportedFrom = instants.get(ids.of("document", said.document));
    if (!reportedFrom) return [];
    const { text, capturedAt } = said;
    const capture = { id: ids.of("capture", token), text, capturedAt, isShown: true, reportedFrom };
    return [
      [token, capture],
      [said.document, capture],
    ];
  });
}
