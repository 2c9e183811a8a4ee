import { excerpt } from "../../values/excerpt.ts";
import { spotAt, type Fields } from "./node.ts";
import { typeOf } from "./noun.ts";
import type { Problems } from "./problem.ts";
import type { Noun } from "./reading.ts";

/** Whose each value is: the key of its owner, and the id where that is on record. */
export type Owners = Map<string, { readonly key: string; readonly existing?: string }>;

/** An owner on record. */
export function ownerOf(noun: Noun, { id, key, kind = "" }: { id: string; key: string; kind?: string }) {
  return { key, existing: `${typeOf(noun, kind)}:${id}` };
}

/**
 * Tells of a value that belongs to somebody else already, where no two may have the same; else notes whose it is.
 * @param what what the value is, where the field has different names
 */
export function refuseTaken(
  problems: Problems,
  owners: Owners,
  { key, spot }: { key: string; spot: Fields },
  field: string,
  value: string | null,
  what = field,
): void {
  if (value === null) return;
  const owner = owners.get(value);
  if (owner === undefined) owners.set(value, { key });
  else if (owner.key !== key) {
    const message = `${what} ${excerpt(value)} is that of ${excerpt(owner.key)}; no two have the same.`;
    const { existing } = owner;
    problems.add(spotAt(spot, field), message, { code: "DUPLICATE", ...(existing === undefined ? {} : { existing }) });
  }
}
