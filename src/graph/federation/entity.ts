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

/** How a gateway names an entity: by its type, and by one of the keys of that type. */
export interface NamedEntity {
  readonly type: string;
  readonly key: string;
  readonly value: string;
}

/** Refuses more representations than are answered at once. */
export function expectFew(representations: readonly unknown[]): void {
  if (representations.length <= mostEntities) return;
  throw badInput(`_entities was given ${representations.length} representations; it takes ${mostEntities} at most.`);
}

/**
 * The entity that a gateway names by its type and one of its keys, as `node` would show it now; null where the record
 * shows none. Those asked for at one time are read by one statement a type.
 * @throws GraphQLError BAD_USER_INPUT as `readEntity` does, and for an id of another type
 */
export async function loadEntity(
  context: GraphContext,
  info: GraphQLResolveInfo,
  keys: Keys,
  given: unknown,
): Promise<Shown | null> {
  const { type, key, value } = readEntity(keys, given);
  if (key === "id") return loadNode(context, info, value, type);
  const row = await loadThingBy(context, info, modelOf(type), key, value);
  return row?.$type === type ? row : null;
}

/**
 * Reads how a gateway names an entity.
 * @throws GraphQLError BAD_USER_INPUT for a type that is no entity, and for what is none of its keys
 */
export function readEntity(keys: Keys, given: unknown): NamedEntity {
  const { type, ref } = readType(keys, given);
  const key = keys.get(type)?.find((each) => ref[each] !== undefined);
  const value = key === undefined ? undefined : ref[key];
  if (key === undefined || typeof value !== "string") {
    throw badInput(`A ${type} is named by ${(keys.get(type) ?? []).join(" or ")}, as a string.`);
  }
  return { type, key, value: key === "id" ? value : refusing(() => wellFormed(value, key)) };
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
