import { excerpt } from "../../values/excerpt.ts";
import { spotAt, type Fields } from "./node.ts";
import type { Problems } from "./problem.ts";

/**
 * Tells of a value that belongs to somebody else already, where no two may have the same; else notes whose it is.
 * @param owners the key of the owner of each value
 */
export function refuseTaken(
  problems: Problems,
  owners: Map<string, string>,
  { key, spot }: { key: string; spot: Fields },
  field: string,
  value: string | null,
): void {
  if (value === null) return;
  const owner = owners.get(value);
  if (owner === undefined) owners.set(value, key);
  else if (owner !== key) {
    problems.add(spotAt(spot, field), `${field} ${excerpt(value)} is that of ${excerpt(owner)}; no two have the same.`);
  }
}
