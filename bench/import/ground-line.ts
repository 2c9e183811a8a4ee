import type { Lot } from "./random.ts";

/** How much there is for facts to be told of. */
export const crises = 10;
export const states = 200;
export const blocs = 10;
export const offices = 100;
export const programmes = 20;
export const places = 300;
export const persons = 2_000;

const syllables = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo", "ka", "lé"];

/** A made-up word of three syllables. */
export function word(lot: Lot): string {
  return lot.of(syllables) + lot.of(syllables) + lot.of(syllables);
}

/** A name of two words. */
export function name(lot: Lot): string {
  return [word(lot), word(lot)].map((each) => each.charAt(0).toUpperCase() + each.slice(1)).join(" ");
}

/** A day from 2010 on, as EDTF: of five one is a month, a year, a vague day, a season or an interval. */
export function vagueDay(lot: Lot): string {
  const day = new Date(Date.UTC(2010, 0, 1 + lot.below(5_000))).toISOString().slice(0, 10);
  const vague = [day.slice(0, 7), day.slice(0, 4), `${day}~`, `${day.slice(0, 4)}-2${1 + lot.below(4)}`, `${day}/..`];
  return lot.below(5) === 0 ? lot.of(vague) : day;
}

/** The operations that bring in what facts are told of. */
export function* groundLines(lot: Lot): Generator<object> {
  const numbered = (count: number) => Array.from({ length: count }, (_, i) => i);
  for (const i of numbered(crises)) {
    const said = { title: `Crisis of ${name(lot)}`, summary: "A made-up crisis.", start: { edtf: "2010" } };
    yield { crisisCreate: { key: `crisis-${i}`, ...said } };
  }
  for (const i of numbered(states)) yield { stateCreate: { key: `state-${i}`, name: name(lot) } };
  for (const i of numbered(blocs)) yield { blocCreate: { key: `bloc-${i}`, name: `League of ${name(lot)}` } };
  for (const i of numbered(persons)) {
    const names = [{ text: name(lot), language: "en", kind: "ALIAS" }];
    yield { personCreate: { key: `person-${i}`, name: name(lot), names } };
  }
  for (const i of numbered(offices)) {
    const state = { key: `state-${lot.below(states)}` };
    yield { positionCreate: { key: `office-${i}`, title: `Office of ${name(lot)}`, seats: 1, state } };
  }
  for (const i of numbered(places)) {
    const where = { latitude: lot.below(180) - 90, longitude: lot.below(360) - 180 };
    yield { placeCreate: { key: `place-${i}`, name: name(lot), placeKind: "CITY", ...where } };
  }
  for (const i of numbered(programmes)) {
    const said = { title: `Measures of ${name(lot)}`, issuer: { key: `state-${lot.below(states)}` } };
    yield { sanctionsProgrammeCreate: { key: `programme-${i}`, ...said, measures: ["freezing of assets"] } };
  }
}
