import type { Ids } from "../terms/ids.ts";
import { modelOf } from "../terms/noun.ts";
import type { Batch, Subject } from "./batch.ts";
import { isKeyed } from "./read-thing.ts";

/** The key that something is brought in under: of things unique in their model, of records in their crisis. */
export interface Brought {
  readonly model: string;
  readonly key: string;
  /** Of a record the crisis that it stands under; else null. */
  readonly crisisId: string | null;
}

/** The keys that operations bring things and records in under, by which operation it is. */
export function broughtBy(subjects: readonly (Subject | null)[], batch: Batch, ids: Ids): Map<number, Brought> {
  const things = subjects.flatMap((subject, at): [number, Brought][] =>
    subject && subject.noun !== "record" && isKeyed(subject.noun)
      ? [[at, { model: modelOf(subject.noun), key: subject.token, crisisId: null }]]
      : [],
  );
  const records = batch.asserted.map(({ at, key, crisis }): [number, Brought] => {
    return [at, { model: modelOf("record"), key, crisisId: ids.of("crisis", crisis) }];
  });
  return new Map([...things, ...records]);
}
