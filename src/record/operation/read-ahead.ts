import { setImmediate as breathe } from "node:timers/promises";
import type { Tx } from "../../db/client.ts";
import { Problems } from "../terms/problem.ts";
import type { Noun, Reading } from "../terms/reading.ts";
import { resolveReferences } from "../terms/reference.ts";
import { Batch, type Subject } from "./batch.ts";
import type { Known } from "./known.ts";
import { Links } from "./links.ts";
import { lookUp, type HeldThing } from "./look-up.ts";
import type { Placed } from "./placed.ts";
import { announce, readOperation, readOperations } from "./read-operations.ts";

/** Operations, read by the terms of entry, and what the record holds of what they lead to. */
export interface ReadBatch {
  readonly subjects: readonly (Subject | null)[];
  readonly links: Links;
  readonly reading: Reading;
  readonly batch: Batch;
  readonly held: readonly HeldThing[];
}

/** Operations that were read before anything was looked up. */
export type Ahead = Omit<ReadBatch, "held">;

/** How many operations are read before others get their turn: a few milliseconds' work. */
const AT_ONCE = 50;

/**
 * Reads operations before their turn has come, without the record, as those can be read that lead to nothing by its id.
 * Null where anything is wrong with them, or may be: `readThoroughly` tells what.
 */
export async function readAhead(placed: readonly Placed[]): Promise<Ahead | null> {
  const problems = new Problems();
  const links = new Links([], problems);
  const subjects = announce(placed, links, problems);
  const [reading, batch] = [emptyReading(problems), new Batch()];
  for (const at of placed.keys()) {
    readOperation(batch, at, placed, subjects, links, reading);
    if (problems.found.length > 0) return null;
    if (at % AT_ONCE === AT_ONCE - 1) await breathe();
  }
  return { subjects, links, reading, batch };
}

/**
 * What operations that were read ahead lead to, by one look for each name that is not known. Null where a name leads
 * nowhere or is taken.
 */
export async function completeAhead(tx: Tx, ahead: Ahead, known: Known): Promise<ReadBatch | null> {
  const { subjects, links, reading } = ahead;
  const names = new Map<Noun, Set<string>>();
  const name = (noun: Noun, token: string) => {
    const tokens = names.get(noun);
    if (tokens) tokens.add(token);
    else names.set(noun, new Set([token]));
  };
  const fresh = new Set<string>();
  for (const subject of subjects) {
    if (!subject) continue;
    fresh.add(`${subject.noun} ${subject.token}`);
    name(subject.noun, subject.token);
  }
  for (const { noun, key } of reading.references) name(noun, key);
  const held = await known.find(tx, names);
  if (held.some(({ noun, token }) => fresh.has(`${noun} ${token}`))) return null;
  links.learn(held);
  resolveReferences(reading.references, links.keys, reading.problems);
  return reading.problems.found.length > 0 ? null : { ...ahead, held };
}

/** Reads operations, looks up what they lead to, and tells of everything that is wrong with either. */
export async function readThoroughly(tx: Tx, placed: readonly Placed[]): Promise<ReadBatch> {
  const problems = new Problems();
  const held = await lookUp(
    tx,
    placed.map(({ operation }) => operation),
  );
  const links = new Links(held, problems);
  const reading = emptyReading(problems);
  const subjects = announce(placed, links, problems);
  const batch = readOperations(placed, subjects, links, reading);
  resolveReferences(reading.references, links.keys, problems);
  return { subjects, links, reading, batch, held };
}

function emptyReading(problems: Problems): Reading {
  return { problems, folder: null, follow: null, references: [], quotes: [], captures: new Map() };
}
