import { LRUCache } from "lru-cache";

/** How much each may take. */
export interface BucketSize {
  /** How many tokens a full bucket holds: what may be taken at once. */
  readonly capacity: number;
  /** How many flow in a minute, until the bucket is full. */
  readonly perMinute: number;
  /** How many buckets are kept; the one that was asked least lately is forgotten, and full when it is asked again. */
  readonly most?: number;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** A bucket of tokens for each of many, such as addresses and keys: it bounds how often each may do something. */
export class TokenBuckets {
  /** How many tokens flow into each bucket in a minute. */
  readonly perMinute: number;
  readonly #capacity: number;
  readonly #perMs: number;
  readonly #buckets: LRUCache<string, Bucket>;

  constructor({ capacity, perMinute, most = 10_000 }: BucketSize) {
    this.perMinute = perMinute;
    this.#capacity = capacity;
    this.#perMs = perMinute / 60_000;
    this.#buckets = new LRUCache({ max: most });
  }

  /**
   * Takes tokens from the bucket of `who`, unless it holds fewer: then nothing is taken.
   * @param at milliseconds of a clock that only goes forward
   * @returns 0 where they were taken; else how many ms it takes until they can be
   */
  take(who: string, tokens = 1, at = performance.now()): number {
    const held = this.#held(who, at);
    if (held < tokens) return Math.ceil((tokens - held) / this.#perMs);
    this.#buckets.set(who, { tokens: held - tokens, at });
    return 0;
  }

  /** How many tokens the bucket of `who` holds. */
  left(who: string, at = performance.now()): number {
    return this.#held(who, at);
  }

  /** Leaves in the bucket of `who` what is left when `spent` were taken from a full one. */
  empty(who: string, spent: number, at = performance.now()): void {
    this.#buckets.set(who, { tokens: this.#capacity - spent, at });
  }

  #held(who: string, at: number): number {
    const bucket = this.#buckets.get(who);
    if (!bucket) return this.#capacity;
    return Math.min(this.#capacity, bucket.tokens + (at - bucket.at) * this.#perMs);
  }
}
