import DataLoader from "dataloader";
import type { GraphQLResolveInfo } from "graphql";
import type { Asker } from "../access/asker.ts";
import type { Db } from "../db/client.ts";
import type { Feed } from "../feed/feed.ts";
import { now, type KnownView } from "../record/view.ts";

/** What one request carries: who asks, the database, what it has loaded, and the moments it looks at. */
export interface GraphContext {
  readonly asker: Asker;
  /** The network that it comes from, by which those without a key are told apart. */
  readonly network: string;
  /** The id that the answer and the log carry. */
  readonly requestId: string;
  /** The header Idempotency-Key; null where there is none. */
  readonly idempotencyKey: string | null;
  readonly db: Db;
  /** Tells streams of what is changed. */
  readonly feed: Feed;
  readonly loaders: Loaders;
  /** The views that fields of the operation opened for what stands below them, by their place in the response. */
  readonly views: Map<GraphQLResolveInfo["path"], KnownView>;
}

/** The loaders of one request, made at first use: keys asked for at one moment are answered by one statement. */
export class Loaders {
  readonly #made = new Map<string, DataLoader<never, unknown, string>>();

  /** The loader called `name`; `load` answers its keys in their order. Keys are told apart by their JSON. */
  get<K, V>(name: string, load: (keys: readonly K[]) => Promise<ArrayLike<V | Error>>): DataLoader<K, V, string> {
    let loader = this.#made.get(name) as DataLoader<K, V, string> | undefined;
    if (!loader) {
      loader = new DataLoader<K, V, string>(load, { cacheKeyFn: (key) => JSON.stringify(key), maxBatchSize: 1_000 });
      this.#made.set(name, loader);
    }
    return loader;
  }

  /** Forgets what was loaded: the record has changed. */
  forget(): void {
    this.#made.clear();
  }
}

/** Lets everything below this field be looked at in `view`. */
export function openBelow(context: GraphContext, info: GraphQLResolveInfo, view: KnownView): void {
  context.views.set(info.path, view);
}

/** The moment at which a field is looked at: that of the nearest field above it that opened one, else now. */
export function viewOf(context: GraphContext, info: GraphQLResolveInfo): KnownView {
  if (context.views.size === 0) return now;
  for (let path: typeof info.path | undefined = info.path; path; path = path.prev) {
    const view = context.views.get(path);
    if (view) return view;
  }
  return now;
}
