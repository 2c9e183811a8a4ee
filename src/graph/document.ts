import type { Cost } from "../limit/count.ts";
import { thingsIn } from "../record/view.ts";
import { builder } from "./builder.ts";
import { children } from "./child.ts";
import { column, fuzzyColumn, link } from "./column.ts";
import { connection } from "./connection.ts";
import { entry } from "./entry.ts";
import { byEnum, byInstant, byKey, filterOf } from "./filter.ts";
import type { ListSpec } from "./list.ts";
import { entryById, entryByKey, thingType } from "./thing.ts";

export const Document = thingType("Document", {
  fields: (t) => ({
    key: column(t, "Document", "key"),
    title: column(t, "Document", "title"),
    publisher: column(t, "Document", "publisher"),
    authors: column(t, "Document", "authors"),
    url: column(t, "Document", "url"),
    documentKind: column(t, "Document", "kind"),
    language: column(t, "Document", "language"),
    publishedAt: column(t, "Document", "publishedAt"),
    published: fuzzyColumn(t, "Document", "published", "The date it was published; null where none is known."),
    reportedFrom: column(t, "Document", "reportedFrom"),
    licence: column(t, "Document", "licence"),
    note: column(t, "Document", "note"),
    amendedIn: column(t, "Document", "amendedIn"),
  }),
});

export const Capture = thingType("Capture", {
  fields: (t) => ({
    document: link(t, "Capture", "document", Document),
    sha256: column(t, "Capture", "sha256"),
    text: t.string({
      nullable: true,
      description:
        "The whole text, unaltered; null where its licence does not let it be shown now, whatever moment is looked at.",
      // It may be long: as many as are answered at once are some answers' worth.
      extensions: {
        column: { model: "Capture", field: "text" },
        shownIf: "textPublic",
        cost: { own: 30 } satisfies Cost,
      },
      resolve: (capture) => (capture["textPublic"] === true ? String(capture["text"]) : null),
    }),
    textPublic: column(t, "Capture", "textPublic"),
    length: column(t, "Capture", "length"),
    mediaType: column(t, "Capture", "mediaType"),
    capturedAt: column(t, "Capture", "capturedAt"),
    normalisation: column(t, "Capture", "normalisation"),
    amendedIn: column(t, "Capture", "amendedIn"),
  }),
});

export const Passage = thingType("Passage", {
  fields: (t) => ({
    capture: link(t, "Passage", "capture", Capture),
    exact: column(t, "Passage", "exact"),
    prefix: column(t, "Passage", "prefix"),
    suffix: column(t, "Passage", "suffix"),
    start: column(t, "Passage", "start"),
    end: column(t, "Passage", "end"),
    verifiedAt: column(t, "Passage", "verifiedAt"),
  }),
});

builder.objectField(Document, "captures", (t) =>
  children(t, Capture, "The copies taken of it, the oldest first.", {
    model: "Capture",
    field: "documentId",
    order: ["capturedAt", "id"],
    where: thingsIn,
  }),
);

entryById("document", "Document", Document);
entryByKey("documentByKey", "Document", Document);
entryById("capture", "Capture", Capture);
entryById("passage", "Passage", Passage);

const documents: ListSpec = {
  node: "Document",
  type: Document,
  model: "Document",
  description: "The documents that the record rests on.",
  filter: filterOf("DocumentFilter", "documents", {
    key: byKey("key", "By its key."),
    url: byKey("url", "By its address."),
    documentKind: byEnum("DocumentKind", "kind", "By what kind of text it is."),
    language: byKey("language", "By its language, as a BCP 47 tag."),
    reportedFrom: byInstant("reportedFrom", "By when what it tells was made known."),
  }),
  orders: {
    REPORTED_ASC: { fields: ["reportedFrom", "id"], description: "The first made known first." },
    REPORTED_DESC: { fields: ["reportedFrom", "id"], descending: true, description: "The last made known first." },
  },
};

entry("documents", (t) => connection(t, documents));
