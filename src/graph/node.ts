import type { GraphQLResolveInfo } from "graphql";
import { decodeId, encodeId } from "../values/ids.ts";
import { builder } from "./builder.ts";
import type { GraphContext } from "./context.ts";
import { loadFact, loadThing } from "./load.ts";
import { badInput, refusing } from "./refusal.ts";
import type { Shown } from "./row.ts";
import { withArticle } from "../values/article.ts";

/** Everything with an id of its own. */
export const Node = builder.interfaceRef<Shown>("Node").implement({
  description: "Something with an id that is unique in the record and never changes.",
  resolveType: (row) => row.$type,
  fields: (t) => ({
    id: t.id({
      description: "Names it for ever, as `Type:uuid`. Opaque: compare it, keep it, and do not take it apart.",
      extensions: { computed: "id" },
      resolve: (row) => idOf(row),
    }),
  }),
});

/** The id of a row: for a fact that of its record, which outlives its versions. */
export function idOf(row: Shown): string {
  return encodeId(row.$type, (row["recordId"] as string | undefined) ?? row.id);
}

/** How a type is loaded by the uuid in its ids: the model of a thing, or "fact" for a version of a record. */
const sources = new Map<string, string>();

/** Makes ids of `type` known to `node`. */
export function nodesOf(type: string, source: string): void {
  sources.set(type, source);
}

/** The fields besides the id that name one thing of a type for ever, by type. */
const naturalKeys = new Map<string, readonly string[]>();

/** Makes it known that `field` names one thing of `type` in the whole record, and never changes. */
export function keyedBy(type: string, field: string): void {
  naturalKeys.set(type, [...naturalKeysOf(type), field]);
}

/** The fields besides the id that name one thing of `type` for ever; empty where there are none. */
export function naturalKeysOf(type: string): readonly string[] {
  return naturalKeys.get(type) ?? [];
}

/** The model that holds the things of `type`. Throws a fault where it has none. */
export function modelOf(type: string): string {
  const source = sources.get(type);
  if (source === undefined || source === "fact") throw new Error(`${type} is no type of thing`);
  return source;
}

/** How a type is loaded: the model of a thing, or "fact"; undefined for a type that no id names. */
export function sourceOf(type: string): string | undefined {
  return sources.get(type);
}

/** The row that an id names, as the field's view shows it; null where it names nothing that is shown. */
export async function loadNode(
  context: GraphContext,
  info: GraphQLResolveInfo,
  id: string,
  type?: string,
): Promise<Shown | null> {
  const named = refusing(() => decodeId(id));
  if (type !== undefined && named.type !== type) {
    throw badInput(`${id} is the id of ${withArticle(named.type)}; this field takes that of ${withArticle(type)}.`);
  }
  const source = sources.get(named.type);
  if (source === undefined) return null;
  const row =
    source === "fact" ? await loadFact(context, info, named.uuid) : await loadThing(context, info, source, named.uuid);
  return row?.$type === named.type ? row : null;
}

/** The uuid in an id that must be of one of `types`. Throws bad input that names them. */
export function uuidOf(id: string, types: readonly string[]): string {
  const { type, uuid } = refusing(() => decodeId(id));
  if (!types.includes(type))
    throw badInput(
      `${id} is the id of ${withArticle(type)}; here it takes that of ${withArticle(types.join(" or "))}.`,
    );
  return uuid;
}
