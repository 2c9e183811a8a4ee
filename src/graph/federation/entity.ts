import type { GraphQLResolveInfo } from "graphql";
import { wellFormed } from "../../values/text.ts";
import { excerpt } from "../../values/excerpt.ts";
import type { GraphContext } from "../context.ts";
import { loadThingBy } from "../load.ts";
import { loadNode, modelOf } from "../node.ts";
import { badInput, refusing } from "../refusal.ts";
import type { Shown } from "../row.ts";

/** The most entities that a gateway may ask for at once. */
export const mostEntities = 100;

type Representation = Readonly<Record<string, unknown>>;
type Keys = ReadonlyMap<string, readonly string[]>;

/**
 * The entity that a gateway names by its type and one of its keys, as `node` would show it now; null where the record
 * shows none. Those asked for at one time are read by one statement a type.
 * @throws GraphQLError BAD_USER_INPUT for a type that is no entity, and for what is none of its keys
 */
export async function loadEntity(
  context: GraphContext,
  info: GraphQLResolveInfo,
  keys: Keys,
  given: unknown,
): Promise<Shown | null> {
  const { type, ref } = readType(keys, given);
  const named = keys.get(type)?.find((key) => ref[key] !== undefined);
  const value = named === undefined ? undefined : ref[named];
  if (named === undefined || typeof value !== "string") {
    throw badInput(`A ${type} is named by ${(keys.get(type) ?? []).join(" or ")}, as a string.`);
  }
  if (named === "id") return loadNode(context, info, value, type);
  const key = refusing(() => wellFormed(value, named));
  const row = await loadThingBy(context, info, modelOf(type), named, key);
  return row?.$type === type ? row : null;
}

function readType(keys: Keys, given: unknown): { type: string; ref: Representation } {
  const ref = (typeof given === "object" ? given : null) as Representation | null;
  const type = ref?.["__typename"];
  if (!ref || typeof type !== "string") {
    throw badInput("A representation is an object with its __typename and one of the keys of that type.");
  }
  if (keys.has(type)) return { type, ref };
  throw badInput(`${excerpt(type)} is no entity of this subgraph; ${[...keys.keys()].join(", ")} are.`);
}
