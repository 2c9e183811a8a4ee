import type { Tx } from "../../db/client.ts";
import { Refusal } from "../../errors.ts";
import { OrganizationKind } from "../../generated/prisma/enums.ts";
import { amendThings, type Amendment } from "../amend.ts";
import { amendCaptures } from "../capture.ts";
import { amendCrises } from "../crisis.ts";
import { amendDocuments } from "../document.ts";
import type { ChangeSet } from "../entry.ts";
import { amendPlaces } from "../place.ts";
import { amendPositions } from "../position.ts";
import { amendSanctionsProgrammes } from "../sanctions-programme.ts";
import type { Ids } from "../terms/ids.ts";
import type { Fields } from "../terms/node.ts";
import type { Problems } from "../terms/problem.ts";
import { iso2, iso3, language } from "../terms/read-actor.ts";
import { fuzzy } from "../terms/read-date.ts";
import { fields, optional, required, type Field } from "../terms/read-fields.ts";
import { address, list, number, oneOf, shortText, text, yesOrNo } from "../terms/read-value.ts";
import { geonamesId } from "../terms/read-place.ts";
import type { Noun, Reading } from "../terms/reading.ts";
import { refer } from "../terms/reference.ts";
import type { Batch } from "./batch.ts";
import type { Withdrawn } from "./withdraw.ts";
import { withArticle } from "../../values/article.ts";

const words = list(text, { distinct: true });

/** What can be amended of things, by noun: never what others know them by. What is optional can be cleared. */
const amendable: Readonly<Partial<Record<Noun, Readonly<Record<string, Field<unknown>>>>>> = {
  actor: {
    name: required(shortText),
    description: optional(text),
    iso2: optional(iso2),
    iso3: optional(iso3),
    organizationKind: required(oneOf(Object.values(OrganizationKind))),
    state: optional(refer("actor", "STATE")),
  },
  crisis: { title: required(text), summary: required(text), start: optional(fuzzy), end: optional(fuzzy) },
  place: {
    name: required(shortText),
    partOf: optional(refer("place")),
    latitude: optional(number(-90, 90)),
    longitude: optional(number(-180, 180)),
    geonamesId: optional(geonamesId),
  },
  position: {
    title: required(shortText),
    seats: optional(number(1, 1_000_000, { whole: true })),
    organization: optional(refer("actor", "ORGANIZATION")),
    state: optional(refer("actor", "STATE")),
    inception: optional(fuzzy),
    dissolution: optional(fuzzy),
  },
  programme: {
    title: required(text),
    issuer: required(refer("actor")),
    legalBases: required(words),
    measures: required(words),
  },
  document: {
    title: required(text),
    publisher: required(text),
    authors: required(list(text)),
    url: optional(address),
    language: required(language),
    licence: required(text),
    note: optional(text),
  },
  capture: { textPublic: required(yesOrNo) },
};

/** Whether what a thing says under a name can be amended to nothing. */
export function isClearable(noun: Noun, name: string): boolean {
  return amendable[noun]?.[name]?.absent !== undefined;
}

/** What the links among them lead to. */
const links: Readonly<Record<string, Noun>> = {
  state: "actor",
  organization: "actor",
  issuer: "actor",
  partOf: "place",
};

/**
 * Reads what a thing is to say; what is left out stays as it is.
 * @param cleared the names of fields that are said to be nothing
 */
export function readAmendment(
  noun: Noun,
  given: Fields,
  cleared: readonly string[],
  reading: Reading,
): Readonly<Record<string, unknown>> | undefined {
  const shape = amendable[noun] ?? {};
  const named = Object.entries(shape).filter(([name]) => given.fields.has(name) || cleared.includes(name));
  if (named.length === 0) {
    reading.problems.add(given, "Nothing is to be amended; give what is to be said otherwise.", { code: "MISSING" });
    return;
  }
  let whole = true;
  for (const [name, { absent }] of named) {
    if (absent || given.fields.has(name)) continue;
    const place = { path: `${given.path}.${name}`, offset: given.offset };
    reading.problems.add(place, `There is always ${withArticle(name)}; give another, or leave it out for it to stay.`);
    whole = false;
  }
  const read = fields(Object.fromEntries(named.filter(([name, { absent }]) => absent ?? given.fields.has(name))));
  const said = read(given, reading);
  if (!said || !whole) return;
  const { spot: _, ...change } = said as Readonly<Record<string, unknown>>;
  const [latitude, longitude] = [change["latitude"], change["longitude"]].map((each) =>
    each === null ? null : typeof each,
  );
  if (noun === "place" && latitude !== longitude) {
    reading.problems.add(given, "Latitude and longitude are amended together; give both, or null for both.");
  }
  return change;
}

type Amend = (tx: Tx, set: ChangeSet, amendments: never) => Promise<void>;

const amends: Readonly<Partial<Record<Noun, Amend>>> = {
  // Names are entered with those that operations add.
  actor: (tx, set, changes: readonly Amendment<object>[]) => amendThings(tx, set, "Actor", changes),
  crisis: amendCrises,
  place: amendPlaces,
  position: amendPositions,
  programme: amendSanctionsProgrammes,
  document: amendDocuments,
  capture: amendCaptures,
};

/**
 * Amends things as operations say. Tells of what the record will not do.
 * @throws Refusal CONFLICT, as `enterOperations` does
 */
export async function enterAmendments(
  tx: Tx,
  set: ChangeSet,
  batch: Batch,
  { ids, problems, withdrawn }: { ids: Ids; problems: Problems; withdrawn: Withdrawn },
): Promise<void> {
  const items = itemsOf(batch, ids, withdrawn);
  for (const { spot, noun, thingId, type, expected, said } of batch.amended) {
    const change: Record<string, unknown> = Object.fromEntries(
      Object.entries(said).map(([name, value]) => {
        const noun = links[name];
        return noun === undefined ? [name, value] : [`${name}Id`, ids.maybe(noun, value as string | null)];
      }),
    );
    const item = items.get(thingId);
    if (item !== undefined) change["wikidataId"] = item;
    items.delete(thingId);
    try {
      await amends[noun]?.(tx, set, [{ id: thingId, expected, change }] as never);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === "CONFLICT" && "amendedIn" in error.details) {
        const amendedIn = String((error.details["amendedIn"] as number | null) ?? 0);
        const about = { amendedIn, id: `${type}:${thingId}`, path: spot.path };
        throw new Refusal("CONFLICT", error.message, about, error);
      }
      if (error.code !== "BAD_USER_INPUT" && error.code !== "CONFLICT") throw error;
      problems.add(spot, error.message);
    }
  }
  const rest = [...items].map(([id, wikidataId]) => ({ id, change: { wikidataId } }));
  await amendThings(tx, set, "Actor", rest);
}

/** The items of Wikidata that operations give to actors who are on record, or take from them, by the actor's id. */
function itemsOf({ things, identifiers }: Batch, ids: Ids, withdrawn: Withdrawn): Map<string, string | null> {
  const fresh = new Set(things.actor.map(({ token }) => token));
  const given = identifiers.filter(({ actor, said }) => said.scheme === "wikidata" && !fresh.has(actor));
  const taken = withdrawn.identifiers.filter(({ scheme }) => scheme === "wikidata");
  return new Map<string, string | null>([
    ...taken.map(({ actorId }) => [actorId, null] as const),
    ...given.map(({ actor, said }) => [ids.of("actor", actor), said.value] as const),
  ]);
}
