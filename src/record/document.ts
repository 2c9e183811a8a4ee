import type { Tx } from "../db/client.ts";
import type { DocumentKind } from "../generated/prisma/enums.ts";
import type { FuzzyDate } from "../values/fuzzy-date.ts";
import { dateColumns } from "./date-column.ts";
import { amendThings, type Amendment } from "./amend.ts";
import type { ChangeSet } from "./entry.ts";
import { startOf } from "./moment.ts";

/** A document to be entered. */
export interface NewDocument {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly publisher: string;
  readonly authors: readonly string[];
  readonly url: string | null;
  readonly kind: DocumentKind;
  readonly language: string;
  readonly publishedAt: Date | null;
  readonly published: FuzzyDate;
  /** From when on what it tells counts as known, as `reportedFromOf` answers it. */
  readonly reportedFrom: Date;
  readonly licence: string;
  readonly note: string | null;
}

/**
 * From when on what a document tells counts as known: the instant said to be so, else that of its publication, else
 * 00:00 UTC of the last day it may have been published on. Null where none of these is known.
 */
export function reportedFromOf({
  reported,
  publishedAt,
  published,
}: {
  reported: Date | null;
  publishedAt: Date | null;
  published: FuzzyDate;
}): Date | null {
  return reported ?? publishedAt ?? (published.latest === null ? null : startOf(published.latest));
}

/** What a document says of itself, as columns. */
export function documentColumns({ id: _, published, authors, ...columns }: NewDocument) {
  return { ...columns, authors: [...authors], ...dateColumns("published", published) };
}

/** Enters documents. Their texts are entered by `enterCaptures`. */
export function enterDocuments(tx: Tx, set: ChangeSet, documents: readonly NewDocument[]): void {
  const rows = documents.map((document) => ({ id: document.id, ...documentColumns(document), createdIn: set.number }));
  set.enter("document", rows, (data) => tx.document.createMany({ data }), rows.length);
}

/** What of a document may be amended: what facts count from, its publication, is not. */
export type DocumentChange = Partial<
  Pick<NewDocument, "title" | "publisher" | "authors" | "url" | "language" | "licence" | "note">
>;

/**
 * Amends documents.
 * @throws Refusal as `amendThings` does
 */
export function amendDocuments(
  tx: Tx,
  set: ChangeSet,
  amendments: readonly Amendment<DocumentChange>[],
): Promise<void> {
  return amendThings(tx, set, "Document", amendments);
}
