import type { Ids } from "./ids.ts";
import type { Noun } from "./reading.ts";

/** The ids of what some keys lead to, each under its name with "Id" at the end; null where there is no key. */
export function link<Names extends Readonly<Record<string, string | null>>>(
  ids: Ids,
  noun: Noun,
  keys: Names,
): { readonly [Name in keyof Names & string as `${Name}Id`]: Names[Name] } {
  const found = Object.entries(keys).map(([name, key]) => [`${name}Id`, ids.maybe(noun, key)]);
  return Object.fromEntries(found) as { readonly [Name in keyof Names & string as `${Name}Id`]: Names[Name] };
}
