import type { Scope } from "./scope.ts";

/** Who asks: the holder of a key, or anybody. */
export interface Asker {
  /** The id of the key, by which logs and the record name it; null for somebody without one. */
  readonly keyId: string | null;
  /** What the key is called; what it enters stands under this name. */
  readonly name: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The moment from which the key is no longer accepted; null where it stays until it is revoked, and without a key. */
  readonly expiresAt: Date | null;
  /**
   * Calls `tell` once, within 5 s of the key's being revoked or expiring: for answers that go on, such as streams.
   * Never called for somebody without a key.
   * @returns what stops waiting for it; to be called when the answer ends by itself
   */
  onEnd(tell: () => void): () => void;
}

/** Somebody without a key, where the record may be read by all. */
export const anybody: Asker = {
  keyId: null,
  name: "anybody",
  scopes: new Set<Scope>(["read"]),
  expiresAt: null,
  onEnd: () => () => undefined,
};
