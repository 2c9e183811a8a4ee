import { LRUCache } from "lru-cache";
import type { Tx } from "../../db/client.ts";
import { modelMeaning } from "../../db/meaning.ts";
import { heldByKey, heldRecords } from "../../db/sql/held.ts";
import { modelOf, typeOf } from "../terms/noun.ts";
import type { Noun } from "../terms/reading.ts";
import type { AllottedIds } from "./allot.ts";
import { recordToken, type HeldThing } from "./look-up.ts";

/** The nouns of what has a key that is its own. */
const keyed = ["crisis", "document", "place", "actor", "position", "programme"] as const satisfies readonly Noun[];

/** How many things of a noun are remembered: some tens of megabytes. */
const MOST = 50_000;

/** Names by the nouns of what bears them. */
export type Names = ReadonlyMap<Noun, ReadonlySet<string>>;

/**
 * What the record is known to hold, by noun and token. It stays true, for nothing that is committed leaves the record,
 * and keys, ids and kinds are never amended. What is not known is looked up, each name among those of its noun alone.
 */
export class Known {
  readonly #things = new Map<Noun, LRUCache<string, HeldThing>>();

  /** Everything that the record holds under some names of things with keys, and of records. */
  async find(tx: Tx, names: Names): Promise<HeldThing[]> {
    const found: HeldThing[] = [];
    const unknown = new Map<Noun, string[]>();
    for (const [noun, tokens] of names) {
      const asked: string[] = [];
      for (const token of tokens) {
        const known = this.#of(noun).get(token);
        if (known) found.push(known);
        else asked.push(token);
      }
      unknown.set(noun, asked);
    }
    for (const noun of keyed) {
      const { table } = modelMeaning(modelOf(noun));
      for (const { key, id, kind } of await heldByKey(tx, table, unknown.get(noun) ?? [])) {
        found.push(this.#learn(noun, key, id, kind));
      }
    }
    const records = (unknown.get("record") ?? []).map((token) => {
      const [crisis = "", key = ""] = token.split("/");
      return { crisis, key };
    });
    for (const { crisis, key, id, kind } of await heldRecords(tx, records)) {
      found.push(this.#learn("record", recordToken(crisis, key), id, kind));
    }
    return found;
  }

  /** Remembers what a change set brought in, once it is committed. */
  learn(allotted: AllottedIds, kindOf: (noun: Noun, token: string) => string): void {
    for (const [name, id] of Object.entries(allotted)) {
      const space = name.indexOf(" ");
      const [noun, token] = [name.slice(0, space) as Noun, name.slice(space + 1)];
      if (noun !== "capture" && noun !== "passage") this.#learn(noun, token, id, kindOf(noun, token));
    }
  }

  #learn(noun: Noun, token: string, id: string, kind: string): HeldThing {
    const thing = { noun, id, token, kind, type: typeOf(noun, kind) };
    this.#of(noun).set(token, thing);
    return thing;
  }

  #of(noun: Noun): LRUCache<string, HeldThing> {
    const known = this.#things.get(noun) ?? new LRUCache<string, HeldThing>({ max: MOST });
    this.#things.set(noun, known);
    return known;
  }
}
