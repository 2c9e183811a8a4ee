import { createHash } from "node:crypto";
import type { Quotation } from "../../values/quotation.ts";
import { collectKeys, mergeKeys, partsOf } from "./collect-keys.ts";
import { findQuotes, PATIENT } from "../../record/terms/find-quotes.ts";
import { scalarAt, spotAt, type Node } from "../../record/terms/node.ts";
import { parseYaml } from "./parse-yaml.ts";
import type { DossierProblems } from "./problem.ts";
import { actor } from "../../record/terms/read-actor.ts";
import { assertion, statesOf } from "../../record/terms/read-assertion.ts";
import { crisis } from "../../record/terms/read-crisis.ts";
import { document } from "./read-document.ts";
import { fields, orElse, required, type Values } from "../../record/terms/read-fields.ts";
import { place } from "../../record/terms/read-place.ts";
import { position } from "../../record/terms/read-position.ts";
import { programme } from "../../record/terms/read-programme.ts";
import { list, number } from "../../record/terms/read-value.ts";
import type { Read, Reading, Reference } from "../../record/terms/reading.ts";
import { refuseSelfLinks } from "../../record/terms/refuse-self-links.ts";
import { refuseStrayMentions } from "../../record/terms/refuse-stray-mentions.ts";
import { FOLLOWING, TRANSLATING, refuseCycles, resolveReferences, type Keys } from "../../record/terms/reference.ts";

const shape = {
  dossier: required(number(1, 1, { whole: true })),
  crisis: required(crisis),
  documents: orElse(list(document), []),
  places: orElse(list(place), []),
  actors: orElse(list(actor), []),
  positions: orElse(list(position), []),
  programmes: orElse(list(programme), []),
  assertions: orElse(list(assertion), []),
};

const whole: Read<Values<typeof shape>> = fields(shape);

/** What the record holds of the things that a dossier refers to without giving them. */
export interface Held {
  /** The kind of each, by key; an empty text for nouns without kinds. */
  readonly keys: Keys;
  /** The latest capture of each document, by the document's key. */
  readonly captures: ReadonlyMap<string, { readonly id: string; readonly text: string }>;
}

/** A dossier in which nothing is wrong as far as the dossier itself can tell. */
export interface Dossier extends Values<typeof shape> {
  /** SHA-256 over the dossier's text and those of its captures, in hexadecimal digits. */
  readonly sha256: string;
  /** Where each quotation stands in its capture, by the part of the dossier that gives it. */
  readonly quotations: ReadonlyMap<Node, Quotation>;
  /** Every key by which it refers to something. */
  readonly references: readonly Reference[];
  /** The captures of the record that it quotes, by the document's key. */
  readonly heldCaptures: Held["captures"];
  /** For what only the record can tell. */
  readonly problems: DossierProblems;
}

/** Where a dossier stands, and what it may lean on. */
export interface DossierOptions {
  /** The folder that files of captures are in. */
  readonly folder: string;
  /** Looks up keys that the dossier does not give itself; absent where there is no record to look in. */
  readonly look?: (keys: readonly string[], crisisKey: string | undefined) => Promise<Held>;
}

/**
 * Reads a dossier: YAML in the format that `dossiers/` shows, version 1.
 * @throws Refusal DOSSIER_REFUSED with every problem at once, each with line, column, path, and what would be right.
 */
export async function readDossier(text: string, { folder, look }: DossierOptions): Promise<Dossier> {
  const { root, problems } = parseYaml(text);
  const captures = new Map<string, string>();
  const reading: Reading = { problems, folder, follow: null, references: [], quotes: [], captures };
  const dossier = whole(root, reading);
  const own = collectKeys(root, problems);
  const elsewhere = reading.references.filter(({ noun, key }) => !own[noun].has(key)).map(({ key }) => key);
  const held = await look?.([...new Set(elsewhere)], scalarAt(root, "crisis", "key"));
  resolveReferences(reading.references, held ? mergeKeys(held.keys, own) : own, problems);
  refuseCycles(partsOf(root, "places", "partOf"), problems);
  refuseCycles(partsOf(root, "assertions", "event", "partOf"), problems);
  refuseCycles(partsOf(root, "assertions", "commitment", "otherwise"), problems, { words: FOLLOWING });
  refuseCycles(partsOf(root, "assertions", "utterance", "translationOf"), problems, { words: TRANSLATING });
  const heldCaptures = held?.captures ?? new Map<string, never>();
  const texts = new Map([...heldCaptures].map(([key, { text: words }]) => [key, { text: words, isShown: true }]));
  for (const [key, words] of captures) texts.set(key, { text: words, isShown: true });
  const quotations = await findQuotes(reading.quotes, texts, problems, PATIENT);
  const assertions = dossier?.assertions ?? [];
  refuseSelfLinks(assertions, problems);
  refuseStrayMentions(assertions, wordsOf(assertions, quotations), problems);
  problems.refuseIfAny();
  if (!dossier) throw new Error("A dossier could not be read, and no problem was told.");
  const sha256 = hashOf([text, ...captures.values()]);
  return { ...dossier, sha256, quotations, references: reading.references, heldCaptures, problems };
}

/** The words of each quotation that was found, by where the evidence is given. */
function wordsOf(assertions: Dossier["assertions"], quotations: Dossier["quotations"]): Map<Node, string> {
  const quoted = assertions.flatMap(statesOf).flatMap(({ evidence }) => evidence);
  const found = quoted.map(({ spot }) => [spot, quotations.get(spotAt(spot, "quote"))?.exact] as const);
  return new Map(found.flatMap(([spot, exact]) => (exact === undefined ? [] : [[spot, exact] as const])));
}

function hashOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(createHash("sha256").update(text).digest());
  return hash.digest("hex");
}
