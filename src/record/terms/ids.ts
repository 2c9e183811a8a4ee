import type { Noun } from "./reading.ts";

/** The ids of everything that a dossier gives or refers to, by noun and key. */
export class Ids {
  readonly #byKey = new Map<Noun, Map<string, string>>();
  readonly #keys = new Map<string, string>();

  set(noun: Noun, key: string, id: string): void {
    const ids = this.#byKey.get(noun);
    if (ids) ids.set(key, id);
    else this.#byKey.set(noun, new Map([[key, id]]));
    this.#keys.set(id, key);
  }

  has(noun: Noun, key: string): boolean {
    return this.#byKey.get(noun)?.has(key) ?? false;
  }

  /** The id of what a key that was looked up leads to. */
  of(noun: Noun, key: string): string {
    const id = this.#byKey.get(noun)?.get(key);
    if (id === undefined) throw new Error(`The ${noun} ${key} was looked up and is not there.`);
    return id;
  }

  /** The same for a key that may be missing. */
  maybe(noun: Noun, key: string | null): string | null {
    return key === null ? null : this.of(noun, key);
  }

  /** The key of an id, or the id itself where it is of something else. */
  keyOf(id: string): string {
    return this.#keys.get(id) ?? id;
  }
}
