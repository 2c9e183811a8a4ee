import { captureColumns, enterCaptures, type NewCapture } from "../../record/capture.ts";
import { documentColumns, enterDocuments, reportedFromOf, type NewDocument } from "../../record/document.ts";
import { newUuid } from "../../values/ids.ts";
import { refuseDifferences } from "./differences.ts";
import type { Entering } from "./entering.ts";
import type { Fields } from "../../record/terms/node.ts";
import type { DocumentEntry } from "./read-document.ts";

/** The capture that quotations of each document are cut from, by the document's key. */
export type Captures = Map<string, { readonly id: string; readonly text: string; readonly fresh: boolean }>;

/** Enters the documents of a dossier that the record does not hold, and captures whose text it does not hold. */
export async function enterDossierDocuments(entering: Entering): Promise<Captures> {
  const { tx, set, dossier, ids, added } = entering;
  const { documents } = dossier;
  const where = { key: { in: documents.map(({ key }) => key) } };
  const rows = await tx.document.findMany({ where, include: { captures: { omit: { text: true } } } });
  const held = new Map(rows.map((row) => [row.key, row]));
  const captures: Captures = new Map();
  for (const [key, { id, text }] of dossier.heldCaptures) captures.set(key, { id, text, fresh: false });
  const fresh: NewDocument[] = [];
  const copies: NewCapture[] = [];
  for (const entry of documents) {
    const document = newDocument(entry, ids.of("document", entry.key));
    const subject = { noun: "document", key: entry.key, spot: entry.spot };
    const old = held.get(entry.key);
    if (!old) fresh.push(document);
    else if (refuseDifferences(entering, subject, old, documentColumns(document))) entering.unchanged += 1;
    const copy = newCapture(entry, document.id);
    const columns = captureColumns(copy);
    const same = old?.captures.find(({ sha256 }) => sha256 === columns.sha256);
    if (same) refuseDifferences(entering, { ...subject, noun: "capture of", spot: captureSpot(entry) }, same, columns);
    else copies.push(copy);
    captures.set(entry.key, { id: same?.id ?? copy.id, text: copy.text, fresh: !same });
  }
  enterDocuments(tx, set, fresh);
  enterCaptures(tx, set, copies);
  added.documents += fresh.length;
  added.captures += copies.length;
  return captures;
}

function newDocument(
  { spot: _, published, reported, textPublic: __, capture: ___, ...said }: DocumentEntry,
  id: string,
): NewDocument {
  const reportedFrom = reportedFromOf({ reported, publishedAt: published.at, published: published.date });
  if (reportedFrom === null) throw new Error(`It was not looked when document ${said.key} was reported.`);
  return { ...said, id, published: published.date, publishedAt: published.at, reportedFrom };
}

function newCapture({ key, capture, textPublic }: DocumentEntry, documentId: string): NewCapture {
  const { text, file, mediaType, capturedAt } = capture;
  const words = text ?? file;
  if (words === null) throw new Error(`It was not looked whether document ${key} has a capture.`);
  return { id: newUuid(), documentId, text: words, textPublic, mediaType, capturedAt };
}

function captureSpot({ capture }: DocumentEntry): Fields {
  return capture.spot;
}
