import { decodeId } from "../../values/ids.ts";
import type { Ids } from "../terms/ids.ts";
import { typeOf } from "../terms/noun.ts";
import type { Keys } from "../terms/reference.ts";
import type { Batch, Subject } from "./batch.ts";
import type { Placed } from "./placed.ts";

/** What an operation brought in or changed. */
export interface Outcome {
  /** The GraphQL type of it, and the uuid in its id. */
  readonly type: string;
  readonly id: string;
  /** The reference that the operation gave itself; null where it gave none. */
  readonly ref: string | null;
}

/** What operations brought in or changed, in their order. */
export function outcomesOf(
  placed: readonly Placed[],
  subjects: readonly (Subject | null)[],
  batch: Batch,
  { ids, keys }: { ids: Ids; keys: Keys },
): Outcome[] {
  const { names, identifiers, withdrawnNames, withdrawnIdentifiers } = batch;
  const parts = [...names, ...identifiers, ...withdrawnNames, ...withdrawnIdentifiers];
  const actors = new Map(parts.map(({ at, actor }) => [at, actor]));
  return placed.map(({ operation }, at) => {
    const ref = typeof operation.input["ref"] === "string" ? operation.input["ref"] : null;
    const subject = subjects[at];
    if (subject) {
      return { type: typeOf(subject.noun, subject.kind), id: ids.of(subject.noun, subject.token), ref };
    }
    const actor = actors.get(at);
    if (actor !== undefined) {
      return { type: typeOf("actor", keys.actor.get(actor) ?? ""), id: ids.of("actor", actor), ref };
    }
    const { id } = operation.input;
    const { type, uuid } = decodeId(typeof id === "string" ? id : "");
    return { type, id: uuid, ref };
  });
}
