import DataLoader from "dataloader";
import type { GraphQLResolveInfo } from "graphql";
import type { Db } from "../db/client.ts";
import { now, type View } from "../record/view.ts";

/** What one request carries: the database, what it has loaded, and the moments it looks at. */
export interface GraphContext {
  readonly db: Db;
  readonly loaders: Loaders;
  /** The view that each aliased `record` of the operation opened, by its key in the response. */
  readonly views: Map<string, View>;
}

/** The loaders of one request, made at first use: keys asked for at one moment are answered by one statement. */
export class Loaders {
  readonly #made = new Map<string, DataLoader<never, unknown, string>>();

  /** The loader called `name`; `load` answers its keys in their order. Keys are told apart by their JSON. */
  get<K, V>(name: string, load: (keys: readonly K[]) => Promise<ArrayLike<V | Error>>): DataLoader<K, V, string> {
    let loader = this.#made.get(name) as DataLoader<K, V, string> | undefined;
    if (!loader) {
      loader = new DataLoader<K, V, string>(load, { cacheKeyFn: (key) => JSON.stringify(key) });
      this.#made.set(name, loader);
    }
    return loader;
  }
}

/** The moment at which a field is looked at: that of the `record` it stands below, else now. */
export function viewOf(context: GraphContext, info: GraphQLResolveInfo): View {
  let path = info.path;
  while (path.prev) path = path.prev;
  return context.views.get(String(path.key)) ?? now;
}
