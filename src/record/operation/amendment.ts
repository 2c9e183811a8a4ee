import type { Tx } from "../../db/client.ts";
import { Refusal } from "../../errors.ts";
import { OrganizationKind } from "../../generated/prisma/enums.ts";
import { amendActors } from "../actor.ts";
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
import { language } from "../terms/read-actor.ts";
import { fields, required } from "../terms/read-fields.ts";
import { address, list, number, oneOf, shortText, text, yesOrNo } from "../terms/read-value.ts";
import type { Noun, Read, Reading } from "../terms/reading.ts";
import { refer } from "../terms/reference.ts";
import type { Batch } from "./batch.ts";

const words = list(text, { distinct: true });

/** What can be amended of things, by noun: never what others know them by. */
const amendable: Readonly<Partial<Record<Noun, Readonly<Record<string, Read<unknown>>>>>> = {
  actor: {
    name: shortText,
    description: text,
    organizationKind: oneOf(Object.values(OrganizationKind)),
    state: refer("actor", "STATE"),
  },
  crisis: { title: text, summary: text },
  place: { name: shortText, latitude: number(-90, 90), longitude: number(-180, 180) },
  position: {
    title: shortText,
    seats: number(1, 1_000_000, { whole: true }),
    organization: refer("actor", "ORGANIZATION"),
    state: refer("actor", "STATE"),
  },
  programme: { title: text, issuer: refer("actor"), legalBases: words, measures: words },
  document: {
    title: text,
    publisher: text,
    authors: list(text),
    url: address,
    language,
    licence: text,
    note: text,
  },
  capture: { textPublic: yesOrNo },
};

/** The names of the links among them, all of which lead to actors. */
const links = ["state", "organization", "issuer"];

/** Reads what a thing is to say; what is left out stays as it is. */
export function readAmendment(
  noun: Noun,
  given: Fields,
  reading: Reading,
): Readonly<Record<string, unknown>> | undefined {
  const shape = amendable[noun] ?? {};
  const named = Object.entries(shape).filter(([name]) => given.fields.has(name));
  if (named.length === 0) {
    reading.problems.add(given, "Nothing is to be amended; give what is to be said otherwise.", { code: "MISSING" });
    return;
  }
  if (noun === "place" && given.fields.has("latitude") !== given.fields.has("longitude")) {
    reading.problems.add(given, "Latitude and longitude are amended together; give both.");
  }
  const read = fields(Object.fromEntries(named.map(([name, value]) => [name, required(value)])));
  const said = read(given, reading);
  if (!said) return;
  const { spot: _, ...change } = said as Readonly<Record<string, unknown>>;
  return change;
}

type Amend = (tx: Tx, set: ChangeSet, amendments: never) => Promise<void>;

const amends: Readonly<Partial<Record<Noun, Amend>>> = {
  actor: amendActors,
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
  { amended }: Batch,
  { ids, problems }: { ids: Ids; problems: Problems },
): Promise<void> {
  for (const { spot, noun, thingId, type, expected, said } of amended) {
    const change = Object.fromEntries(
      Object.entries(said).map(([name, value]) =>
        links.includes(name) ? [`${name}Id`, ids.of("actor", value as string)] : [name, value],
      ),
    );
    try {
      await amends[noun]?.(tx, set, [{ id: thingId, expected, change }] as never);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code === "CONFLICT" && "amendedIn" in error.details) {
        const currentVersion = String((error.details["amendedIn"] as number | null) ?? 0);
        const about = { currentVersion, id: `${type}:${thingId}`, path: spot.path };
        throw new Refusal("CONFLICT", error.message, about, error);
      }
      if (error.code !== "BAD_USER_INPUT" && error.code !== "CONFLICT") throw error;
      problems.add(spot, error.message);
    }
  }
}
