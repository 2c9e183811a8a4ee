import { createHash } from "node:crypto";
import type { Tx } from "../db/client.ts";
import { NORMALISATION } from "../values/normalisation.ts";
import { amendThings, type Amendment } from "./amend.ts";
import type { ChangeSet } from "./entry.ts";

/** A copy of a document's text to be entered. */
export interface NewCapture {
  readonly id: string;
  readonly documentId: string;
  /** Well-formed Unicode without NUL. */
  readonly text: string;
  readonly textPublic: boolean;
  readonly mediaType: string;
  readonly capturedAt: Date;
}

/** What a capture says of itself, as columns: its text, and what follows from that. */
export function captureColumns({ id: _, ...columns }: NewCapture) {
  const { text } = columns;
  return { ...columns, sha256: textSha256(text), length: Array.from(text).length, normalisation: NORMALISATION };
}

/** The order of captures that finds the one that counts as a document's text: that which was taken last. */
export const latestFirst = [{ capturedAt: "desc" as const }, { createdIn: "desc" as const }, { id: "desc" as const }];

/** SHA-256 of the text's UTF-8, as 64 hexadecimal digits: what tells the copies of a document apart. */
export function textSha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** Enters captures. A document may have several, each of another text. */
export function enterCaptures(tx: Tx, set: ChangeSet, captures: readonly NewCapture[]): void {
  const rows = captures.map((capture) => ({ id: capture.id, ...captureColumns(capture), createdIn: set.number }));
  set.enter("capture", rows, (data) => tx.capture.createMany({ data }));
}

/**
 * Amends captures: whether their text may be shown. What may not is not shown by looking back either.
 * @throws Refusal as `amendThings` does
 */
export function amendCaptures(
  tx: Tx,
  set: ChangeSet,
  amendments: readonly Amendment<Partial<Pick<NewCapture, "textPublic">>>[],
): Promise<void> {
  return amendThings(tx, set, "Capture", amendments);
}
