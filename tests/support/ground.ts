import type { Db } from "../../src/db/client.ts";
import { enterActors } from "../../src/record/actor.ts";
import { enterCaptures } from "../../src/record/capture.ts";
import { inChangeSet } from "../../src/record/change-set.ts";
import { enterCrises } from "../../src/record/crisis.ts";
import { enterDocuments } from "../../src/record/document.ts";
import { startOf } from "../../src/record/moment.ts";
import { enterPassages } from "../../src/record/passage.ts";
import { enterPlaces } from "../../src/record/place.ts";
import { enterPositions } from "../../src/record/position.ts";
import { parseFuzzyDate } from "../../src/values/fuzzy-date.ts";
import { parseDay } from "../../src/values/day.ts";
import { newUuid } from "../../src/values/ids.ts";

/** What facts can be asserted of and rest on: a crisis with its actors, its office, its places and its press. */
export interface Ground {
  readonly crisisId: string;
  /** Three people and a state, as they are named below. */
  readonly actorIds: readonly string[];
  /** The throne. */
  readonly positionId: string;
  /** Two of them. */
  readonly placeIds: readonly string[];
  /** One for each day that the gazette appeared, the first on 1 January 1894: the sentence that it printed. */
  readonly passageIds: readonly string[];
}

const firstDay = parseDay("1894-01-01");

/** The instant at which the gazette of the day came out, counted from its first: noon. */
export function noonOf(day: number): Date {
  return new Date(startOf(firstDay + day).getTime() + 43_200_000);
}

/** Enters a ground of its own into the record: nothing in it has an id or a key of another. */
export async function layGround(db: Db, days: number): Promise<Ground> {
  const mark = newUuid();
  const ids = (count: number) => Array.from({ length: count }, () => newUuid());
  const [crisisId = "", positionId = ""] = ids(2);
  const [actorIds, placeIds, passageIds] = [ids(4), ids(2), ids(days)];
  const gazettes = passageIds.map((passageId, day) => {
    const exact = `On day ${day} they said “so be it”.`;
    const text = `The Strelsau Gazette. ${exact} 👑 Long live the throne.`;
    return { documentId: newUuid(), captureId: newUuid(), passageId, day, exact, text };
  });
  await inChangeSet(db, { author: "the clerk", reason: "The ground of the story." }, (tx, set) => {
    const key = (name: string) => `${name}-${mark}`;
    const said = { title: "A throne", summary: "Two men claim it." };
    enterCrises(tx, set, [{ id: crisisId, key: key("crisis"), ...said, start: null, end: null }]);
    const nothing = { description: null, wikidataId: null, iso2: null, iso3: null, stateId: null };
    enterActors(
      tx,
      set,
      ["Flavia", "Michael", "Rudolf", "Gallia"].map((name, i) => {
        const kind = name === "Gallia" ? "STATE" : "PERSON";
        return { id: actorIds[i] ?? "", kind, key: key(name), name, organizationKind: null, ...nothing };
      }),
    );
    const office = { organizationId: null, stateId: null, seats: 1, inception: null, dissolution: null };
    enterPositions(tx, set, [{ id: positionId, key: key("throne"), title: "King of Ruritania", ...office }]);
    const nowhere = { partOfId: null, latitude: null, longitude: null, geonamesId: null };
    const places = ["Strelsau", "Zenda"].map((name, i) => {
      return { id: placeIds[i] ?? "", key: key(name), name, kind: "CITY" as const, ...nowhere };
    });
    enterPlaces(tx, set, places);
    const published = parseFuzzyDate("1894");
    const printed = {
      publisher: "The Strelsau Gazette",
      authors: [],
      url: null,
      language: "en",
      note: null,
      published,
    };
    enterDocuments(
      tx,
      set,
      gazettes.map(({ documentId: id, day }) => {
        const when = { publishedAt: noonOf(day), reportedFrom: noonOf(day), licence: "CC0-1.0" };
        return { id, key: key(`day-${day}`), title: `Day ${day}`, kind: "ARTICLE", ...printed, ...when };
      }),
    );
    const taken = { textPublic: true, mediaType: "text/plain", capturedAt: noonOf(days) };
    enterCaptures(
      tx,
      set,
      gazettes.map(({ captureId: id, documentId, text }) => ({ id, documentId, text, ...taken })),
    );
    enterPassages(
      tx,
      set,
      gazettes.map(({ passageId: id, captureId, exact, text }) => {
        const start = Array.from(text.slice(0, text.indexOf(exact))).length;
        return { id, captureId, exact, start, end: start + Array.from(exact).length };
      }),
      new Map(gazettes.map(({ captureId, text }) => [captureId, text])),
    );
    return Promise.resolve();
  });
  return { crisisId, actorIds, positionId, placeIds, passageIds };
}
