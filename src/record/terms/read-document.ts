import { DocumentKind } from "../../generated/prisma/enums.ts";
import { parseDay } from "../../values/day.ts";
import { language } from "./read-actor.ts";
import type { Fields } from "./node.ts";
import { instant, publication } from "./read-date.ts";
import { optional, orElse, required, type Values } from "./read-fields.ts";
import { address, key, list, oneOf, text, textLike } from "./read-value.ts";
import type { Reading } from "./reading.ts";

/** The fields of a document. */
export const documentShape = {
  key: required(key),
  title: required(text),
  publisher: required(text),
  authors: orElse(list(text), [] as string[]),
  url: optional(address),
  kind: required(oneOf(Object.values(DocumentKind))),
  language: required(language),
  published: required(publication),
  reported: optional(instant),
  licence: required(text),
  note: optional(text),
};

/** Reads the media type of a copy. */
export const mediaType = textLike(
  (type) => /^[a-z]+\/[a-z0-9.+-]+$/.test(type),
  "a media type is needed, such as text/plain",
);

/** Tells of a document that would count as known before it was published, or of which it is open when it did. */
export function checkDocument(
  { kind, published, reported }: Partial<Values<typeof documentShape>>,
  spot: Fields,
  { problems }: Reading,
): void {
  const earliest = published?.at ?? (published?.date.earliest == null ? null : published.date.earliest * 86_400_000);
  // A briefing tells what others had published before it, a row of a data set what was in it.
  const ofItsOwn = kind !== "BRIEFING" && kind !== "DATASET_ROW";
  if (ofItsOwn && reported != null && earliest !== null && Number(reported) < Number(earliest)) {
    problems.add(
      spot,
      "It would count as known before it was published; let it count as known from a later instant, or leave that out.",
    );
  }
  if (reported === null && published && !isInstant(published.date.latest)) {
    problems.add(
      spot,
      "It is not known when this was published at the latest, within the years 0001 to 9999; say from which instant on it counts as known.",
    );
  }
}

/** Whether a day lies in the years that instants are kept in. */
function isInstant(day: number | null): boolean {
  return day !== null && day >= parseDay("0001-01-01") && day <= parseDay("9999-12-31");
}
