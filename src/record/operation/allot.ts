import { newUuid } from "../../values/ids.ts";
import { Ids } from "../terms/ids.ts";
import type { Subject } from "./batch.ts";
import type { HeldThing } from "./look-up.ts";

/** Ids that were given out before they were used, by what they are for. */
export type AllottedIds = Readonly<Record<string, string>>;

/** The ids of what the record holds, and those of what operations bring in: as allotted before, else new ones. */
export function allotIds(
  held: readonly HeldThing[],
  subjects: readonly (Subject | null)[],
  before: AllottedIds,
): { ids: Ids; allotted: AllottedIds } {
  const ids = new Ids();
  for (const { noun, token, id } of held) ids.set(noun, token, id);
  const allotted: Record<string, string> = {};
  for (const subject of subjects) {
    if (!subject || ids.has(subject.noun, subject.token)) continue;
    const name = `${subject.noun} ${subject.token}`;
    const id = before[name] ?? newUuid();
    allotted[name] = id;
    ids.set(subject.noun, subject.token, id);
  }
  return { ids, allotted };
}
