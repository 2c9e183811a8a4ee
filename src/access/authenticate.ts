import type { Db } from "../db/client.ts";
import { Refusal } from "../errors.ts";
import { networkOf } from "./address.ts";
import { anybody, type Asker } from "./asker.ts";
import { credentialOf, type Asking } from "./credential.ts";
import { isSecret, type Key } from "./key.ts";
import { KeyRing } from "./key-ring.ts";
import { KeyUse } from "./key-use.ts";
import { SharedBuckets } from "./shared-bucket.ts";
import { TokenBuckets } from "./token-bucket.ts";

/**
 * Tells who asks, from the header Authorization and nothing else.
 * @param address where the request comes from
 * @throws Refusal UNAUTHENTICATED, the same whatever is the matter with the key; RATE_LIMITED, with `retryAfterMs`, from
 *   the eleventh failure in a minute from one network; BAD_USER_INPUT for a key in the address of the request; and what
 *   the database throws when it cannot be asked
 */
export type Authenticate = (asking: Asking, address: string) => Promise<Asker>;

/** What access is given by. */
export interface AccessOptions {
  readonly db: Db;
  /** Whether the record may be read without a key. */
  readonly publicRead: boolean;
  /** Told of what fails in the background. */
  readonly fail: (fault: unknown) => void;
}

/** Lets holders of keys in. */
export interface Access {
  readonly authenticate: Authenticate;
  /** Writes what is still to be written; to be called before the database is closed. */
  close(): Promise<void>;
}

const failuresAMinute = 10;

/** Opens the access to a record by the keys in its register. */
export function openAccess({ db, publicRead, fail }: AccessOptions): Access {
  const ring = new KeyRing(db, fail);
  const use = new KeyUse(db, fail);
  const failures = new TokenBuckets({ capacity: failuresAMinute, perMinute: failuresAMinute });
  const others = new SharedBuckets({ db, name: "failures", buckets: failures, fail });

  return {
    async authenticate(asking, address) {
      const credential = credentialOf(asking);
      if (credential === null) {
        if (publicRead) return anybody;
        throw unauthenticated();
      }
      const key = isSecret(credential) ? await ring.find(credential) : null;
      if (key === null) {
        // Only failures are counted and refused, so that whoever fails locks no neighbour out.
        const network = networkOf(address);
        const waitMs = failures.take(network);
        if (waitMs === 0) others.note(network, 1);
        throw waitMs === 0 ? unauthenticated() : tooManyFailures(waitMs);
      }
      use.note(key);
      return holderOf(key, ring);
    },
    async close() {
      await ring.close();
      await use.write();
      await others.tell();
    },
  };
}

function holderOf(key: Key, ring: KeyRing): Asker {
  const { id, name, scopes, expiresAt } = key;
  return { keyId: id, name, scopes: new Set(scopes), expiresAt, onEnd: (tell) => ring.watch(key, tell) };
}

/** One and the same for every reason, so that nobody learns which keys there were. */
function unauthenticated(): Refusal {
  return new Refusal(
    "UNAUTHENTICATED",
    "A valid key is needed, as the header Authorization: Bearer pcr_…; none came, or one that is malformed, unknown, expired or revoked.",
  );
}

function tooManyFailures(retryAfterMs: number): Refusal {
  const seconds = Math.ceil(retryAfterMs / 1_000);
  return new Refusal("RATE_LIMITED", `Too many requests with no valid key; send the next in ${seconds} s.`, {
    retryable: true,
    retryAfterMs,
  });
}
