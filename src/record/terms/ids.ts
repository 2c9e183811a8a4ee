import type { Noun } from "./reading.ts";

/** The ids of everything that a dossier gives or refers to, by noun and key. */
export class Ids {
  readonly #byKey = new Map<string, string>();
  readonly #keys = new Map<string, string>();

  set(noun: Noun, key: string, id: string): void {
    this.#byKey.set(`${noun} ${key}`, id);
    this.#keys.set(id, key);
  }

  has(noun: Noun, key: string): boolean {
    return this.#byKey.has(`${noun} ${key}`);
  }

  /** The id of what a key that was looked up leads to. */
  of(noun: Noun, key: string): string {
    const id = this.#byKey.get(`${noun} ${key}`);
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
