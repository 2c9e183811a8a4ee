import { actor, actorIdentifier, actorName } from "../terms/read-actor.ts";
import { crisis } from "../terms/read-crisis.ts";
import { checkDocument, documentShape, mediaType } from "../terms/read-document.ts";
import { instant } from "../terms/read-date.ts";
import { quotation } from "../terms/read-evidence.ts";
import { fields, required } from "../terms/read-fields.ts";
import { place } from "../terms/read-place.ts";
import { position } from "../terms/read-position.ts";
import { programme } from "../terms/read-programme.ts";
import { wholeText, yesOrNo } from "../terms/read-value.ts";
import type { Fields, Node } from "../terms/node.ts";
import type { Noun, Read, Reading } from "../terms/reading.ts";
import { refer } from "../terms/reference.ts";
import { renamed, withField } from "./json-node.ts";

const document = fields(documentShape, { check: checkDocument });

const capture = fields({
  document: required(refer("document")),
  text: required(wholeText),
  textPublic: required(yesOrNo),
  mediaType: required(mediaType),
  capturedAt: required(instant),
});

const actorOnly = fields({ actor: required(refer("actor")) });

/** What can be brought in beside facts, by noun, as the terms of entry answer it. */
export const thingReaders = { crisis, actor, place, position, programme, document, capture, passage: quotation };

/** The nouns of what can be brought in beside facts. */
export type ThingNoun = keyof typeof thingReaders;

/** What is said of something of a noun. */
export type Said<N extends ThingNoun> = (typeof thingReaders)[N] extends Read<infer T> ? T : never;

/** By which names the terms of entry know what operations call otherwise. */
const names: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  place: { placeKind: "kind", geonamesId: "geonames" },
  document: { documentKind: "kind", reportedFrom: "reported" },
  passage: { exact: "quote" },
};

/** Reads what is to be brought in of a noun; undefined where something is wrong with it, which has been told. */
export function readThing<N extends ThingNoun>(
  noun: N,
  kind: string,
  given: Fields,
  reading: Reading,
): Said<N> | undefined {
  let node = renamed(given, names[noun] ?? {});
  if (noun === "actor") node = withField(node, "kind", kind);
  if (noun === "document") node = publicationOf(node);
  return (thingReaders[noun] as Read<Said<N>>)(node, reading);
}

/** Whether what is told of a noun has a key by which it is found. */
export function isKeyed(noun: Noun): boolean {
  return noun !== "capture" && noun !== "passage";
}

/** Reads a name for an actor who is there already. */
export function readName(given: Fields, reading: Reading) {
  return readFor(given, actorName, reading);
}

/** Reads an identifier for an actor who is there already. */
export function readIdentifier(given: Fields, reading: Reading) {
  return readFor(given, actorIdentifier, reading);
}

function readFor<T>(given: Fields, read: Read<T>, reading: Reading) {
  const { actor: link, ...rest } = Object.fromEntries(given.fields);
  const whose = actorOnly({ ...given, fields: new Map(link ? [["actor", link]] : []) }, reading);
  const said = read({ ...given, fields: new Map(Object.entries(rest)) }, reading);
  return whose && said && { actor: whose.actor, said };
}

/** A publication is either a date or an instant, one of which is given. */
function publicationOf(node: Fields): Fields {
  const given: Node | undefined = node.fields.get("published")?.value;
  const [only] = given?.kind === "fields" ? [...given.fields.values()] : [];
  return only ? { ...node, fields: new Map([...node.fields, ["published", only]]) } : node;
}
